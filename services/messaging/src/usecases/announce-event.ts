import { type Answer, about, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { childrenToMeetAbout, mayPublishMeetings } from '../domain/meeting-policy.ts';
import { type EventRefusal, type EventTerms, decideEvent } from '../domain/unit-event.ts';
import { guardLevelAt } from '../domain/guarded.ts';
import * as audiences from '../store/audience.ts';
import * as meetings from '../store/meetings.ts';
import * as events from '../store/unit-events.ts';
import type { Deps } from './deps.ts';
import { tellGuardians } from './meeting-notices.ts';
import { type ShownEvent, showEvents } from './read-unit-events.ts';

export interface EventWanted extends EventTerms {
  readonly unitId: string;
  /** A whole group, as far as its children are in the announcer's charge, or these children and no others. */
  readonly to: { readonly groupId: string } | { readonly childIds: readonly string[] };
  readonly idempotencyKey: string;
}

/** Announces something to the guardians of some children, whom it is frozen to, and has them told. */
export const announceEvent = (
  deps: Deps,
  actor: Actor,
  wanted: EventWanted,
): Promise<Result<ShownEvent, EventRefusal>> => twice(() => announce(deps, actor, wanted));

const announce = (deps: Deps, actor: Actor, wanted: EventWanted): Promise<Result<ShownEvent, EventRefusal>> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<Result<ShownEvent, EventRefusal>>> => {
    const { unitId, to, idempotencyKey, ...terms } = wanted;
    const now = deps.now();
    const today = localDateAt(now);
    const named =
      'childIds' in to
        ? [...new Set(to.childIds)]
        : await meetings.childrenInGroup(tx, { unitId, ...to, today });
    const facts = await loadAccessFacts(tx, actor, named, today);
    const childIds = 'childIds' in to ? named : childrenToMeetAbout(actor, facts, unitId, named);
    mayPublishMeetings(actor, facts, unitId, childIds);
    const known = await events.underKey(tx, actor.personId, idempotencyKey);
    if (known !== null && (known.unitId !== unitId || known.title !== terms.title))
      throw new AppError('BAD_USER_INPUT', 'the key names something else');
    const id = known?.id ?? deps.newId();
    if (known === null) {
      const features = await loadFeature(tx, 'MESSAGING', facts, [unitId]);
      const decision = decideEvent(unitId, terms, {
        ...{ now, features },
        guardLevel: guardLevelAt(await audiences.kindsOf(tx, [unitId]), deps.guardLevels),
      });
      if (!decision.ok) return about(readsOf('MESSAGE', actor, facts, []), decision);
      const event = { ...terms, id, unitId, announcedBy: actor.personId, childIds, idempotencyKey };
      if (!(await events.insert(tx, event)))
        throw new AppError('CONFLICT', 'the same key was used at the same time');
      const { guardians } = await audiences.guardians(tx, childIds);
      const notice = { noticeId: deps.newId(), category: 'MESSAGE' as const, unitId, subjectId: id, now };
      await tellGuardians(tx, notice, guardians);
    }
    const stored = await events.byId(tx, id);
    const [shown] = stored === null ? [] : await showEvents(tx, actor, [stored], now);
    if (shown === undefined) throw new AppError('INTERNAL', 'what was announced cannot be shown');
    return about(shown.reads, accept(shown.value));
  });

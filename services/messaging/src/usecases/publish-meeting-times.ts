import { type Answer, about, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { childrenToMeetAbout, mayPublishMeetings } from '../domain/meeting-policy.ts';
import {
  type MeetingRefusal,
  type MeetingSpan,
  type MeetingTerms,
  decideMeetingTimes,
} from '../domain/meeting.ts';
import * as audiences from '../store/audience.ts';
import * as meetings from '../store/meetings.ts';
import type { Deps } from './deps.ts';
import { tellGuardians } from './meeting-notices.ts';
import { type ShownOffer, showOffers } from './read-meetings.ts';

export interface MeetingTimesWanted extends MeetingTerms {
  readonly unitId: string;
  /** A whole group, as far as its children are in the publisher's charge, or these children and no others. */
  readonly to: { readonly groupId: string } | { readonly childIds: readonly string[] };
  readonly times: readonly MeetingSpan[];
  readonly idempotencyKey: string;
}

/** Offers times for talks to the guardians of some children, whom it is frozen to, and has them told. */
export function publishMeetingTimes(
  deps: Deps,
  actor: Actor,
  wanted: MeetingTimesWanted,
): Promise<Result<ShownOffer, MeetingRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Answer<Result<ShownOffer, MeetingRefusal>>> => {
    const { unitId, to, times, idempotencyKey, ...terms } = wanted;
    const now = deps.now();
    const today = localDateAt(now);
    const named =
      'childIds' in to
        ? [...new Set(to.childIds)]
        : await meetings.childrenInGroup(tx, { unitId, ...to, today });
    const facts = await loadAccessFacts(tx, actor, named, today);
    const childIds = 'childIds' in to ? named : childrenToMeetAbout(actor, facts, unitId, named);
    mayPublishMeetings(actor, facts, unitId, childIds);
    const known = await meetings.offerUnderKey(tx, actor.personId, idempotencyKey);
    if (known !== null) {
      const [shown] = await showOffers(tx, actor, [known], now);
      if (shown === undefined || !isSame(shown.value, wanted))
        throw new AppError('BAD_USER_INPUT', 'the key names other times');
      return about(shown.reads, accept(shown.value));
    }
    const features = await loadFeature(tx, 'MESSAGING', facts, [unitId]);
    const standing = await meetings.timesHeldBy(tx, actor.personId, now);
    const decision = decideMeetingTimes(unitId, times, { now, features, standing });
    if (!decision.ok) return about(readsOf('MESSAGE', actor, facts, []), decision);
    const id = deps.newId();
    const spans = decision.value.map((span) => ({ ...span, id: deps.newId() }));
    const offer = { ...terms, id, unitId, heldBy: actor.personId, childIds, times: spans, idempotencyKey };
    if (!(await meetings.insertOffer(tx, offer)))
      throw new AppError('CONFLICT', 'other times of the same holder were published at once');
    const notice = { noticeId: deps.newId(), category: 'MESSAGE' as const, unitId, subjectId: id, now };
    const { guardians } = await audiences.guardians(tx, childIds);
    await tellGuardians(tx, notice, guardians);
    const stored = await meetings.offerById(tx, id);
    const [shown] = stored === null ? [] : await showOffers(tx, actor, [stored], now);
    if (shown === undefined) throw new AppError('INTERNAL', 'what was published cannot be shown');
    return about(shown.reads, accept(shown.value));
  });
}

const isSame = ({ offer, times }: ShownOffer, wanted: MeetingTimesWanted): boolean =>
  offer.unitId === wanted.unitId &&
  offer.kind === wanted.kind &&
  offer.way === wanted.way &&
  times.map(({ time }) => time.startsAt.getTime()).join() ===
    wanted.times
      .map(({ startsAt }) => startsAt.getTime())
      .toSorted((one, other) => one - other)
      .join();

import { type Answer, type ChildRead, about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { areMeetingsShownAt, invitedFor, unitsMeetingAbout } from '../domain/meeting-policy.ts';
import { maySeeAnswer } from '../domain/unit-event-policy.ts';
import type { EventAnswer, UnitEvent } from '../domain/unit-event.ts';
import type { Page } from '../store/meetings.ts';
import * as events from '../store/unit-events.ts';
import type { Deps } from './deps.ts';

export interface ShownEvent {
  readonly event: UnitEvent;
  /** Those of children whom whoever asks may know of. */
  readonly answers: readonly EventAnswer[];
}
interface Told {
  readonly value: ShownEvent;
  readonly reads: readonly ChildRead[];
}
export type ShownEvents = readonly ShownEvent[] | 'hidden' | null;

/** Events as somebody may see them: not at all where none of the children is theirs. */
export async function showEvents(
  tx: Tx,
  actor: Actor,
  found: readonly UnitEvent[],
  now: Date,
): Promise<Told[]> {
  const answers = await events.answersTo(
    tx,
    found.map(({ id }) => id),
  );
  const childIds = [...new Set(found.flatMap((event) => event.childIds))];
  const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(now));
  return found.flatMap((event) => {
    const invited = invitedFor(actor, facts, event);
    if (invited.length === 0) return [];
    const shown = answers.filter(
      (answer) => answer.eventId === event.id && maySeeAnswer(actor, facts, answer),
    );
    const told = [...invited, ...shown.map(({ childId }) => childId)];
    return {
      value: { event: { ...event, childIds: invited }, answers: shown },
      reads: readsOf(
        'MESSAGE',
        actor,
        facts,
        told.map((childId) => ({ childId, unitId: event.unitId })),
      ),
    };
  });
}

/** What is announced for a child, newest first: one more than wanted when there are more. */
export function readUnitEvents(deps: Deps, actor: Actor, childId: string, page: Page): Promise<ShownEvents> {
  return deps.db.asActor(actor, async (tx): Promise<Answer<ShownEvents>> => {
    const now = deps.now();
    const facts = await loadAccessFacts(tx, actor, [childId], localDateAt(now));
    const unitIds = unitsMeetingAbout(actor, facts, childId);
    const nothing = readsOf('MESSAGE', actor, facts, []);
    if (unitIds === null) return about(nothing, null);
    const features = await loadFeature(tx, 'MESSAGING', facts, unitIds);
    if (unitIds.some((unitId) => !areMeetingsShownAt(features, unitId)))
      return about(nothing, 'hidden' as const);
    const told = await showEvents(tx, actor, await events.forChild(tx, childId, page), now);
    const asked = readsOf('MESSAGE', actor, facts, [{ childId }]);
    return about(
      [...asked, ...told.flatMap(({ reads }) => reads)],
      told.map(({ value }) => value),
    );
  });
}

import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { toCalendarFile } from '@ranselpost/kit/pure/calendar-file';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AccessFacts, isGuardianOf, isProtected } from '@ranselpost/kit/pure/grounds';

/** A time in somebody's own calendar: where it is and what, the portal says. */
export interface CalendarEntry {
  /** Of the talk, or the event. */
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** That somebody has an address at which their calendar is read. */
export interface CalendarFeed {
  readonly id: string;
  readonly madeAt: Date;
  /** The day on which it was read last. */
  readonly readOn: string | null;
}

/** Who is a guardian of somebody has a calendar, of those children; for anybody else there is none (GUA-20). */
export function mayHaveCalendar(
  actor: Actor,
  facts: AccessFacts,
  childIds: readonly string[],
): asserts actor is GuardianActor {
  if (!childIds.some((childId) => isGuardianOf(actor, facts, childId))) throw new AppError('NOT_FOUND');
}

/** The children whose times go into it. Of a protected child nothing goes to where others may keep it (S-08, ADR-09). */
export const childrenInCalendar = (
  actor: Actor,
  facts: AccessFacts,
  childIds: readonly string[],
): readonly string[] =>
  childIds.filter((childId) => isGuardianOf(actor, facts, childId) && !isProtected(facts, childId));

/** True while whoever made an address is still a guardian of all by whom they did (GUA-10). */
export const standsStill = (madeBy: readonly string[], childIds: readonly string[]): boolean =>
  childIds.length > 0 && madeBy.every((childId) => childIds.includes(childId));

/** A calendar that says when, and nothing else. */
export const toCalendar = (
  entries: readonly CalendarEntry[],
  how: { readonly now: Date; readonly uidOf: (id: string) => string },
): string =>
  toCalendarFile(
    entries.map((entry) => ({ ...entry, summary: 'Avtale i Ranselpost' })),
    how,
  );

import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
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

/** An instant as RFC 5545 writes it in UTC, which every calendar shows by its owner's clock. */
const instant = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

/**
 * A calendar that says when, and nothing else: it lies on servers that are not the municipality's, as a notice lies on a screen
 * (MSG-14, S-07). No line has anything in it that somebody wrote, and none is as long as would have to be folded.
 */
export function toCalendar(
  entries: readonly CalendarEntry[],
  { now, uidOf }: { readonly now: Date; readonly uidOf: (id: string) => string },
): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Ranselpost//Ranselpost//NO', 'CALSCALE:GREGORIAN'],
    ...['X-WR-CALNAME:Ranselpost', 'REFRESH-INTERVAL;VALUE=DURATION:PT6H', 'X-PUBLISHED-TTL:PT6H'],
    ...entries.flatMap(({ id, startsAt, endsAt }) => [
      ...['BEGIN:VEVENT', `UID:${uidOf(id)}@ranselpost`, `DTSTAMP:${instant(now)}`],
      ...[`DTSTART:${instant(startsAt)}`, `DTEND:${instant(endsAt)}`],
      ...['SUMMARY:Avtale i Ranselpost', 'CLASS:PRIVATE', 'END:VEVENT'],
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

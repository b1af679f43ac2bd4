import { type LocalDate, addDays } from './dates.ts';

/** Something in a calendar: an instant to another, or whole days, both ends included. */
export type CalendarItem = { readonly id: string; readonly summary: string } & (
  | { readonly startsAt: Date; readonly endsAt: Date }
  | { readonly firstDay: LocalDate; readonly lastDay: LocalDate }
);

/** An instant as RFC 5545 writes it in UTC, which every calendar shows by its owner's clock. */
const instant = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
const date = (day: LocalDate): string => day.replaceAll('-', '');

/**
 * A calendar as a file that programs read (RFC 5545). It lies on servers that are not the municipality's, as a notice lies on a screen
 * (MSG-14, S-07; decision 0037): a summary is one of few fixed texts, never what somebody wrote, so that nothing has to be escaped,
 * and no line is as long as would have to be folded.
 */
export function toCalendarFile(
  items: readonly CalendarItem[],
  { now, uidOf }: { readonly now: Date; readonly uidOf: (id: string) => string },
): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Ranselpost//Ranselpost//NO', 'CALSCALE:GREGORIAN'],
    ...['X-WR-CALNAME:Ranselpost', 'REFRESH-INTERVAL;VALUE=DURATION:PT6H', 'X-PUBLISHED-TTL:PT6H'],
    ...items.flatMap((item) => [
      ...['BEGIN:VEVENT', `UID:${uidOf(item.id)}@ranselpost`, `DTSTAMP:${instant(now)}`],
      ...('startsAt' in item
        ? [`DTSTART:${instant(item.startsAt)}`, `DTEND:${instant(item.endsAt)}`]
        : [
            `DTSTART;VALUE=DATE:${date(item.firstDay)}`,
            `DTEND;VALUE=DATE:${date(addDays(item.lastDay, 1))}`,
          ]),
      ...[`SUMMARY:${item.summary}`, 'CLASS:PRIVATE', 'END:VEVENT'],
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

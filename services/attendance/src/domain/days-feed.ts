import type { CalendarItem } from '@ranselpost/kit/pure/calendar-file';
import { type LocalDate, addDays, instantOf, isWithin } from '@ranselpost/kit/pure/dates';
import type { Absence } from './absence.ts';
import { type UnitCalendar, type UnitKind, closedReason, daysFrom, isOpen } from './calendar.ts';
import { type Stay, stayOn } from './stay.ts';

/** That somebody has an address at which the days of a child are read. */
export interface DaysFeed {
  readonly id: string;
  readonly childId: string;
  readonly madeAt: Date;
  /** The day on which it was read last. */
  readonly readOn: LocalDate | null;
}

/** A unit that the child is at, with what is known of its days there. */
export interface PlaceInCalendar {
  readonly calendar: UnitCalendar;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  /** Those that stand. */
  readonly absences: readonly Pick<Absence, 'id' | 'day' | 'arrivesAt' | 'leavesAt'>[];
  readonly stays: readonly Stay[];
  /** False while the municipality shows nobody what is known there (X07): the calendar says so, and is not just shorter (S-26). */
  readonly isShown: boolean;
}

/** Kinds and no names: a calendar lies on servers that are nobody's we know (decisions 0037, 0047). */
const kinds: Readonly<Record<UnitKind, string>> = {
  SCHOOL: 'Skole',
  KINDERGARTEN: 'Barnehage',
  AFTER_SCHOOL: 'SFO',
};

interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * What a calendar has of a child's days: that it is away, and not why, whether reported or granted (ABS-04); closed days and planning
 * days; and when it is in kindergarten and after-school care. An absence takes the place of a stay.
 */
export const itemsOf = (
  places: readonly PlaceInCalendar[],
  { absences, stays }: { readonly absences: Period; readonly stays: Period },
): readonly CalendarItem[] =>
  places.flatMap((place) =>
    place.isShown
      ? [...closedItems(place, absences), ...absenceItems(place, absences), ...stayItems(place, stays)]
      : hiddenItems(place, stays.from),
  );

const hiddenItems = (place: PlaceInCalendar, today: LocalDate): readonly CalendarItem[] =>
  isWithin(today, place.from, place.to)
    ? [
        {
          ...{ id: key(place, 'hidden', today), firstDay: today, lastDay: today },
          summary: `${kinds[place.calendar.kind]}: dagene vises ikke nå`,
        },
      ]
    : [];

const key = ({ calendar }: PlaceInCalendar, what: string, day: LocalDate) =>
  `${what} ${calendar.unitId} ${day}`;

function closedItems(place: PlaceInCalendar, { from, to }: Period): readonly CalendarItem[] {
  const { calendar } = place;
  const texts = { HOLIDAY: 'stengt', PLANNING: 'planleggingsdag' };
  return daysFrom(from, to)
    .filter((day) => isWithin(day, place.from, place.to))
    .flatMap((day) => {
      const reason = closedReason(calendar, day);
      return reason === 'HOLIDAY' || reason === 'PLANNING' ? [{ day, text: texts[reason] }] : [];
    })
    .reduce<{ firstDay: LocalDate; lastDay: LocalDate; text: string }[]>((runs, { day, text }) => {
      const last = runs.at(-1);
      if (last !== undefined && last.text === text && addDays(last.lastDay, 1) === day) last.lastDay = day;
      else runs.push({ firstDay: day, lastDay: day, text });
      return runs;
    }, [])
    .map(({ text, ...days }) => ({
      ...{ id: key(place, text, days.firstDay), summary: `${kinds[calendar.kind]}: ${text}`, ...days },
    }));
}

/** Those of the place's own period: a child who changes group has two places at one unit. */
const absenceItems = (
  { calendar, absences, ...place }: PlaceInCalendar,
  { from, to }: Period,
): readonly CalendarItem[] =>
  absences
    .filter(({ day }) => from <= day && day <= to && isWithin(day, place.from, place.to))
    .flatMap(({ id, day, arrivesAt, leavesAt }): readonly CalendarItem[] => {
      const summary = `${kinds[calendar.kind]}: borte`;
      if (arrivesAt === null && leavesAt === null) return [{ id, summary, firstDay: day, lastDay: day }];
      // Away between two times, or from the day's beginning, or until its end.
      const spans =
        arrivesAt !== null && leavesAt !== null && arrivesAt < leavesAt
          ? [
              { starts: calendar.opensAt, ends: arrivesAt, part: 'first' },
              { starts: leavesAt, ends: calendar.closesAt, part: 'last' },
            ]
          : [{ starts: leavesAt ?? calendar.opensAt, ends: arrivesAt ?? calendar.closesAt, part: 'all' }];
      return spans
        .filter(({ starts, ends }) => starts < ends)
        .map(({ starts, ends, part }) => ({
          ...{ id: `${id} ${part}`, summary },
          ...{ startsAt: instantOf(day, starts), endsAt: instantOf(day, ends) },
        }));
    });

function stayItems(place: PlaceInCalendar, { from, to }: Period): readonly CalendarItem[] {
  const { calendar, absences, stays } = place;
  if (calendar.kind === 'SCHOOL') return [];
  const away = new Set(absences.map(({ day }) => day));
  return daysFrom(from, to)
    .filter((day) => isWithin(day, place.from, place.to) && isOpen(calendar, day) && !away.has(day))
    .flatMap((day): readonly CalendarItem[] => {
      const stay = stayOn(stays, day);
      if (stay === null) return [];
      const id = key(place, 'stay', day);
      const kind = kinds[calendar.kind];
      if (!stay.comes) return [{ id, summary: `${kind}: kommer ikke`, firstDay: day, lastDay: day }];
      const [starts, ends] = [stay.arrives ?? calendar.opensAt, stay.leaves ?? calendar.closesAt];
      return starts < ends
        ? [{ id, summary: kind, startsAt: instantOf(day, starts), endsAt: instantOf(day, ends) }]
        : [];
    });
}

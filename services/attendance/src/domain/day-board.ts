import { type LocalDate, addDays, instantOf, localDateAt } from '@ranselpost/kit/pure/dates';
import type { AlertState } from './absence-alert.ts';
import { type UnitCalendar, isOpen } from './calendar.ts';
import {
  type BoardState,
  type DayState,
  type LocalTime,
  type Said,
  type Slot,
  boardStateOf,
  dayStateOf,
} from './day-state.ts';
import { type Lesson, lessonsOn } from './lesson.ts';
import { type Mark, slotMarksOf, wholeDay } from './mark.ts';
import { type Stay, isTimeToGo, stayOn } from './stay.ts';
import { type Trip, isElsewhere } from './trip.ts';

/** Whether somebody may have the board of a day open: nobody waits in front of one that is further away. */
export const mayBeOpen = (day: LocalDate, today: LocalDate): boolean =>
  addDays(today, -7) <= day && day <= addDays(today, 7);

/** What is known of the day of one child at a unit. */
export interface ChildDay {
  readonly childId: string;
  readonly groupIds: readonly string[];
  readonly said: readonly Said[];
  readonly marks: readonly Mark[];
  readonly alert?: AlertState;
  readonly stays?: readonly Stay[];
  readonly trips?: readonly Trip[];
}

/** What is known of the day of a unit. */
export interface UnitDay {
  readonly calendar: UnitCalendar;
  readonly day: LocalDate;
  readonly now: Date;
  readonly lessons: readonly Lesson[];
  readonly children: readonly ChildDay[];
}

/** One lesson, or the day, of a child. */
export interface SlotShown {
  /** Null: the day. */
  readonly lesson: Lesson | null;
  readonly state: DayState;
  readonly mark: Mark | null;
  /** Kept beside the mark that stands, until staff say which of them is true. */
  readonly inDoubt: readonly Mark[];
  /** All that counted in turn, the last one too. */
  readonly trace: readonly Mark[];
}

/** A child on the board of a day. */
export interface BoardRow {
  readonly childId: string;
  readonly groupIds: readonly string[];
  readonly state: BoardState;
  /** Whether the child is in the house now, as far as has been marked: present, and not gone again. */
  readonly isHere: boolean;
  readonly came: LocalTime | null;
  readonly went: LocalTime | null;
  /** Minutes after the unit has closed that the child went: the fact that a fee may be built on (T28). */
  readonly fetchedLate: number;
  readonly alert: AlertState | null;
  /** When the child is expected and how it gets home, where that is known. */
  readonly stay: Stay | null;
  /** The trip that it is on now, or on the day that is shown where that is another one. */
  readonly trip: Trip | null;
  /** It goes home in ten minutes, or should have gone (SFO-08). */
  readonly isTimeToGo: boolean;
  readonly slots: readonly SlotShown[];
}

/** The board of a unit or a group, and how many stand how. */
export interface DayBoard {
  readonly isOpen: boolean;
  readonly rows: readonly BoardRow[];
  readonly counts: Readonly<Record<BoardState, number>>;
  readonly here: number;
  /** Of how many children staff have something to settle. */
  readonly inDoubt: number;
}

/** The same, with what is so for every child. */
interface OpenDay extends UnitDay {
  readonly isOpen: boolean;
  readonly today: LocalDate;
}

/** The slots of a child's day: the lessons of its groups, or the day where it has none or somebody has marked it. */
function slotsOf(
  child: ChildDay,
  unit: OpenDay,
): readonly { readonly slot: Slot; readonly shown: SlotShown }[] {
  const { kind: unitKind, opensAt: starts, closesAt: ends } = unit.calendar;
  const lessons = unitKind === 'SCHOOL' ? lessonsOn(unit.lessons, child.groupIds, unit.day) : [];
  const isDayMarked = child.marks.some(({ slot }) => slot === wholeDay);
  const places = [...(lessons.length === 0 || isDayMarked ? [null] : []), ...lessons];
  // Whom nobody expects that day is on no board, unless staff have seen the child all the same.
  const isExpected =
    unit.isOpen && (child.marks.length > 0 || stayOn(child.stays ?? [], unit.day)?.comes !== false);
  return places.map((lesson) => {
    const { chain, standing, inDoubt } = slotMarksOf(
      child.marks.filter(({ slot }) => slot === (lesson?.id ?? wholeDay)),
    );
    const hours = lesson ?? (unitKind === 'SCHOOL' ? { starts, ends } : null);
    const { day, now, today } = unit;
    const bearing = { day, now, today, lesson, markedAt: standing?.markedAt ?? null };
    const slot: Slot = {
      ...{ unitKind, isOpen: isExpected, hours },
      ...{ said: child.said, seen: standing },
      isOnTrip: (child.trips ?? []).some((trip) => isElsewhere(trip, bearing)),
    };
    return { slot, shown: { lesson, state: dayStateOf(slot), mark: standing, inDoubt, trace: chain } };
  });
}

const minutesOf = (time: LocalTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** A school closes when its lessons end, and nobody is fetched from it. */
const fetchedLate = (went: LocalTime | null, { kind, closesAt }: UnitCalendar): number =>
  went === null || kind === 'SCHOOL' ? 0 : Math.max(0, minutesOf(went) - minutesOf(closesAt));

/** The trip that a child is on. Of a lesson that was marked later on, staff have seen the child when it began. */
function tripOn(
  { trips = [] }: ChildDay,
  { day, now, today }: OpenDay,
  slots: readonly SlotShown[],
): Trip | null {
  if (trips.length === 0) return null;
  const seen = slots.flatMap(({ lesson, mark }) => {
    if (mark === null) return [];
    return lesson === null
      ? [mark.markedAt]
      : [mark.markedAt, instantOf(day, lesson.starts)].toSorted(inTime)[0]!;
  });
  const bearing = {
    day,
    now,
    today,
    lesson: null,
    markedAt: seen.toSorted(inTime).at(-1) ?? null,
  };
  return trips.find((trip) => isElsewhere(trip, bearing)) ?? null;
}

const inTime = (one: Date, other: Date): number => one.getTime() - other.getTime();

function rowOf(child: ChildDay, unit: OpenDay): BoardRow | null {
  const slots = slotsOf(child, unit);
  const { childId, groupIds } = child;
  const marks = slots.map(({ shown }) => shown.mark).filter((mark) => mark !== null);
  const last = marks.at(-1);
  const trip = tripOn(
    child,
    unit,
    slots.map(({ shown }) => shown),
  );
  const state = boardStateOf(
    slots.map(({ slot }) => slot),
    trip !== null,
  );
  if (state === null) return null;
  const isHere = trip === null && last?.standing === 'PRESENT' && last.went === null && !last.isByClock;
  const stay = stayOn(child.stays ?? [], unit.day);
  return {
    ...{ childId, groupIds, state, slots: slots.map(({ shown }) => shown) },
    ...{ isHere, stay, trip, isTimeToGo: isTimeToGo(stay, unit.day, isHere, unit.now) },
    came: marks.find(({ came }) => came !== null)?.came ?? null,
    went: last?.went ?? null,
    fetchedLate: fetchedLate(last?.went ?? null, unit.calendar),
    alert: child.alert ?? null,
  };
}

/** The board of a unit's day, of those children whom whoever looks may see: nobody else is in a row or in a number. */
export function dayBoardOf(unit: UnitDay): DayBoard {
  const opened = { ...unit, isOpen: isOpen(unit.calendar, unit.day), today: localDateAt(unit.now) };
  const rows = unit.children.map((child) => rowOf(child, opened)).filter((row) => row !== null);
  const counts = { PRESENT: 0, ELSEWHERE: 0, ABSENT_REPORTED: 0, ABSENT_UNREPORTED: 0, NOT_YET_KNOWN: 0 };
  for (const { state } of rows) counts[state] += 1;
  return {
    ...{ isOpen: opened.isOpen, rows, counts },
    here: rows.filter(({ isHere }) => isHere).length,
    inDoubt: rows.filter(({ slots }) => slots.some(({ inDoubt }) => inDoubt.length > 0)).length,
  };
}

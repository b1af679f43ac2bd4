import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type UnitCalendar, isOpen } from './calendar.ts';
import { type AbsenceCount, type AbsentDay, countAbsence } from './counting.ts';
import { type Hours, type Said, type Seen, dayStateOf } from './day-state.ts';
import { wholeDay } from './mark.ts';

/** A day of a pupil at a school of which somebody has said, or seen, that it was not all of it there. */
export interface SchoolDay {
  readonly unitId: string;
  readonly day: LocalDate;
  /** Granted leave. */
  readonly isLeave: boolean;
  readonly said: readonly Said[];
  /** What staff have seen last, by slot. */
  readonly seen: Readonly<Record<string, Seen>>;
  readonly lessons: readonly (Hours & { readonly id: string; readonly groupId: string })[];
}

/** What counts of a day. */
export interface CountedDay extends AbsentDay {
  readonly unitId: string;
  readonly isLeave: boolean;
  /** Nobody had said so. */
  readonly isUnreported: boolean;
  /** False where the pupil was there for a part of a day whose lessons nobody knows: how many it missed cannot be said. */
  readonly areHoursKnown: boolean;
}

const away: ReadonlySet<string> = new Set(['ABSENT_REPORTED', 'ABSENT_UNREPORTED', 'LEAVE']);

/**
 * How much of a day a pupil was away, by marks of staff before reports (ABS-03): all of it, or the lessons of which it had nothing
 * (ABS-05). Null where nothing counts. A mark of the day holds for each lesson that nobody has marked; who came and went by it
 * was absent from those before and after.
 */
export function countDay(calendar: UnitCalendar, known: SchoolDay): CountedDay | null {
  const { unitId, day, isLeave, said, lessons, seen } = known;
  const ofDay = seen[wholeDay] ?? null;
  if (!isOpen(calendar, day)) return null;
  const stateIn = (hours: Hours, mark: Seen | null) =>
    dayStateOf({ unitKind: 'SCHOOL', isOpen: true, hours, said, seen: mark });
  const counted = { unitId, day, isLeave, areHoursKnown: true, isUnreported: false };
  if (lessons.length === 0) {
    const state = stateIn({ starts: calendar.opensAt, ends: calendar.closesAt }, ofDay);
    if (away.has(state)) return { ...counted, hours: null, isUnreported: state === 'ABSENT_UNREPORTED' };
    const isPart = state === 'LATE' || state === 'LEFT_EARLY';
    return isPart ? { ...counted, hours: 0, areHoursKnown: false } : null;
  }
  const missed = missedStates(known);
  if (missed.length === 0) return null;
  return {
    ...counted,
    hours: missed.length === lessons.length ? null : missed.length,
    isUnreported: missed.some(({ state }) => state === 'ABSENT_UNREPORTED'),
  };
}

/** The lessons of a day of which a pupil had nothing, each with how it stands in it. */
const missedStates = ({ lessons, said, seen }: SchoolDay) =>
  lessons
    .map((lesson) => {
      const stateOf = (mark: Seen | null) =>
        dayStateOf({ unitKind: 'SCHOOL', isOpen: true, hours: lesson, said, seen: mark });
      const mark = seen[lesson.id] ?? seen[wholeDay] ?? null;
      const isAway = seen[lesson.id] === undefined && mark?.standing === 'PRESENT' && isOutside(mark, lesson);
      return { lesson, state: stateOf(isAway ? { standing: 'ABSENT', came: null, went: null } : mark) };
    })
    .filter(({ state }) => away.has(state));

/** The lessons of a day of which a pupil had nothing; none on a day on which the school is closed. */
export const lessonsMissed = (
  calendar: UnitCalendar,
  known: SchoolDay,
): readonly { readonly id: string }[] =>
  isOpen(calendar, known.day) ? missedStates(known).map(({ lesson }) => lesson) : [];

/** True of a lesson that was over before a pupil came, or began after it had gone. */
const isOutside = ({ came, went }: Seen, { starts, ends }: Hours): boolean =>
  (came !== null && came >= ends) || (went !== null && went <= starts);

/** The days that count, in their order. Of a school that nobody has told us of, none. */
export const countDays = (
  calendars: ReadonlyMap<string, UnitCalendar>,
  days: readonly SchoolDay[],
): readonly CountedDay[] =>
  days.flatMap((known) => {
    const calendar = calendars.get(known.unitId);
    return (calendar === undefined ? null : countDay(calendar, known)) ?? [];
  });

/** The two counters, and how much of the first is leave. Hours are null where not all of them are known: that is not none (S-26). */
export function summarize(
  counted: readonly CountedDay[],
  hasLessons: boolean,
): Omit<AbsenceCount, 'hours'> & { readonly hours: number | null; readonly leaveDays: number } {
  const { days, hours } = countAbsence(counted);
  const areHoursKnown = hasLessons && counted.every((one) => one.areHoursKnown);
  return {
    ...{ days, hours: areHoursKnown ? hours : null },
    leaveDays: countAbsence(counted.filter(({ isLeave, hours: some }) => isLeave && some === null)).days,
  };
}

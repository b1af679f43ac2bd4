import { type LocalDate, isWithin } from '@ranselpost/kit/pure/dates';
import { type UnitCalendar, isOpen } from './calendar.ts';
import { type Said, dayStateOf } from './day-state.ts';
import { type HolidayPart, staysWith } from './holiday-survey.ts';
import { type Stay, stayOn } from './stay.ts';

/** A child of whom it is asked on which days it is expected (T24). */
export interface ExpectedChild {
  readonly childId: string;
  readonly groupIds: readonly string[];
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly said: readonly (Said & { readonly day: LocalDate })[];
  readonly stays: readonly Stay[];
  readonly answers: readonly { readonly day: LocalDate; readonly part: HolidayPart }[];
}

/** How many children stand how on a day that is planned. Each is in one number, but for those who are there by a survey. */
export interface ExpectedCounts {
  readonly expected: number;
  /** Of those, for half of the day. */
  readonly halfDay: number;
  readonly away: number;
  readonly onLeave: number;
  /** By their agreed hours, or by what they answered. */
  readonly notComing: number;
  /** Of those expected, by what was answered of the day. */
  readonly bySurvey: number;
}

export interface ExpectedDay {
  readonly day: LocalDate;
  readonly isOpen: boolean;
  readonly all: ExpectedCounts;
  readonly groups: readonly (ExpectedCounts & { readonly groupId: string })[];
}

const nobody: ExpectedCounts = { expected: 0, halfDay: 0, away: 0, onLeave: 0, notComing: 0, bySurvey: 0 };

/** What a unit can plan meals and staff by, from what is said beforehand: what staff have seen is on the board. */
export function expectedOn(
  calendar: UnitCalendar,
  day: LocalDate,
  children: readonly ExpectedChild[],
): ExpectedDay {
  if (!isOpen(calendar, day)) return { day, isOpen: false, all: nobody, groups: [] };
  const there = children
    .filter(({ from, to }) => isWithin(day, from, to))
    .map((child) => ({ groupIds: child.groupIds, counts: countsOf(calendar, day, child) }));
  const groups = [...new Set(there.flatMap(({ groupIds }) => groupIds))].toSorted();
  return {
    ...{ day, isOpen: true, all: sum(there.map(({ counts }) => counts)) },
    groups: groups.map((groupId) => ({
      groupId,
      ...sum(there.filter(({ groupIds }) => groupIds.includes(groupId)).map(({ counts }) => counts)),
    })),
  };
}

function countsOf(
  { unitId, kind, opensAt, closesAt }: UnitCalendar,
  day: LocalDate,
  { childId, ...child }: ExpectedChild,
): ExpectedCounts {
  const said = child.said.filter((one) => one.day === day);
  const hours = kind === 'SCHOOL' ? { starts: opensAt, ends: closesAt } : null;
  const state = dayStateOf({ unitKind: kind, isOpen: true, hours, said, seen: null });
  if (state === 'LEAVE') return { ...nobody, onLeave: 1 };
  if (state === 'ABSENT_REPORTED') return { ...nobody, away: 1 };
  const answer = child.answers.find((one) => one.day === day)?.part;
  const stay = stayOn(staysWith(child.stays, answer, { childId, unitId, day }), day);
  if (stay?.comes === false) return { ...nobody, notComing: 1 };
  const isHalf = answer === 'MORNING' || answer === 'AFTERNOON';
  return { ...nobody, expected: 1, halfDay: isHalf ? 1 : 0, bySurvey: answer === undefined ? 0 : 1 };
}

const sum = (counts: readonly ExpectedCounts[]): ExpectedCounts =>
  counts.reduce(
    (all, one) => ({
      expected: all.expected + one.expected,
      halfDay: all.halfDay + one.halfDay,
      away: all.away + one.away,
      onLeave: all.onLeave + one.onLeave,
      notComing: all.notComing + one.notComing,
      bySurvey: all.bySurvey + one.bySurvey,
    }),
    nobody,
  );

import { newId } from '@ranselpost/kit/ids';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { Visitor } from './visitor.ts';

/** What a unit says of its days, as the graph gives it and takes it. */
export interface CalendarTerms {
  readonly opensAt: string;
  readonly closesAt: string;
  readonly planningAt: string;
  readonly daysAhead: number;
  readonly askMinutesBefore: number | null;
  readonly isOpenEveryDay: boolean;
  readonly schoolYears: readonly { readonly firstDay: LocalDate; readonly lastDay: LocalDate }[];
  readonly closed: readonly {
    readonly firstDay: LocalDate;
    readonly lastDay: LocalDate;
    readonly kind: 'HOLIDAY' | 'PLANNING';
  }[];
}

/**
 * A unit that has children today, whichever day of the year and hour it is: open on every day, from its first minute to its last. Of
 * today it is too late to say anything in time, of any later day it is not.
 */
export const everyDay: CalendarTerms = {
  ...{ opensAt: '00:00', closesAt: '23:59', planningAt: '00:00', daysAhead: 366, askMinutesBefore: null },
  ...{ isOpenEveryDay: true, schoolYears: [], closed: [] },
};

const calendarFields = `opensAt closesAt planningAt daysAhead askMinutesBefore isOpenEveryDay
  schoolYears { firstDay lastDay } closed { firstDay lastDay kind }`;

export async function calendarOf(who: Visitor, unitId: string): Promise<CalendarTerms> {
  const { data, codes } = await who.ask<{ unit: { calendar: CalendarTerms | null } | null }>(
    `query Calendar($id: ID!) { unit(id: $id) { calendar { ${calendarFields} } } }`,
    { id: unitId },
  );
  const calendar = data?.unit?.calendar;
  if (calendar == null) throw new Error(`the calendar gave ${codes.join(', ')}`);
  return calendar;
}

/** Says as the leader of a unit when it is open. */
export const setCalendar = (leader: Visitor, unitId: string, terms: CalendarTerms): Promise<string> =>
  act(leader, 'setUnitCalendar', { unitId, ...terms });

/** Has a school wait so many minutes after the first lesson before it tells home. */
export const setAlert = (leader: Visitor, unitId: string, minutes: number): Promise<string> =>
  act(leader, 'setAbsenceAlert', { unitId, minutes });

/** Changes something, and answers what came: a type of the graph, or the codes of a failure. */
export async function act(who: Visitor, mutation: string, input: object): Promise<string> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, codes, status } = await who.ask<{ it: { __typename: string } | null }>(
    `mutation Act($input: ${type}!) { it: ${mutation}(input: $input) { __typename } }`,
    { input },
  );
  return data?.it?.__typename ?? (codes.join(', ') || String(status));
}

export interface Lesson {
  readonly id: string;
  readonly starts: string;
}

/** Gives a group its lessons from a day on, and answers those that hold on it. */
export async function setTimetable(
  who: Visitor,
  timetable: {
    readonly unitId: string;
    readonly groupId: string;
    readonly from: LocalDate;
    readonly lessons: readonly { readonly weekday: number; readonly starts: string; readonly ends: string }[];
  },
): Promise<readonly Lesson[]> {
  const { data, codes } = await who.ask<{ it: { lessons?: readonly Lesson[] } | null }>(
    `mutation Lessons($input: SetTimetableInput!) { it: setTimetable(input: $input) {
      ... on TimetableSet { lessons { id starts } } } }`,
    { input: timetable },
  );
  if (data?.it?.lessons === undefined) throw new Error(`the timetable gave ${codes.join(', ')}`);
  return data.it.lessons.toSorted((one, other) => (one.starts < other.starts ? -1 : 1));
}

/** What staff have seen of a child. */
export interface OneMark {
  readonly id?: string;
  readonly childId: string;
  readonly day: LocalDate;
  readonly lessonId?: string;
  readonly standing: 'PRESENT' | 'ABSENT' | 'ELSEWHERE';
  readonly came?: string;
  readonly went?: string;
  readonly knew?: string;
}

/** What has become of some marks, in their order; or the codes of a failure. */
export async function mark(
  who: Visitor,
  unitId: string,
  marks: readonly OneMark[],
): Promise<readonly string[]> {
  const { data, codes } = await who.ask<{
    it: { readonly __typename: string; readonly outcomes?: readonly { readonly kind: string }[] } | null;
  }>(
    `mutation Mark($input: MarkAttendanceInput!) { it: markAttendance(input: $input) {
      __typename ... on AttendanceMarked { outcomes { kind } } } }`,
    { input: { unitId, marks: marks.map((one) => ({ id: newId(), ...one })) } },
  );
  return data?.it == null ? codes : (data.it.outcomes?.map(({ kind }) => kind) ?? [data.it.__typename]);
}

export interface BoardRow {
  readonly child: { readonly id: string };
  readonly state: string;
  readonly isHere: boolean;
  readonly came: string | null;
  readonly went: string | null;
  readonly alert: string | null;
  readonly slots: readonly {
    readonly lesson: { readonly id: string } | null;
    readonly state: string;
    readonly mark: { readonly id: string } | null;
  }[];
}

export interface Board {
  readonly isOpen: boolean;
  readonly counts: Readonly<
    Record<
      'present' | 'elsewhere' | 'absentReported' | 'absentUnreported' | 'notYetKnown' | 'here' | 'inDoubt',
      number
    >
  >;
  readonly nodes: readonly BoardRow[];
}

export const boardQuery = `query Board($id: ID!, $day: Date!, $groupId: ID) { unit(id: $id) {
  dayBoard(day: $day, groupId: $groupId, first: 100) {
    isOpen counts { present elsewhere absentReported absentUnreported notYetKnown here inDoubt }
    nodes { child { id } state isHere came went alert slots { lesson { id } state mark { id } } } } } }`;

/** The first hundred rows of a board, or the codes of why there is none for whoever asks. */
export async function boardOf(
  who: Visitor,
  unitId: string,
  day: LocalDate,
): Promise<Board | readonly string[]> {
  const { data, codes } = await who.ask<{ unit: { dayBoard: Board | null } | null }>(boardQuery, {
    ...{ id: unitId, day },
  });
  return data?.unit?.dayBoard ?? codes;
}

/** A child's row on a board; undefined where it is on none that the visitor sees. */
export async function rowOf(
  who: Visitor,
  unitId: string,
  day: LocalDate,
  childId: string,
): Promise<BoardRow | undefined> {
  const board = await boardOf(who, unitId, day);
  return 'nodes' in board ? board.nodes.find(({ child }) => child.id === childId) : undefined;
}

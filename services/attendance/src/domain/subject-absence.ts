import { type LocalDate, addDays, weekdayOf } from '@ranselpost/kit/pure/dates';
import { type UnitCalendar, isOpen, schoolYearOf } from './calendar.ts';
import { type SubjectProfile, isAboveSubjectLimit } from './counting.ts';
import { daysOfSchoolYear } from './leave-regulation.ts';
import { type SchoolDay, countDays, lessonsMissed } from './school-day.ts';

/** At which schools absence is counted by subject (ABS-19), and from which day on how much of it there may be. */
export interface SubjectRules {
  readonly unitIds: readonly string[];
  readonly limits: readonly { readonly from: LocalDate; readonly limitPercent: number }[];
}

/** The profile of a pupil in a school year; null where it is off at each of its schools. */
export function profileOf(
  { unitIds, limits }: SubjectRules,
  schools: readonly string[],
  schoolYear: number,
): SubjectProfile | null {
  if (!schools.some((unitId) => unitIds.includes(unitId))) return null;
  const { from: begins } = daysOfSchoolYear(schoolYear);
  const inForce = limits.filter(({ from }) => from <= begins);
  return inForce.toSorted((one, other) => (one.from < other.from ? 1 : -1))[0] ?? null;
}

/** A weekly lesson of a subject, from when until before when a pupil has it in a school year. */
export interface SubjectLesson {
  readonly id: string;
  readonly subject: string;
  readonly unitId: string;
  readonly weekday: number;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** A pupil's absence from a subject. Null: it cannot be said, which is not none (S-26). */
export interface SubjectAbsence {
  readonly subject: string;
  /** Lessons missed until today, but for granted leave. */
  readonly hours: number | null;
  /** Lessons of the whole year. Not known where a school has not said which days its school year has. */
  readonly yearHours: number | null;
  readonly sharePercent: number | null;
  readonly isAboveLimit: boolean | null;
}

/** Absence from each subject that a pupil has in a school year, as a share of its lessons of the year (ABS-19). */
export function countSubjects(
  profile: SubjectProfile,
  known: {
    readonly schoolYear: number;
    readonly calendars: ReadonlyMap<string, UnitCalendar>;
    readonly lessons: readonly SubjectLesson[];
    readonly days: readonly SchoolDay[];
    readonly hasLessons: boolean;
  },
): readonly SubjectAbsence[] {
  const { calendars, lessons, days } = known;
  const areHoursKnown = known.hasLessons && countDays(calendars, days).every((one) => one.areHoursKnown);
  const subjectOf = new Map(lessons.map(({ id, subject }) => [id, subject]));
  const missed = days
    .filter(({ isLeave }) => !isLeave)
    .flatMap((day) => {
      const calendar = calendars.get(day.unitId);
      return calendar === undefined ? [] : lessonsMissed(calendar, day).map(({ id }) => subjectOf.get(id));
    });
  const openOn = openDays(calendars, known.schoolYear);
  const bySubject = Map.groupBy(lessons, ({ subject }) => subject);
  return [...bySubject.keys()].toSorted().map((subject) => {
    const hours = areHoursKnown ? missed.filter((one) => one === subject).length : null;
    const held = bySubject.get(subject)!.map(({ unitId, weekday, from, to }) => {
      const days = openOn.get(unitId);
      return days?.filter((day) => weekdayOf(day) === weekday && from <= day && day < to).length ?? null;
    });
    const yearHours = held.includes(null) ? null : held.reduce<number>((sum, one) => sum + one!, 0);
    if (hours === null || yearHours === null || yearHours === 0)
      return { subject, hours, yearHours, sharePercent: null, isAboveLimit: null };
    return {
      ...{ subject, hours, yearHours, sharePercent: (hours * 100) / yearHours },
      isAboveLimit: isAboveSubjectLimit(profile, { missed: hours, yearHours }),
    };
  });
}

/** The days of a school year at each school that has said which they are. */
function openDays(
  calendars: ReadonlyMap<string, UnitCalendar>,
  schoolYear: number,
): ReadonlyMap<string, readonly LocalDate[]> {
  return new Map(
    [...calendars].flatMap(([unitId, calendar]) => {
      const year = calendar.schoolYears.find(({ firstDay }) => schoolYearOf(firstDay) === schoolYear);
      if (year === undefined) return [];
      const days: LocalDate[] = [];
      for (let day = year.firstDay; day <= year.lastDay; day = addDays(day, 1))
        if (isOpen(calendar, day)) days.push(day);
      return [[unitId, days] as const];
    }),
  );
}

import { addDays, weekdayOf } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type UnitCalendar, defaultCalendar } from './calendar.ts';
import type { SchoolDay } from './school-day.ts';
import { type SubjectLesson, countSubjects, profileOf } from './subject-absence.ts';

const schoolYear = { firstDay: '2026-08-17', lastDay: '2026-10-16' };
const calendar: UnitCalendar = {
  ...defaultCalendar('school', 'SCHOOL'),
  schoolYears: [schoolYear],
  closed: [{ firstDay: '2026-09-28', lastDay: '2026-10-02', kind: 'HOLIDAY' }],
};
const profile = { limitPercent: 10 };
const allDays = Array.from({ length: 75 }, (_, at) => addDays('2026-08-10', at));
const subjects = ['NOR1267', 'MAT1023', 'KRO1018'] as const;

const someLessons = fc.array(
  fc.record({
    subject: fc.constantFrom(...subjects),
    weekday: fc.integer({ min: 1, max: 6 }),
    from: fc.constantFrom(...allDays),
    length: fc.integer({ min: 1, max: 60 }),
  }),
  { minLength: 1, maxLength: 8 },
);
const someDays = fc.uniqueArray(
  fc.record({
    day: fc.constantFrom(...allDays),
    isLeave: fc.boolean(),
    absentFrom: fc.array(fc.nat({ max: 3 }), { maxLength: 4 }),
  }),
  { maxLength: 30, selector: ({ day }) => day },
);

test('absence from a subject is what counting by hand makes of it, and its share of the year (ABS-19)', () => {
  fc.assert(
    fc.property(someLessons, someDays, (given, absent) => {
      const lessons: SubjectLesson[] = given.map(({ length, ...lesson }, at) => ({
        ...{ ...lesson, id: `lesson ${at}`, unitId: 'school', to: addDays(lesson.from, length) },
      }));
      const held = (day: string) =>
        lessons.filter((one) => one.weekday === weekdayOf(day) && one.from <= day && day < one.to);
      const days = absent.map(({ day, isLeave, absentFrom }): SchoolDay => {
        const missed = held(day).filter((_, at) => absentFrom.includes(at));
        return {
          ...{ unitId: 'school', day, isLeave, said: [] },
          lessons: held(day).map(({ id }) => ({ id, groupId: 'class', starts: '09:00', ends: '09:45' })),
          seen: Object.fromEntries(
            held(day).map(({ id }) => [
              id,
              {
                standing: missed.some((one) => one.id === id) ? ('ABSENT' as const) : ('PRESENT' as const),
                ...{ came: null, went: null },
              },
            ]),
          ),
        };
      });
      const known = { schoolYear: 2026, calendars: new Map([['school', calendar]]), lessons, days };
      const found = countSubjects(profile, { ...known, hasLessons: true });
      expect(found.map(({ subject }) => subject)).toEqual(
        [...new Set(lessons.map(({ subject }) => subject))].toSorted(),
      );

      for (const { subject, hours, yearHours, sharePercent, isAboveLimit } of found) {
        let [missed, all] = [0, 0];
        for (const day of allDays) {
          const isSchoolDay =
            weekdayOf(day) < 6 &&
            schoolYear.firstDay <= day &&
            day <= schoolYear.lastDay &&
            !(day >= '2026-09-28' && day <= '2026-10-02');
          if (!isSchoolDay) continue;
          for (const lesson of held(day)) {
            if (lesson.subject !== subject) continue;
            all += 1;
            const of = days.find((one) => one.day === day);
            if (of !== undefined && !of.isLeave && of.seen[lesson.id]?.standing === 'ABSENT') missed += 1;
          }
        }
        expect([hours, yearHours]).toEqual([missed, all]);
        expect(sharePercent).toBe(all === 0 ? null : (missed * 100) / all);
        expect(isAboveLimit).toBe(all === 0 ? null : missed * 10 > all);
      }
    }),
  );
});

test('what nobody knows is not none: without lessons, or the days of the school year (S-26)', () => {
  const lesson = { id: 'a', subject: 'NOR1267', unitId: 'school', weekday: 1 };
  const lessons = [{ ...lesson, from: '2026-08-01', to: '2027-08-01' }];
  const of = (hasLessons: boolean, given: Partial<UnitCalendar> = {}) =>
    countSubjects(profile, {
      ...{ schoolYear: 2026, calendars: new Map([['school', { ...calendar, ...given }]]), days: [] },
      ...{ lessons, hasLessons },
    })[0];
  const unsaid = { sharePercent: null, isAboveLimit: null };
  expect(of(true)).toMatchObject({ hours: 0, yearHours: 8, sharePercent: 0, isAboveLimit: false });
  expect(of(false)).toMatchObject({ hours: null, yearHours: 8, ...unsaid });
  expect(of(true, { schoolYears: [] })).toMatchObject({ hours: 0, yearHours: null, ...unsaid });
});

test('the profile is off but where it is set, and its limit is that of the year it is about (ABS-19)', () => {
  const rules = {
    unitIds: ['upper'],
    limits: [
      { from: '2025-08-01', limitPercent: 10 },
      { from: '2027-08-01', limitPercent: 15 },
    ],
  };
  const limitOf = (schools: string[], year: number) => profileOf(rules, schools, year)?.limitPercent ?? null;
  expect([limitOf(['school'], 2026), limitOf([], 2026)]).toEqual([null, null]);
  expect([2024, 2025, 2026, 2027].map((year) => limitOf(['sfo', 'upper'], year))).toEqual([null, 10, 10, 15]);
});

import { describe, expect, test } from 'vitest';
import { type Certificate, decideCertification, gradeOf, removalRulesOf } from './certificate.ts';

describe('the grade of a pupil', () => {
  const place = (groupIds: readonly string[], from: string) => ({
    unitId: 'school',
    groupIds,
    from,
    to: null,
  });
  const grades = [
    { groupId: '8A', grade: 8 },
    { groupId: '9B', grade: 9 },
    { groupId: 'maths', grade: 8 },
  ];

  test('is that of the classes where it went last, and unknown where they do not agree (ABS-06)', () => {
    const places = [place(['9B'], '2026-10-01'), place(['8A'], '2026-08-01')];
    expect(gradeOf({ places, grades })).toBe(9);
    expect(gradeOf({ places: [place(['8A', 'maths'], '2026-08-01')], grades })).toBe(8);
    // A pupil of one grade in a subject of another: nothing is certified by mistake.
    expect(gradeOf({ places: [place(['9B', 'maths'], '2026-08-01')], grades })).toBeNull();
    expect(gradeOf({ places: [place(['10C'], '2026-08-01')], grades })).toBeNull();
    expect(gradeOf({ places: [], grades })).toBeNull();
  });
});

test('what may be left out goes by the school year it is for (ABS-07, ABS-08)', () => {
  expect(removalRulesOf(2026)).toMatchObject({ daysAYear: 10, healthFromDay: 4 });
  expect(removalRulesOf(2010).daysAYear).toBe(0);
});

test('hours are taken from somebody where they are not counted, and from nobody else (S-26)', () => {
  const certificate = (hours: number | null): Certificate => ({
    ...{ grade: 9, count: { days: 3, hours, removed: 1 }, removable: 1, leaveDays: 1, healthDays: 0 },
  });
  const decide = (hours: number | null, given: number | null) =>
    decideCertification(certificate(hours), [], { hours: given, reason: null });
  expect(decide(null, null)).toMatchObject({ refusal: { kind: 'certificate-hours-unknown' } });
  expect(decide(2, 2)).toMatchObject({ refusal: { kind: 'certificate-hours-counted' } });
  expect(decide(null, 4)).toMatchObject({ value: { days: 3, hours: 4, removed: 1, grade: 9 } });
  expect(decide(0, null)).toMatchObject({ value: { hours: 0 } });
});

import { addDays } from '@ranselpost/kit/pure/dates';
import { describe, expect, test } from 'vitest';
import { defaultCalendar, schoolDays } from './calendar.ts';
import {
  type Certificate,
  certificateOf,
  decideCertification,
  gradeOf,
  removalRulesOf,
} from './certificate.ts';

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

test('causes add up to what may be left out, and to no more (ABS-07, ABS-10)', () => {
  const calendar = defaultCalendar('school', 'SCHOOL');
  const [leave, ill] = ['2026-08-31', '2026-09-14'].map((from) =>
    schoolDays(calendar, from, addDays(from, 11)),
  );
  const file = {
    places: [{ unitId: 'school', groupIds: ['9B'], from: '2020-08-01', to: null }],
    grades: [{ groupId: '9B', grade: 9 }],
    notes: [{ id: 'note', from: ill![0]!, to: ill!.at(-1)!, isChronic: false, acceptedAt: new Date(0) }],
    ...{ request: null, certified: [] },
  };
  const counted = (days: readonly string[], isLeave: boolean) =>
    days.map((day) => ({
      ...{ day, unitId: 'school', isLeave, hours: null, isUnreported: false, areHoursKnown: true },
    }));
  const of = (leaveDays: number) =>
    certificateOf(file, {
      ...{ schoolYear: 2026, today: '2026-10-30', calendars: new Map([['school', calendar]]) },
      ...{ counted: [...counted(leave!.slice(0, leaveDays), true), ...counted(ill!, false)] },
      areHoursKnown: true,
    });
  expect(of(2)).toMatchObject({ removable: 9, leaveDays: 2, healthDays: 7 });
  expect(of(6)).toMatchObject({ removable: 10, leaveDays: 6, healthDays: 4 });
  expect(of(10)).toMatchObject({ removable: 10, leaveDays: 10, healthDays: 0 });
});

test('hours are taken from somebody where they are not counted, and from nobody else (S-26)', () => {
  const certificate = (hours: number | null): Certificate => ({
    ...{ grade: 9, count: { days: 3, hours, removed: 1 }, removable: 1, leaveDays: 1, healthDays: 0 },
  });
  const decide = (hours: number | null, given: number | null) =>
    decideCertification(certificate(hours), [], { hours: given, reason: null, isLeader: true });
  expect(decide(null, null)).toMatchObject({ refusal: { kind: 'certificate-hours-unknown' } });
  expect(decide(2, 2)).toMatchObject({ refusal: { kind: 'certificate-hours-counted' } });
  expect(decide(null, 4)).toMatchObject({ value: { days: 3, hours: 4, removed: 1, grade: 9 } });
  expect(decide(0, null)).toMatchObject({ value: { hours: 0 } });
});

test('what is certified is corrected by the leader alone, and with a reason (ABS-23)', () => {
  const certificate = {
    ...{ grade: 9, count: { days: 3, hours: 0, removed: 1 }, removable: 1, leaveDays: 1, healthDays: 0 },
  };
  const before = [{ grade: 9, days: 5, hours: 0, removed: 0, certifiedAt: new Date(0), reason: null }];
  const decide = (isLeader: boolean, reason: string | null) =>
    decideCertification(certificate, before, { hours: null, reason, isLeader });
  expect(decide(true, ' ')).toMatchObject({ refusal: { kind: 'certificate-reason-missing' } });
  expect(decide(true, 'Talt feil')).toMatchObject({ value: { days: 3 } });
  expect(() => decide(false, 'Talt feil')).toThrow('Not found.');
});

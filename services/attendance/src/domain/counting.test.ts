import { addDays, weekdayOf } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AbsentDay,
  type CertificateInput,
  type HealthNote,
  countAbsence,
  countForCertificate,
  decideCorrection,
  inSchoolYear,
  isAboveSubjectLimit,
  removableDays,
} from './counting.ts';

const first = '2026-11-02';
/** School days of twelve weeks. */
const schoolDays = Array.from({ length: 84 }, (_, at) => addDays(first, at)).filter(
  (day) => weekdayOf(day) < 6,
);
const rules = { daysAYear: 10, healthFromDay: 4 };
const whole = (days: readonly string[]): AbsentDay[] => days.map((day) => ({ day, hours: null }));
const input = (more: Partial<CertificateInput>): CertificateInput => ({
  ...{ grade: 9, absent: [], schoolDays, leaveDays: [], notes: [], isRemovalRequested: true, rules, ...more },
});

const aDay = fc.constantFrom(...schoolDays);
const someDays = fc.uniqueArray(aDay, { maxLength: 40 });
const absence = fc.array(
  fc.record({ day: aDay, hours: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }) }),
  { maxLength: 60 },
);
const someNotes: fc.Arbitrary<HealthNote[]> = fc.array(
  fc
    .record({ from: aDay, length: fc.integer({ min: 0, max: 12 }), isChronic: fc.boolean() })
    .map(({ from, length, isChronic }) => ({ from, to: addDays(from, length), isChronic })),
  { maxLength: 4 },
);

/** Counted by hand: each day by itself, looking back as far as it goes. */
function removableByHand({ absent, leaveDays, notes }: CertificateInput): string[] {
  const isWhole = (day: string | undefined): boolean =>
    absent.some((one) => one.day === day && one.hours === null);
  return schoolDays.filter((day, at) => {
    if (!isWhole(day)) return false;
    if (leaveDays.includes(day)) return true;
    let length = 0;
    while (
      at - length >= 0 &&
      isWhole(schoolDays[at - length]) &&
      !leaveDays.includes(schoolDays[at - length]!)
    )
      length += 1;
    return notes.some(({ from, to, isChronic }) => from <= day && day <= to && (isChronic || length >= 4));
  });
}

describe('counting absence', () => {
  test('keeps days and hours in two counters, never one (ABS-05)', () => {
    const hours = Array.from({ length: 6 }, (_, at) => ({ day: schoolDays[at]!, hours: 1 }));
    expect(countAbsence(hours)).toEqual({ days: 0, hours: 6 });
    fc.assert(
      fc.property(absence, (absent) => {
        const { days, hours: counted } = countAbsence(absent);
        const wholeDays = new Set(absent.filter((one) => one.hours === null).map(({ day }) => day));
        expect(days).toBe(wholeDays.size);
        const most = new Map<string, number>();
        for (const { day, hours: missed } of absent)
          if (missed !== null && !wholeDays.has(day)) most.set(day, Math.max(most.get(day) ?? 0, missed));
        expect(counted).toBe([...most.values()].reduce((sum, one) => sum + one, 0));
      }),
    );
  });

  test('counts a day once, whoever says it, and in whichever order (S-22)', () => {
    fc.assert(
      fc.property(absence, (absent) => {
        expect(countAbsence([...absent, ...absent].toReversed())).toEqual(countAbsence(absent));
      }),
    );
  });

  test('is by the school year, whichever schools it was at', () => {
    const days = [{ day: '2026-07-31' }, { day: '2026-08-01' }, { day: '2027-07-31' }];
    expect(inSchoolYear(days, 2026)).toEqual(days.slice(1));
  });
});

describe('the certificate', () => {
  test('has absence from grade 8 on (ABS-06)', () => {
    expect(countForCertificate(input({ grade: 7 }))).toBeNull();
    expect(countForCertificate(input({ grade: null }))).toBeNull();
    expect(countForCertificate(input({ grade: 8 }))).toEqual({ days: 0, hours: 0, removed: 0 });
  });

  test('leaves out three days of a six-day flu with a note, and all of a chronic illness (ABS-08)', () => {
    const absent = whole(schoolDays.slice(0, 6));
    const note = { from: schoolDays[0]!, to: schoolDays[5]!, isChronic: false };
    expect(countForCertificate(input({ absent, notes: [note] }))).toEqual({ days: 3, hours: 0, removed: 3 });
    const chronic = [{ ...note, isChronic: true }];
    expect(countForCertificate(input({ absent, notes: chronic }))).toMatchObject({ removed: 6 });
    expect(countForCertificate(input({ absent }))).toMatchObject({ removed: 0 });
  });

  test('has one pool for leave and health, on request alone, and leaves hours in (ABS-07, ABS-09)', () => {
    const leaveDays = schoolDays.slice(0, 7);
    const ill = schoolDays.slice(20, 28);
    const absent = [...whole([...leaveDays, ...ill]), { day: schoolDays[40]!, hours: 3 }];
    const notes = [{ from: ill[0]!, to: ill[7]!, isChronic: false }];
    const all = input({ absent, leaveDays, notes });
    expect(removableDays(all)).toHaveLength(12);
    expect(countForCertificate(all)).toEqual({ days: 5, hours: 3, removed: 10 });
    expect(countForCertificate({ ...all, isRemovalRequested: false })).toEqual({
      days: 15,
      hours: 3,
      removed: 0,
    });
  });

  test('counts as one would by hand, whatever the absence (ABS-05 to ABS-09)', () => {
    fc.assert(
      fc.property(
        absence,
        someDays,
        someNotes,
        fc.boolean(),
        (absent, leaveDays, notes, isRemovalRequested) => {
          const given = input({ absent, leaveDays, notes, isRemovalRequested });
          const byHand = removableByHand(given);
          expect(removableDays(given)).toEqual(byHand);
          const { days, hours } = countAbsence(absent);
          const removed = isRemovalRequested ? Math.min(10, byHand.length) : 0;
          expect(countForCertificate(given)).toEqual({ days: days - removed, hours, removed });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is corrected afterwards by the leader alone, who says why (ABS-23)', () => {
    const certifiedAt = new Date();
    const kind = (isLeader: boolean, reason: string | null, at: Date | null = certifiedAt) => {
      const result = decideCorrection({ certifiedAt: at, isLeader, reason });
      return result.ok ? result.value : result.refusal.kind;
    };
    expect(kind(false, null, null)).toBe('corrected');
    expect(kind(false, 'Feil ført')).toBe('certified');
    expect(kind(true, ' ')).toBe('reason-missing');
    expect(kind(true, 'Feil ført')).toBe('corrected');
  });
});

test('a subject’s share of absence is worked out where the profile is on, without rounding (ABS-19)', () => {
  expect(isAboveSubjectLimit(null, { missed: 50, yearHours: 100 })).toBeNull();
  expect(isAboveSubjectLimit({ limitPercent: 10 }, { missed: 10, yearHours: 100 })).toBe(false);
  expect(isAboveSubjectLimit({ limitPercent: 10 }, { missed: 8, yearHours: 75 })).toBe(true);
  expect(isAboveSubjectLimit({ limitPercent: 10 }, { missed: 0, yearHours: 0 })).toBeNull();
});

import { addDays, hasReached } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type RightFacts,
  decideStart,
  groupOn,
  rightToPlace,
  startPeriod,
  yearOfAdmission,
} from './right-to-place.ts';

const facts: RightFacts = {
  ...{ born: '2025-05-20', admissionYear: 2026, yearBegins: '08-01', isInTime: true },
  ...{ residence: 'HERE', isSchoolDeferred: false },
};
const right = (more: Partial<RightFacts>) => rightToPlace({ ...facts, ...more });
const no = (...because: string[]) => ({ kind: 'NO_RIGHT', because });
const days = fc.integer({ min: 0, max: 3000 }).map((later) => addDays('2019-01-01', later));

describe('the right to a place', () => {
  test('has whoever turns one by the end of November, and nobody born a day later (BHG-01)', () => {
    expect(right({ born: '2025-11-30' })).toEqual({
      ...{ kind: 'RIGHT', earliest: '2026-11-01', latest: '2026-11-30' },
    });
    expect(right({ born: '2025-12-01' })).toEqual(no('BORN_TOO_LATE'));
    expect(right({ born: '2025-11-30', admissionYear: 2025 })).toEqual(no('BORN_TOO_LATE'));
  });

  test('begins in August, or in the month in which the child turns one (BHG-02)', () => {
    const period = (born: string, more = {}) => {
      const { earliest, latest } = startPeriod({ ...facts, born, ...more });
      return `${earliest} ${latest}`;
    };
    expect(period('2025-08-31')).toBe('2026-08-01 2026-08-31');
    expect(period('2025-09-01')).toBe('2026-09-01 2026-09-30');
    expect(period('2025-10-14')).toBe('2026-10-01 2026-10-31');
    expect(period('2022-01-01', { yearBegins: '08-15' })).toBe('2026-08-15 2026-08-31');
    expect(period('2025-08-31', { yearBegins: '08-15' })).toBe('2026-08-15 2026-08-31');
    expect(period('2024-02-29', { admissionYear: 2025 })).toBe('2025-08-01 2025-08-31');
  });

  test('has whoever is one by then, of any day of birth, until school begins (BHG-01, BHG-02)', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 2020, max: 2027 }), (born, admissionYear) => {
        const found = right({ born, admissionYear });
        const isYoungEnough = Number(born.slice(0, 4)) + 6 > admissionYear;
        expect(found.kind === 'RIGHT').toBe(hasReached(born, 1, `${admissionYear}-11-30`) && isYoungEnough);
        if (found.kind !== 'RIGHT') return;
        expect(hasReached(born, 1, found.latest)).toBe(true);
        expect(found.earliest.slice(0, 7)).toBe(found.latest.slice(0, 7));
        expect(found.earliest >= `${admissionYear}-08-01` && found.latest <= `${admissionYear}-11-30`).toBe(
          true,
        );
      }),
    );
  });

  test('has an older child without a place, until it begins school, which may be put off (BHG-01, BHG-14)', () => {
    expect(right({ born: '2021-12-31' }).kind).toBe('RIGHT');
    expect(right({ born: '2020-01-01' })).toEqual(no('OF_SCHOOL_AGE'));
    expect(right({ born: '2020-01-01', isSchoolDeferred: true }).kind).toBe('RIGHT');
    expect(right({ born: '2019-12-31', isSchoolDeferred: true })).toEqual(no('OF_SCHOOL_AGE'));
  });

  test('has whoever applied in time and lives here; all that stands against it is said (BHG-01, BHG-03)', () => {
    expect(right({ isInTime: false })).toEqual(no('APPLIED_LATE'));
    expect(right({ residence: 'ELSEWHERE' })).toEqual(no('LIVES_ELSEWHERE'));
    expect(right({ born: '2025-12-01', isInTime: false, residence: 'ELSEWHERE' })).toEqual(
      no('BORN_TOO_LATE', 'APPLIED_LATE', 'LIVES_ELSEWHERE'),
    );
  });

  test('is for people to confirm where the register says no residence, and then alone (BHG-03, ADR-03)', () => {
    expect(right({ residence: 'UNKNOWN' }).kind).toBe('TO_CONFIRM');
    expect(right({ residence: 'UNKNOWN', isInTime: false })).toEqual(no('APPLIED_LATE'));
  });
});

describe('the start that is wished', () => {
  test('lies in the year that is applied for, and is no refusal where none is wished (BHG-02)', () => {
    const year = yearOfAdmission({ admissionYear: 2026, yearBegins: '08-01' });
    for (const day of ['2026-08-01', '2027-01-04', '2027-07-31', null])
      expect(decideStart(year, day)).toEqual({ ok: true, value: day });
    for (const day of ['2020-01-01', '2026-07-31', '2027-08-01', '2030-08-01'])
      expect(decideStart(year, day)).toEqual({
        ...{ ok: false, refusal: { kind: 'E_START', earliest: '2026-08-01', latest: '2027-07-31' } },
      });
  });

  test('is before the August in which groups change, whenever the next year begins (placement § 1)', () => {
    const latest = (yearBegins: string) => yearOfAdmission({ admissionYear: 2026, yearBegins }).latest;
    expect(latest('08-15')).toBe('2027-07-31');
    expect(latest('07-20')).toBe('2027-07-19');
  });
});

describe('the age group', () => {
  test('is large from August of the year in which a child turns three (placement § 1, BHG-25)', () => {
    expect(groupOn('2023-12-31', '2026-07-31')).toBe('small');
    expect(groupOn('2023-12-31', '2026-08-01')).toBe('large');
    expect(groupOn('2024-01-01', '2026-08-01')).toBe('small');
    expect(groupOn('2024-01-01', '2027-07-31')).toBe('small');
    expect(groupOn('2023-02-28', '2026-01-10')).toBe('small');
  });

  test('never goes back to small (placement § 1)', () => {
    fc.assert(
      fc.property(days, days, fc.integer({ min: 0, max: 400 }), (born, start, later) => {
        if (groupOn(born, start) === 'large') expect(groupOn(born, addDays(start, later))).toBe('large');
      }),
    );
  });
});

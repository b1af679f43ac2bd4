import { addDays, weekdayOf } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ThresholdTerms, areTermsRight, changeThresholds, reachedSince, termOf } from './threshold.ts';

const today = '2026-11-20';
const isSchoolDay = (day: string) => weekdayOf(day) < 6;
const days = Array.from({ length: 110 }, (_, at) => addDays(today, -at)).filter(isSchoolDay);
const terms = (more: Partial<ThresholdTerms>): ThresholdTerms => ({
  ...{ measure: 'DAYS', atLeast: 3, period: 'WEEKS', weeks: 2, tells: ['LEADER'], opens: null, ...more },
});
const since = (given: Partial<ThresholdTerms>, away: readonly string[], about = away[0] ?? today) =>
  reachedSince(terms(given), {
    ...{ today, about, isSchoolDay, absent: away.map((day) => ({ day, hours: null })) },
  });

describe('a local threshold (ABS-18, T14)', () => {
  test('is reached by whole days within its weeks, and not by hours', () => {
    expect(since({}, ['2026-11-20', '2026-11-12', '2026-11-09'])).toBe('2026-11-07');
    expect(since({}, ['2026-11-20', '2026-11-12', '2026-11-06'])).toBeNull();
    const hours = days.slice(0, 9).map((day) => ({ day, hours: 6 }));
    expect(reachedSince(terms({}), { today, about: today, isSchoolDay, absent: hours })).toBeNull();
    // Ten days in fifteen weeks.
    expect(since({ atLeast: 10, weeks: 15 }, days.filter((_day, at) => at % 7 === 0).slice(0, 10))).toBe(
      '2026-08-08',
    );
  });

  test('is reached by a share of the school days of a term, or of some weeks', () => {
    // Ten school days in two weeks: a quarter of them is three.
    const quarter = { measure: 'PERCENT', atLeast: 25 } as const;
    expect(since(quarter, days.slice(0, 2))).toBeNull();
    expect(since(quarter, days.slice(0, 3))).toBe('2026-11-07');
    // Of the term's 109 weekdays a tenth is eleven, also of those to come.
    const tenth = { measure: 'PERCENT', atLeast: 10, period: 'TERM', weeks: null } as const;
    expect(since(tenth, days.slice(0, 10))).toBeNull();
    expect(since(tenth, days.slice(0, 11))).toBe('2026-08-01');
    expect(termOf('2027-01-01')).toEqual({ from: '2027-01-01', to: '2027-08-01' });
  });

  test('is reached by school days one after another, over a weekend and whichever of them came last', () => {
    const row = { atLeast: 4, period: 'IN_A_ROW', weeks: null } as const;
    const away = ['2026-11-17', '2026-11-16', '2026-11-13', '2026-11-12'];
    for (const about of away) expect(since(row, away, about)).toBe('2026-11-12');
    expect(since(row, away.slice(0, 3))).toBeNull();
    expect(since(row, away, '2026-11-18')).toBeNull();
  });

  test('is reached as one would count it by hand', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...days), { maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom('DAYS' as const, 'PERCENT' as const),
        (away, atLeast, weeks, measure) => {
          const from = addDays(today, 1 - 7 * weeks);
          const some = away.filter((day) => day >= from).length;
          const byHand = measure === 'DAYS' ? some >= atLeast : some / (5 * weeks) >= atLeast / 100;
          expect(since({ measure, atLeast, weeks }, away) !== null).toBe(byHand);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('that stays as it is when they are set anew keeps its alerts', () => {
    const known = [
      { ...terms({}), id: 'a', isOfAllSchools: false },
      { ...terms({ atLeast: 5 }), id: 'b', isOfAllSchools: false },
    ];
    expect(changeThresholds(known, [terms({}), terms({ weeks: 4 }), terms({ weeks: 4 })])).toEqual({
      ending: ['b'],
      beginning: [terms({ weeks: 4 })],
    });
  });

  test('is no share of a row, and says its weeks where they count', () => {
    for (const wrong of [
      { measure: 'PERCENT', period: 'IN_A_ROW', weeks: null },
      { weeks: null },
      { period: 'TERM' },
      { tells: [] },
      { measure: 'PERCENT', atLeast: 101 },
      { atLeast: 0 },
    ] as const)
      expect(areTermsRight(terms(wrong))).toBe(false);
    expect(areTermsRight(terms({}))).toBe(true);
  });
});

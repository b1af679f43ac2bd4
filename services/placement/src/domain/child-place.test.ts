import { addDays } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Place, decideTermination, earliestEnd, schoolStart, takenOver } from './child-place.ts';

const old: Place = { childId: 'child', pool: 'A/small', from: '2025-08-01', to: null };
const taken: Place = { childId: 'child', pool: 'B/small', from: '2026-08-15', to: null };

describe('a child’s place', () => {
  test('ends on the day that the new one begins, and nobody else’s does (BHG-13)', () => {
    const other = { ...old, childId: 'other' };
    expect(takenOver([old, other], taken)).toEqual([{ ...old, to: '2026-08-15' }, other, taken]);
    const over = { ...old, to: '2026-06-30' };
    expect(takenOver([over], taken)).toEqual([over, taken]);
    expect(takenOver([{ ...old, from: '2026-08-20' }], taken)).toEqual([taken]);
  });

  test('is the only one on any day, without a gap, however often it is changed (BHG-13, S-23)', () => {
    const starts = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 500 }), (from, at) => {
        const places = from.reduce<readonly Place[]>(
          (all, days) => takenOver(all, { ...taken, pool: `${days}`, from: addDays('2026-01-01', days) }),
          [],
        );
        const day = addDays('2026-01-01', at);
        const held = places.filter((one) => one.from <= day && (one.to === null || day < one.to));
        const first = places.reduce((least, one) => (one.from < least ? one.from : least), '9999-12-31');
        expect(held).toHaveLength(day < first ? 0 : 1);
      }),
    );
  });

  test('is given up with the notice of the statutes (BHG-14, P15)', () => {
    const [byDay, byMonth] = [
      { months: 2, countsFrom: 'DAY' } as const,
      { months: 1, countsFrom: 'NEXT_MONTH' } as const,
    ];
    expect(earliestEnd('2026-12-31', byDay)).toBe('2027-02-28');
    expect(earliestEnd('2026-01-31', byMonth)).toBe('2026-03-01');
    const give = (endsOn: string, place = old) => {
      const decided = decideTermination(place, { today: '2026-01-15', endsOn, terms: byDay });
      return decided.ok ? decided.value.to : decided.refusal.kind;
    };
    expect(give('2026-03-15')).toBe('2026-03-15');
    expect(give('2026-03-14')).toBe('E_NOTICE');
    expect(give('2026-03-15', { ...old, to: '2026-03-15' })).toBe('E_STATE');
    expect(give('2025-07-31')).toBe('E_STATE');
  });

  test('needs no notice when school begins, and is kept where that is put off (BHG-14, BHG-22)', () => {
    const yearBegins = '08-01';
    expect(schoolStart('2020-12-31', { isDeferred: false, yearBegins })).toBe('2026-08-01');
    expect(schoolStart('2020-12-31', { isDeferred: true, yearBegins })).toBe('2027-08-01');
  });
});

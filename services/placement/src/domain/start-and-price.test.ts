import type { Dated } from '@ranselpost/kit/pure/dated';
import { addDays } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rates, monthlyFee } from './fees.ts';
import {
  type PricedChild,
  type Tariff,
  hasCoreTime,
  gradeByAge,
  hasFreeHours,
  priceByMonth,
  reducedMonths,
} from './start-and-price.ts';

const rates: Rates = {
  ...{
    maxMonthly: 1200,
    months: 11,
    incomePct: 0.06,
    siblingDiscount: [0, 0.3, 1],
    siblingBase: 'firstChild',
  },
  ...{ coreHours: 20, coreIncomeLimit: 642_700, combine: 'lowerOf', roundTo: 0.01 },
};
const tariff: Tariff = { rates, freeMonths: ['07'], reductionEnds: '07', countsFirstDay: false };
const tariffs: readonly Dated<Tariff>[] = [
  { from: '2024-08-01', value: { ...tariff, rates: { ...rates, maxMonthly: 2000 } } },
  { from: '2025-08-01', value: tariff },
  { from: null, value: { ...tariff, rates: { ...rates, maxMonthly: 1 } } },
];
const ada: PricedChild = {
  ...{ id: 'ada', born: '2025-10-14', start: '2026-10-01', listPrice: () => 1200, hours: 45 },
  freeHours: () => 'none',
};
const given = {
  ...{ children: [ada], income: 200_000, appliedOn: null, from: '2026-09', to: '2027-09' },
};
const price = (more: object = {}, by = tariffs): Record<string, Record<string, number>> => {
  const prices = priceByMonth(by, { ...given, ...more });
  if ('errors' in prices) throw new Error(prices.errors.join());
  return Object.fromEntries(prices.map(({ month, kroner }) => [month, kroner]));
};

describe('what a place would cost', () => {
  test('is told month by month from the start, eleven of them a year: July is free (PAY-01, PAY-09, P19)', () => {
    const months = price();
    expect(Object.keys(months)).toHaveLength(12);
    expect(months['2026-09']).toEqual({});
    expect(months['2026-10']).toEqual({ ada: 1200 });
    expect(months['2027-07']).toEqual({ ada: 0 });
    expect(months['2027-08']).toEqual({ ada: 1200 });
  });

  test('goes by the rates of each month, and by none that are not in force yet (PAY-01, rules § 1)', () => {
    const child = { ...ada, start: '2025-01-01', listPrice: () => 3000 };
    const months = price({ children: [child], from: '2025-06', to: '2025-09' });
    expect(months).toEqual({ '2025-06': { ada: 2000 }, '2025-07': { ada: 0 }, '2025-08': { ada: 1200 } });
  });

  test('is reduced from the first full month after the application, until July (PAY-02, PAY-08)', () => {
    const months = price({ appliedOn: '2027-01-12', from: '2027-01', to: '2027-10' });
    const paid = Object.values(months).map((one) => one['ada']);
    expect(paid).toEqual([1200, ...Array.from({ length: 5 }, () => 1090.91), 0, 1200, 1200]);
  });

  test('counts siblings that have a place, by what the first child pays (PAY-03, PAY-04)', () => {
    const bo = { ...ada, id: 'bo', born: '2023-01-01', start: '2026-08-01' };
    const months = price({ children: [ada, bo] });
    expect(months['2026-09']).toEqual({ bo: 1200 });
    expect(months['2026-10']).toEqual({ ada: 1200, bo: 840 });
    expect(price({ children: [ada, bo], appliedOn: '2026-09-30' })['2026-10']).toEqual({
      ...{ ada: 1090.91, bo: 763.64 },
    });
  });

  test('takes off core hours in the months in which a child has them (PAY-07)', () => {
    const bo = {
      ...ada,
      start: '2026-08-01',
      freeHours: (month: string) => (month >= '2026-10' ? 'forLowIncome' : 'none'),
    };
    const months = price({ children: [bo], income: 400_000, appliedOn: '2026-08-05' });
    expect(months['2026-09']).toEqual({ ada: 1200 });
    expect(months['2026-10']).toEqual({ ada: 666.67 });
  });

  test('of after-school care has twelve free hours, and a year that ends in June (SFO-03, SFO-04)', () => {
    const sfo: Tariff = {
      ...{ freeMonths: ['07'], reductionEnds: '06', countsFirstDay: false },
      rates: {
        ...rates,
        maxMonthly: 3114,
        coreHours: 12,
        coreIncomeLimit: 99_999_999,
        combine: 'incomeThenCore',
      },
    };
    const pupil = {
      ...ada,
      listPrice: () => 3114,
      hours: 24,
      start: '2026-08-01',
      freeHours: () => 'forAll',
    };
    const months = price({ children: [pupil], appliedOn: '2026-08-05' }, [
      { from: '2026-08-01', value: sfo },
    ]);
    expect(months['2026-09']).toEqual({ ada: 545.45 });
    const withoutIncome = (more: object, limit = 99_999_999) =>
      price({ children: [{ ...pupil, ...more }], income: null, appliedOn: null }, [
        { from: '2026-08-01', value: { ...sfo, rates: { ...sfo.rates, coreIncomeLimit: limit } } },
      ])['2026-10'];
    expect(withoutIncome({})).toEqual({ ada: 1557 });
    expect(withoutIncome({}, 0)).toEqual({ ada: 1557 });
    expect(withoutIncome({ hours: 12 })).toEqual({ ada: 0 });
    expect(withoutIncome({ freeHours: () => 'none' })).toEqual({ ada: 3114 });
    expect(withoutIncome({ freeHours: () => 'forLowIncome' })).toEqual({ ada: 3114 });
    expect(reducedMonths('2027-05-20', sfo)).toEqual({ first: '2027-06', last: '2027-06' });
    expect(hasFreeHours(3, [1, 2, 3])).toBe(true);
    expect(hasFreeHours(4, [1, 2, 3])).toBe(false);
  });

  test('is for every month what the fee of the month is (X11)', () => {
    const kroner = fc.integer({ min: 0, max: 1500 });
    fc.assert(
      fc.property(kroner, fc.integer({ min: 0, max: 900_000 }), (listPrice, income) => {
        const child = { ...ada, listPrice: () => listPrice };
        const months = price({ children: [child], income, appliedOn: '2026-09-01' });
        const payer = { id: 'ada', born: ada.born, listPrice, hours: 45, coreEligible: false };
        expect(months['2026-11']).toEqual(monthlyFee(rates, { income, children: [payer] }));
      }),
      { numRuns: 40 },
    );
  });

  test('is refused for what no household can be', () => {
    expect(
      priceByMonth(tariffs, { ...given, children: [{ ...ada, hours: 0 }], from: '2026-10' }),
    ).toHaveProperty(...['errors', ['E_FORMAT']]);
    expect(() => priceByMonth(tariffs, { ...given, from: '2020-01' })).toThrow('nothing is in force');
  });
});

describe('the grade', () => {
  test('is the first from August of the year in which a child turns six (SFO-03)', () => {
    expect(gradeByAge('2020-12-31', '2026-07')).toBe(0);
    expect(gradeByAge('2020-12-31', '2026-08')).toBe(1);
    expect(gradeByAge('2020-01-01', '2030-01')).toBe(4);
  });
});

describe('the months of a reduction', () => {
  test('begin after the month of the application, or with it on its first day where that counts (PAY-08)', () => {
    expect(reducedMonths('2026-09-12', tariff)).toEqual({ first: '2026-10', last: '2027-07' });
    expect(reducedMonths('2026-09-01', tariff).first).toBe('2026-10');
    expect(reducedMonths('2026-09-01', { ...tariff, countsFirstDay: true }).first).toBe('2026-09');
    expect(reducedMonths('2026-12-31', tariff)).toEqual({ first: '2027-01', last: '2027-07' });
    expect(reducedMonths('2027-06-30', tariff)).toEqual({ first: '2027-07', last: '2027-07' });
    expect(reducedMonths('2027-07-01', tariff)).toEqual({ first: '2027-08', last: '2028-07' });
  });

  test('are twelve at most, and one at least (PAY-08)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (later) => {
        const { first, last } = reducedMonths(addDays('2024-01-01', later), tariff);
        const count = Number(last.slice(0, 4)) * 12 + Number(last.slice(5)) - Number(first.slice(0, 4)) * 12;
        expect(count - Number(first.slice(5)) + 1).toBeGreaterThanOrEqual(1);
        expect(count - Number(first.slice(5)) + 1).toBeLessThanOrEqual(12);
      }),
    );
  });
});

describe('core time', () => {
  test('has a child of two to five years by August, and whoever begins school later (PAY-07)', () => {
    const has = (born: string, month: string, isSchoolDeferred = false) =>
      hasCoreTime(born, { month, isSchoolDeferred });
    expect(has('2024-08-01', '2026-08')).toBe(true);
    expect(has('2024-08-02', '2026-08')).toBe(false);
    expect(has('2024-08-02', '2027-07')).toBe(false);
    expect(has('2024-08-02', '2027-08')).toBe(true);
    expect(has('2020-08-02', '2026-08')).toBe(true);
    expect(has('2020-08-01', '2026-08')).toBe(false);
    expect(has('2020-08-01', '2026-08', true)).toBe(true);
  });
});

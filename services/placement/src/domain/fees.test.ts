import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthlyFee } from './fees.ts';
import { tries } from './testing/instances.ts';

const rates = {
  ...{ maxMonthly: 2000, months: 11, incomePct: 0.06, siblingDiscount: [0, 0.3, 1], siblingBase: 'own' },
  ...{ coreHours: 20, coreIncomeLimit: 642_700, combine: 'incomeThenCore', roundTo: 1 },
};
const child = (id: string, born: string, more = {}) => ({
  ...{ id, born: `${born}-01-01`, listPrice: 2000, hours: 45, coreEligible: false },
  ...more,
});
const [a, b, c] = [child('a', '2024'), child('b', '2022'), child('c', '2021')];
const fees = (income: number | null, children: readonly object[], more = {}) =>
  monthlyFee({ ...rates, ...more }, { income, children });

describe('what a household pays in a month', () => {
  test('is the worked example, by both ways to combine (placement § 11)', () => {
    const core = { ...b, coreEligible: true };
    expect(fees(300_000, [core, a])).toEqual({ a: 1636, b: 636 });
    expect(fees(300_000, [core, a], { combine: 'lowerOf' })).toEqual({ a: 1636, b: 778 });
  });

  test('is at most six per cent of the income in eleven months (PAY-02)', () => {
    const now = { maxMonthly: 1200, roundTo: 0.01 };
    expect(fees(200_000, [a], now)).toEqual({ a: 1090.91 });
    expect(fees(220_000, [a], now)).toEqual({ a: 1200 });
    expect(fees(null, [a], now)).toEqual({ a: 1200 });
    expect(fees(0, [a], now)).toEqual({ a: 0 });
  });

  test('is 70 % of what the first child pays for the second, and nothing from the third on (PAY-03)', () => {
    const full = { maxMonthly: 1200 };
    const four = [a, b, c, child('d', '2020')];
    expect(fees(null, four, full)).toEqual({ a: 1200, b: 840, c: 0, d: 0 });
    expect(fees(200_000, [a, b], { ...full, roundTo: 0.01, siblingBase: 'firstChild' })).toEqual({
      ...{ a: 1090.91, b: 763.64 },
    });
    // A second child with a small part-time place does not pay 70 % of more than that place costs.
    const part = [a, child('b', '2025', { listPrice: 500 })];
    expect(fees(null, part, { siblingBase: 'firstChild' })).toEqual({ a: 2000, b: 350 });
    expect(fees(null, part)).toEqual({ a: 2000, b: 350 });
  });

  test('takes the children by price, then the youngest first, then by id', () => {
    const same = [child('z', '2024'), child('y', '2024')];
    expect(fees(null, same)).toEqual({ y: 2000, z: 1400 });
    expect(fees(null, [b, a])).toEqual({ a: 2000, b: 1400 });
    expect(fees(null, [{ ...a, listPrice: 1999 }, b])).toEqual({ b: 2000, a: 1399 });
  });

  test('is less for whoever has core hours and an income below the limit, and for nobody else (PAY-07)', () => {
    const core = { ...a, coreEligible: true };
    expect(fees(642_699, [core])).toEqual({ a: 1111 });
    for (const income of [642_700, null]) expect(fees(income, [core])).toEqual({ a: 2000 });
    expect(fees(642_699, [{ ...core, hours: 20 }])).toEqual({ a: 0 });
    expect(fees(642_699, [{ ...core, hours: 12 }])).toEqual({ a: 0 });
  });

  test('is exact: what lies in the middle goes up, and nothing is lost to binary fractions', () => {
    const price = (listPrice: number, more = {}) => fees(null, [{ ...a, listPrice }], more);
    expect(price(0.5)).toEqual({ a: 1 });
    expect(price(0.499999999999)).toEqual({ a: 0 });
    expect(price(1.005, { roundTo: 0.01 })).toEqual({ a: 1.01 });
    expect(price(1.115, { roundTo: 0.01 })).toEqual({ a: 1.12 });
    // 1 × 0.055 / 11 is 0.005.
    expect(fees(1, [a], { incomePct: 0.055, roundTo: 0.01 })).toEqual({ a: 0.01 });
  });

  test('is what whole numbers say, for any price and income', () => {
    const kroner = fc.integer({ min: 0, max: 3000 });
    fc.assert(
      fc.property(kroner, fc.integer({ min: 0, max: 2_000_000 }), kroner, (listPrice, income, max) => {
        const full = BigInt(Math.min(listPrice, max));
        const byIncome = BigInt(income) * 6n;
        const pays = byIncome < full * 1100n ? byIncome : full * 1100n;
        expect(fees(income, [{ ...a, listPrice }], { maxMonthly: max })).toEqual({
          a: Number((2n * pays + 1100n) / 2200n),
        });
      }),
      tries(200),
    );
  });

  test('of what is wrong says where', () => {
    const wrong = (given: object, home: object) => monthlyFee({ ...rates, ...given }, home);
    const path = (answer: object) =>
      (answer as { problems: { path: string }[] }).problems.map((one) => one.path);
    expect(path(monthlyFee(null, 7))).toContain('household');
    expect(
      path(wrong({ incomePct: 6, roundTo: 10, siblingDiscount: [] }, { income: null, children: [] })),
    ).toEqual([...['rates.siblingDiscount', 'rates.incomePct', 'rates.roundTo']]);
    expect(path(wrong({}, { income: -1, children: [{ ...a, hours: 0, born: '2023-02-29' }] }))).toEqual([
      ...['household.children[0].born', 'household.children[0].hours', 'household.income'],
    ]);
    expect(wrong({}, { income: null, children: [a, a] })).toEqual({ errors: ['E_DUP_ID'] });
  });
});

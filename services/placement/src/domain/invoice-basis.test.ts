import type { Dated } from '@ranselpost/kit/pure/dated';
import { describe, expect, test } from 'vitest';
import { type BilledChild, invoiceBasis, toCsv } from './invoice-basis.ts';
import type { PriceList } from './price-list.ts';

const lists: readonly Dated<PriceList>[] = [
  {
    from: '2026-08-01',
    value: {
      rates: {
        ...{ maxMonthly: 1200, months: 11, incomePct: 0.06, siblingDiscount: [0, 0.3, 1] },
        ...{ siblingBase: 'firstChild', coreHours: 20, coreIncomeLimit: 0 },
        ...{ combine: 'lowerOf', roundTo: 0.01 },
      },
      places: [
        { weeklyHours: 45, listPrice: 1200 },
        { weeklyHours: 25, listPrice: 800 },
      ],
      ...{ food: 340, freeMonths: ['07'], reductionEnds: '07', countsFirstDay: false, freeGrades: null },
    },
  },
];
const child = (childId: string, more: Partial<BilledChild> = {}): BilledChild => ({
  ...{ childId, unitId: 'k', household: 'home', born: '2024-03-01', weeklyHours: 45, ...more },
});
const basis = (
  month: string,
  children: readonly BilledChild[],
  months = { first: '2026-10', last: '2027-07' },
) =>
  invoiceBasis(lists, {
    ...{ care: 'kindergarten', month, children },
    granted: [{ household: 'poor', months, countedIncome: 200_000 }],
  });

describe('what is billed for a month (P18)', () => {
  test('is 70 % for the second child of a household and nothing for the third (PAY-03, PAY-04)', () => {
    const home = [
      child('a'),
      child('b', { born: '2022-03-01', unitId: 'j' }),
      child('c', { born: '2021-03-01' }),
    ];
    expect(basis('2026-09', [...home, child('d', { household: 'other' })])).toMatchObject([
      { childId: 'b', unitId: 'j', price: 840, reduction: 360, listPrice: 1200, food: 340 },
      { childId: 'a', price: 1200, reduction: 0 },
      { childId: 'c', price: 0, reduction: 1200, food: 340 },
      { childId: 'd', price: 1200 },
    ]);
  });

  test('is reduced by income in the months that it was granted for, and in no other (PAY-02, PAY-08)', () => {
    const poor = [child('a', { household: 'poor' })];
    const price = (month: string) => basis(month, poor)[0]!.price;
    expect([price('2026-09'), price('2026-10'), price('2027-06'), price('2027-08')]).toEqual([
      ...[1200, 1090.91, 1090.91, 1200],
    ]);
    expect(basis('2026-10', poor)[0]!.reduction).toBe(109.09);
  });

  test('is nothing in July, and by the list of hours otherwise (PAY-01, PAY-09)', () => {
    expect(basis('2027-07', [child('a')])).toMatchObject([{ listPrice: 0, price: 0, reduction: 0, food: 0 }]);
    expect(basis('2026-12', [child('a', { weeklyHours: 25, born: null })])).toMatchObject([
      { listPrice: 800, price: 800 },
    ]);
    expect(() => basis('2026-12', [child('a', { weeklyHours: 7 })])).toThrow(/no place of 7 hours/);
  });

  test('is a file of ids and numbers, each line ended (RFC 4180)', () => {
    expect(toCsv(basis('2026-10', [child('a', { household: 'poor' })]))).toBe(
      'childId,unitId,month,care,weeklyHours,listPrice,reduction,price,food\r\n' +
        'a,k,2026-10,kindergarten,45,1200,109.09,1090.91,340\r\n',
    );
  });
});

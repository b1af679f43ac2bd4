import type { Dated } from '@ranselpost/kit/pure/dated';
import { describe, expect, test } from 'vitest';
import {
  type BilledChild,
  decideBilledMonth,
  decideInvoiceBasis,
  invoiceBasis,
  toCsv,
} from './invoice-basis.ts';
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

  test('takes the free hours off for the grades that have them, by age, and for nobody whose birth nobody knows (SFO-03)', () => {
    const value = { ...lists[0]!.value, freeGrades: [1, 2, 3] };
    const pupils = [
      child('first', { born: '2020-05-01', household: '1' }),
      child('fourth', { born: '2017-05-01', household: '2' }),
      child('unknown', { born: null, household: '3' }),
    ];
    const asked = { care: 'afterSchool' as const, month: '2026-09', children: pupils, granted: [] };
    expect(invoiceBasis([{ from: '2026-08-01', value }], asked).map(({ price }) => price)).toEqual([
      ...[666.67, 1200, 1200],
    ]);
  });

  test('is of full places where nothing is said of hours, and of no hours without a price (PAY-01)', () => {
    const asked = { care: 'kindergarten' as const, month: '2026-09', granted: [] };
    const decide = (weeklyHours: number | null) =>
      decideInvoiceBasis(lists, { ...asked, children: [{ ...child('a'), weeklyHours }] });
    expect(decide(null)).toMatchObject({ ok: true, value: [{ weeklyHours: 45, price: 1200 }] });
    expect(decide(25)).toMatchObject({ ok: true, value: [{ price: 800 }] });
    expect(decide(7)).toEqual({ ok: false, refusal: { kind: 'PRICE_HOURS_WRONG', weeklyHours: [7] } });
  });

  test('is of a month that has begun and that has prices (PAY-09)', () => {
    const decide = (month: string) => {
      const decision = decideBilledMonth(month, lists, '2026-11-23');
      return decision.ok ? 'billed' : decision.refusal.kind;
    };
    expect(['2026-08', '2026-11'].map(decide)).toEqual(['billed', 'billed']);
    expect(['2026-12', '2026-13', '2026-1', '', '2026-08-01', '1999-08'].map(decide)).toEqual(
      Array.from({ length: 6 }, () => 'MONTH_WRONG'),
    );
    expect(decide('2026-07')).toBe('PRICE_LIST_MISSING');
  });
});

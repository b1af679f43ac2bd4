import type { Dated } from '@ranselpost/kit/pure/dated';
import { describe, expect, test } from 'vitest';
import { type AskedChild, type PriceList, type PriceQuestion, decidePrices } from './price-list.ts';

const list: PriceList = {
  rates: {
    ...{ maxMonthly: 1200, months: 11, incomePct: 0.06, siblingDiscount: [0, 0.3, 1] },
    ...{ siblingBase: 'firstChild', coreHours: 20, coreIncomeLimit: 642_700 },
    ...{ combine: 'lowerOf', roundTo: 1 },
  },
  ...{ freeMonths: ['07'], reductionEnds: '07', countsFirstDay: false },
  places: [
    { weeklyHours: 45, listPrice: 1200 },
    { weeklyHours: 27, listPrice: 800 },
  ],
  ...{ food: 340, freeGrades: null },
};
const dearer: PriceList = {
  ...{ ...list, rates: { ...list.rates, maxMonthly: 2000 } },
  places: [{ weeklyHours: 45, listPrice: 2000 }],
};
const lists: readonly Dated<PriceList>[] = [
  { from: '2024-08-01', value: dearer },
  { from: '2025-08-01', value: list },
];
const ada: AskedChild = {
  ...{ key: 'ada', born: '2025-01-10', start: '2026-08-15', weeklyHours: 45, grade: null },
  isSchoolDeferred: false,
};
const ask = (more: Partial<PriceQuestion> = {}, by = lists) =>
  decidePrices(by, {
    ...{ children: [ada], income: null, reducedFrom: null, from: '2026-08-01', months: 2 },
    ...more,
  });
const pricesOf = (answer: ReturnType<typeof ask>) => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value.months.map(({ month, children }) => [
    month,
    ...children.map(({ key, kroner, food }) => `${key} ${kroner} + ${food}`),
  ]);
};

describe('what a place would cost', () => {
  test('is told for each child and month, food apart, and nothing in the free month (PAY-01, PAY-09, P19)', () => {
    const sister = { ...ada, key: 'eva', born: '2022-01-10', weeklyHours: 27 };
    const answer = ask({ children: [ada, sister], from: '2027-06-15' });
    expect(pricesOf(answer)).toEqual([
      ['2027-06', 'ada 1200 + 340', 'eva 560 + 340'],
      ['2027-07', 'ada 0 + 0', 'eva 0 + 0'],
    ]);
  });

  test('goes by the list of each month (rules § 1)', () => {
    const answer = ask({ children: [{ ...ada, start: '2025-01-01' }], from: '2025-06-01', months: 3 });
    expect(pricesOf(answer)).toEqual([
      ['2025-06', 'ada 2000 + 340'],
      ['2025-07', 'ada 0 + 0'],
      ['2025-08', 'ada 1200 + 340'],
    ]);
  });

  test('is reduced by income in the months in which that holds, and says which those are (PAY-02, PAY-08)', () => {
    const answer = ask({ income: 200_000, reducedFrom: '2026-08-20' });
    expect(pricesOf(answer)).toEqual([
      ['2026-08', 'ada 1200 + 340'],
      ['2026-09', 'ada 1091 + 340'],
    ]);
    expect(answer.ok && answer.value.reduced).toEqual({ first: '2026-09', last: '2027-07' });
  });

  test('counts free hours by grade in after-school care, and by age in kindergarten (PAY-07, SFO-03)', () => {
    const afterSchool = [{ from: '2024-08-01', value: { ...list, freeGrades: [1, 2, 3] } }];
    const pupil = { ...ada, born: '2019-01-10', start: '2026-08-01', grade: 4, weeklyHours: 27 };
    const third = { ...pupil, grade: 3 };
    const question = { income: 400_000, reducedFrom: '2026-07-10', months: 1 };
    expect(pricesOf(ask({ ...question, children: [pupil] }, afterSchool))).toEqual([
      ['2026-08', 'ada 800 + 340'],
    ]);
    expect(pricesOf(ask({ ...question, children: [third] }, afterSchool))).toEqual([
      ['2026-08', 'ada 207 + 340'],
    ]);
  });

  test('is refused for months before any list, and for hours that there is no place of', () => {
    expect(ask({ from: '2024-07-31' })).toEqual({
      ok: false,
      refusal: { kind: 'nothing-in-force', from: '2024-08-01' },
    });
    expect(ask({}, [{ from: null, value: list }])).toEqual({
      ok: false,
      refusal: { kind: 'nothing-in-force', from: null },
    });
    expect(ask({ children: [{ ...ada, weeklyHours: 30 }] })).toEqual({
      ok: false,
      refusal: { kind: 'no-such-hours', key: 'ada', weeklyHours: [45, 27] },
    });
  });
});

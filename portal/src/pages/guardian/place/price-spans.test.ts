import { expect, test } from 'vitest';
import { kronerOf, spansOf } from './price-spans.ts';

const month = (of: string, ...kroner: readonly number[]) => ({
  month: of,
  children: kroner.map((one, at) => ({ key: String(at), kroner: one, food: 340 })),
});

test('months on end that cost the same are told as one, for all children together (P19)', () => {
  const months = [month('2027-05', 1200, 840), month('2027-06', 1200, 840), month('2027-07', 0, 0)];
  expect(spansOf([...months, month('2027-08', 1200, 840)])).toEqual([
    { first: '2027-05', last: '2027-06', place: 2040, food: 680 },
    { first: '2027-07', last: '2027-07', place: 0, food: 680 },
    { first: '2027-08', last: '2027-08', place: 2040, food: 680 },
  ]);
  expect(spansOf([])).toEqual([]);
});

test('kroner are written whole, with spaces between thousands', () => {
  expect([999.6, 1540, 1_234_567].map(kronerOf)).toEqual(['1\u{A0}000', '1\u{A0}540', '1\u{A0}234\u{A0}567']);
});

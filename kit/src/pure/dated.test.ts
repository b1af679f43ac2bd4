import { describe, expect, test } from 'vitest';
import { asOf } from './dated.ts';

const table = [
  { from: '2027-07-01', value: 'second' },
  { from: '2020-01-01', value: 'first' },
  { from: null, value: 'adopted' },
];

describe('what holds on a day (rules § 1)', () => {
  test('is what began last, in whatever order the table has it, from its very first day', () => {
    expect(asOf(table, '2020-01-01')).toBe('first');
    expect(asOf(table, '2027-06-30')).toBe('first');
    expect(asOf(table, '2027-07-01')).toBe('second');
    expect(asOf(table.toReversed(), '2099-01-01')).toBe('second');
  });

  test('is never what has no day yet, and nothing to guess before there was any', () => {
    expect(() => asOf(table, '2019-12-31')).toThrow('nothing is in force');
    expect(() => asOf(table.slice(2), '2099-01-01')).toThrow('nothing is in force');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type WrittenWish, decideWishes } from './wishes.ts';

const terms = {
  ...{ limit: 3, kindergartens: new Set(['A', 'B', 'C', 'D']) },
  siblings: new Set(['sister']),
};
const wish = (kindergarten: string, rank: number, sibling: string | null = null): WrittenWish => ({
  ...{ kindergarten, rank, sibling },
});
const wishes = (written: readonly WrittenWish[], more = {}) => {
  const decided = decideWishes(written, { ...terms, ...more });
  if (decided.ok) return decided.value.map(({ kindergarten }) => kindergarten).join(' ');
  return decided.refusal.map((one) => `${one.kind}${'at' in one ? ` ${one.at}` : ''}`);
};

describe('a list of wishes', () => {
  test('is ranked from 1 without gaps and without doubles, in whatever order it is written (BHG-04)', () => {
    expect(wishes([wish('B', 2), wish('A', 1)])).toBe('A B');
    expect(wishes([wish('A', 1), wish('B', 1)])).toEqual(['E_RANK 1']);
    expect(wishes([wish('A', 1), wish('B', 3)])).toEqual(['E_RANK 1']);
    expect(wishes([wish('A', 0)])).toEqual(['E_RANK 0']);
    expect(wishes([wish('A', 1.5)])).toEqual(['E_RANK 0']);
    expect(wishes([wish('A', 1), wish('A', 2)])).toEqual(['E_DUP_WISH 1']);
  });

  test('is as long as the municipality allows, and not empty (BHG-04)', () => {
    const four = ['A', 'B', 'C', 'D'].map((one, at) => wish(one, at + 1));
    expect(wishes(four)).toEqual(['E_TOO_MANY_WISHES']);
    expect(wishes(four, { limit: 4 })).toBe('A B C D');
    expect(wishes([])).toEqual(['E_NO_WISHES']);
  });

  test('tells all that is wrong with it, and with which wish (P07)', () => {
    expect(wishes([wish('X', 1), wish('A', 1), wish('X', 9), wish('B', 4)])).toEqual([
      ...['E_TOO_MANY_WISHES', 'E_UNKNOWN_K 0', 'E_RANK 1', 'E_UNKNOWN_K 2', 'E_DUP_WISH 2', 'E_RANK 2'],
    ]);
  });

  test('that is accepted has each kindergarten once, and in the order of its ranks (BHG-04)', () => {
    const some = fc.array(
      fc.record({
        kindergarten: fc.constantFrom('A', 'B', 'C', 'D'),
        rank: fc.integer({ min: 1, max: 3 }),
        sibling: fc.constant(null),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(some, (written) => {
        const decided = decideWishes(written, terms);
        const names: readonly string[] = written.map((one) => one.kindergarten);
        const ranks = written.map((one) => one.rank);
        const inOrder = ranks.toSorted((one, other) => one - other);
        const isRight =
          [1, 2, 3].includes(written.length) &&
          new Set(names).size === names.length &&
          inOrder.join() === ranks.map((_, at) => at + 1).join();
        expect(decided.ok).toBe(isRight);
        if (decided.ok)
          expect(decided.value.map((one) => ranks[names.indexOf(one.kindergarten)])).toEqual(inOrder);
      }),
    );
  });

  test('of a megabyte is judged at once (placement § 5)', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => wish(`K${at}`, at));
    expect(wishes(many)).toEqual(['E_TOO_MANY_WISHES']);
  });

  test('names a brother or sister by whom it is wished, of whoever writes alone (P04)', () => {
    expect(wishes([wish('A', 1, 'sister'), wish('B', 2, 'stranger')])).toEqual(['E_SIBLING 1']);
    const decided = decideWishes([wish('B', 2), wish('A', 1, 'sister')], terms);
    expect(decided).toEqual({
      ok: true,
      value: [
        { kindergarten: 'A', sibling: 'sister' },
        { kindergarten: 'B', sibling: null },
      ],
    });
  });
});

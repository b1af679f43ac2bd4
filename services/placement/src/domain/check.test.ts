import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solve } from './allocate.ts';
import { check } from './check.ts';
import type { Result } from './instance.ts';
import { child, instanceOf, kindergarten, read, someInstance, tries } from './testing/instances.ts';

const instance = read(
  instanceOf(
    [kindergarten('K1', 1), kindergarten('K2', 1)],
    [
      child('a', '2024-01-01', ['K1', 'K2']),
      child('b', '2024-02-01', ['K1', 'K2']),
      child('c', '2024-03-01', ['K1']),
    ],
  ),
);
const { result } = solve(instance);
const wish = (k: string, number: number) => ({ k, pool: `${k}/small`, via: 'wish' as const, wish: number });
const changed = (assigned: Result['assigned'], pools: Result['pools'] = {}): Result => ({
  ...{ assigned: { ...result.assigned, ...assigned }, pools: { ...result.pools, ...pools } },
});

describe('the second opinion', () => {
  test('has nothing to say of what the engine gives', () => {
    expect(check(instance, result)).toEqual([]);
  });

  test('finds a child who is ranked ahead of somebody in a pool that it wants more', () => {
    expect(check(instance, changed({ a: wish('K2', 2), b: wish('K1', 1) }))).toEqual([
      { kind: 'blocking', application: 'a', pool: 'K1/small' },
    ]);
  });

  test('finds a seat that somebody wants and nobody has', () => {
    const empty = { 'K2/small': { seats: 1, filled: 0, lastAdmitted: null } };
    expect(check(instance, changed({ b: null }, empty))).toEqual([
      { kind: 'blocking', application: 'b', pool: 'K2/small' },
    ]);
  });

  test('finds a pool that is over-full, also where the result says that it has more seats', () => {
    const full = {
      'K1/small': { seats: 2, filled: 2, lastAdmitted: 'b' },
      'K2/small': { seats: 1, filled: 0, lastAdmitted: null },
    };
    expect(check(instance, changed({ b: wish('K1', 1) }, full))).toEqual([
      { kind: 'over-full', pool: 'K1/small' },
      { kind: 'miscounted', pool: 'K1/small' },
    ]);
  });

  test('finds a place that nobody asked for, and a child without an answer', () => {
    expect(check(instance, changed({ c: wish('K2', 1) }))).toContainEqual({
      kind: 'not-asked-for',
      application: 'c',
    });
    const { c: _gone, ...others } = result.assigned;
    expect(check(instance, { ...result, assigned: others })).toContainEqual({
      kind: 'no-answer',
      application: 'c',
    });
  });

  test('finds every exchange of two children that leaves one of them worse off', () => {
    let found = 0;
    fc.assert(
      fc.property(someInstance({ children: 8, kindergartens: 3, isPlain: true }), (given) => {
        const some = read(given);
        const right = solve(some).result;
        const ids = Object.keys(right.assigned);
        for (const one of ids)
          for (const other of ids) {
            const [mine, theirs] = [right.assigned[one]!, right.assigned[other]!];
            if (mine === null || theirs === null || mine.pool === theirs.pool || one === other) continue;
            const swapped = { ...right, assigned: { ...right.assigned, [one]: theirs, [other]: mine } };
            expect(check(some, swapped)).not.toEqual([]);
            found += 1;
          }
      }),
      tries(60),
    );
    expect(found).toBeGreaterThan(0);
  });
});

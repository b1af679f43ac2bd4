import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solve } from './allocate.ts';
import { check } from './check.ts';
import { faultsIn } from './check-columns.ts';
import type { Instance, Result } from './instance.ts';
import { townOf, marketOf } from './market.ts';
import { heldBy, match } from './matching.ts';
import { inOrder } from './order.ts';
import { type PlainClaim, compareStanding, plainClaims, plainSeats } from './plain.ts';
import {
  type Given,
  child,
  instanceOf,
  kindergarten,
  read,
  someInstance,
  tries,
} from './testing/instances.ts';

const nothingFound = { hasSiblingAt: () => false, areTwinsDroppedAt: () => false };

/** Every stable way to seat the small children, found by trying all there are; a child's seat is the number of its claim. */
function stableResults(instance: Instance): readonly (readonly number[])[] {
  const claims = instance.applications.map((one) => plainClaims(instance, one, nothingFound));
  const seats = plainSeats(instance, 'small', new Map());
  const found: (readonly number[])[] = [];
  const isStable = (chosen: readonly number[]): boolean => {
    const holders = new Map<string, PlainClaim[]>();
    for (const [at, choice] of chosen.entries()) {
      const claim = claims[at]![choice];
      if (claim !== undefined) holders.set(claim.pool, [...(holders.get(claim.pool) ?? []), claim]);
    }
    return claims.every((list, at) =>
      list.slice(0, chosen[at]).every(({ pool, standing }) => {
        const all = holders.get(pool) ?? [];
        return (
          all.length >= seats.get(pool)! && all.every((one) => compareStanding(one.standing, standing) < 0)
        );
      }),
    );
  };
  const choose = (chosen: readonly number[], left: ReadonlyMap<string, number>): void => {
    if (chosen.length === claims.length) {
      if (isStable(chosen)) found.push(chosen);
      return;
    }
    const list = claims[chosen.length]!;
    for (const [at, { pool }] of list.entries())
      if (left.get(pool)! > 0) choose([...chosen, at], new Map(left).set(pool, left.get(pool)! - 1));
    choose([...chosen, list.length], left);
  };
  choose([], seats);
  return found;
}

/** What the engine gives each child, as the number of its claim. */
const choiceOf = (instance: Instance, { assigned }: Result): readonly number[] =>
  instance.applications.map((one) => {
    const list = plainClaims(instance, one, nothingFound);
    const at = list.findIndex(({ pool }) => pool === assigned[one.id]?.pool);
    return at === -1 ? list.length : at;
  });

/** One seat in each of as many pools as there are children, who all want all of them, in orders of any kind. */
const oneEach = fc.integer({ min: 3, max: 4 }).chain((count) => {
  const numbers = Array.from({ length: count }, (_none, at) => String(at));
  const order = fc.shuffledSubarray(numbers, { minLength: count });
  const orders = fc.array(order, { minLength: count, maxLength: count });
  return fc.record({ wanted: orders, ranked: orders }).map(({ wanted, ranked }) =>
    instanceOf(
      ranked.map((list, at) =>
        kindergarten(`K${at}`, 1, {
          priority: { mode: 'explicit', order: list.map((id) => `c${id}`), then: [] },
        }),
      ),
      wanted.map((list, at) =>
        child(
          `c${at}`,
          '2024-01-01',
          list.map((id) => `K${id}`),
        ),
      ),
    ),
  );
});

describe('of all stable results, the engine gives the one that every child wants most', () => {
  test('in small towns with all that the rules have', () => {
    fc.assert(
      fc.property(
        someInstance({ children: 5, kindergartens: 3, isPlain: true, withWishRank: true }),
        (given) => {
          const instance = read(given);
          const stable = stableResults(instance);
          const got = choiceOf(instance, solve(instance).result);
          expect(stable).toContainEqual(got);
          for (const other of stable) expect(other.every((choice, at) => choice >= got[at]!)).toBe(true);
        },
      ),
      tries(80),
    );
  });

  test('where there are several', () => {
    let several = 0;
    fc.assert(
      fc.property(oneEach, (given) => {
        const instance = read(given);
        const stable = stableResults(instance);
        several += stable.length > 1 ? 1 : 0;
        const got = choiceOf(instance, solve(instance).result);
        expect(stable).toContainEqual(got);
        for (const other of stable) expect(other.every((choice, at) => choice >= got[at]!)).toBe(true);
      }),
      { ...tries(120), seed: 1962 },
    );
    expect(several).toBeGreaterThan(5);
  });
});

/** How well a child has done by what it truly wants: the number of the wish, or of the place that it has behind all wishes. */
function standingIn(instance: Instance, { assigned }: Result, id: string): number {
  const { wishes, current } = instance.applications.find((one) => one.id === id)!;
  const k = assigned[id]?.k;
  if (k === undefined) return wishes.length + 1;
  const at = wishes.findIndex((wish) => wish.k === k);
  return at === -1 && k === current ? wishes.length : at;
}

const without = <Item>(items: readonly Item[], at: number): Item[] => items.toSpliced(at, 1);

/** Every list that can be made of some items. */
const lists = <Item>(items: readonly Item[]): readonly (readonly Item[])[] => [
  [],
  ...items.flatMap((item, at) => lists(without(items, at)).map((rest) => [item, ...rest])),
];

const plain = someInstance({ children: 6, kindergartens: 3, isPlain: true });
type Change = (instance: Instance, at: number) => Instance;

/** Tries a change for one child after the other, and looks at how all have done before and after. */
function compare(
  change: Change,
  isFine: (before: number, after: number, isTheChild: boolean) => boolean,
  runs: number,
) {
  fc.assert(
    fc.property(plain, (given) => {
      const instance = read(given);
      const before = solve(instance).result;
      for (const [at, changed] of instance.applications.entries()) {
        const after = solve(change(instance, at)).result;
        for (const { id } of instance.applications)
          expect(
            isFine(standingIn(instance, before, id), standingIn(instance, after, id), id === changed.id),
          ).toBe(true);
      }
    }),
    tries(runs),
  );
}

describe('nobody does worse for having said the truth, or for what is good for somebody (placement § 13)', () => {
  test('no other list of wishes helps a child, whatever the others say', () => {
    fc.assert(
      fc.property(plain, (given) => {
        const instance = read(given);
        const honest = solve(instance).result;
        const [first] = instance.applications;
        if (first === undefined) return;
        for (const wishes of lists(first.wishes)) {
          const told = {
            ...instance,
            applications: [{ ...first, wishes }, ...instance.applications.slice(1)],
          };
          expect(standingIn(instance, solve(told).result, first.id)).toBeGreaterThanOrEqual(
            standingIn(instance, honest, first.id),
          );
        }
      }),
      tries(60),
    );
  });

  test('where a rule looks at the number of a wish, another list may help: it is no longer safe to say the truth', () => {
    const rule = { priority: { mode: 'firstMatch', groups: ['law18'], then: ['wishRank', 'age:oldest'] } };
    const town = (wishes: string[]) =>
      instanceOf(
        [kindergarten('K1', 1, rule), kindergarten('K2', 1, rule)],
        [
          child('a', '2024-02-01', wishes),
          child('b', '2024-01-01', ['K1']),
          child('c', '2024-03-01', ['K2']),
        ],
      );
    expect(solve(read(town(['K1', 'K2']))).result.assigned['a']).toBeNull();
    expect(solve(read(town(['K2', 'K1']))).result.assigned['a']).toMatchObject({ k: 'K2' });
  });

  test('a better place by a rule never hurts the child that has it', () => {
    compare(
      (instance, at) => ({
        ...instance,
        applications: instance.applications.map((one, index) =>
          index === at
            ? {
                ...one,
                wishes: one.wishes.map((wish, n) =>
                  n === 0 ? { ...wish, flags: [...wish.flags, 'law18'] } : wish,
                ),
              }
            : one,
        ),
      }),
      (before, after, isTheChild) => !isTheChild || after <= before,
      40,
    );
  });

  test('one more seat hurts nobody', () => {
    compare(
      (instance, at) => ({
        ...instance,
        kindergartens: instance.kindergartens.map((one, index) =>
          index === at % instance.kindergartens.length
            ? { ...one, seats: { ...one.seats, small: one.seats['small']! + 1 } }
            : one,
        ),
      }),
      (before, after) => after <= before,
      40,
    );
  });

  test('a child who asks for nothing more hurts nobody else', () => {
    fc.assert(
      fc.property(plain, (given) => {
        const instance = read(given);
        const before = solve(instance).result;
        for (const [at, gone] of instance.applications.entries()) {
          if (gone.current !== null) continue;
          const fewer = { ...instance, applications: without(instance.applications, at) };
          const after = solve(fewer).result;
          for (const { id } of fewer.applications)
            expect(standingIn(instance, after, id)).toBeLessThanOrEqual(standingIn(instance, before, id));
        }
      }),
      tries(40),
    );
  });
});

test('as many proposals are made in any order of children, and all get the same', () => {
  fc.assert(
    fc.property(
      someInstance({ children: 12, kindergartens: 3, isPlain: true }),
      fc.infiniteStream(fc.nat()),
      (given, chance) => {
        const instance = read(given);
        const seats = ({ seats: all }: Instance['kindergartens'][number]): number => all['small']!;
        const found = { siblings: new Set<string>(), dropped: new Set<string>() };
        const { columns } = marketOf(townOf(instance), 'small', seats, found);
        const order = [...columns.id.keys()]
          .map((at) => ({ at, by: chance.next().value }))
          .sort((one, other) => one.by - other.by)
          .map(({ at }) => at);
        const other = inOrder(columns, Int32Array.from(order));
        const [one, two] = [match(columns), match(other)];
        expect(two.proposals).toBe(one.proposals);
        const [held, heldThen] = [heldBy(columns, one), heldBy(other, two)];
        expect([faultsIn(columns, held), faultsIn(other, heldThen)]).toEqual([0, 0]);
        const seated = held.findIndex((claim) => claim !== -1);
        const none = { ...columns, capacity: columns.capacity.map(() => 0) };
        if (seated !== -1) expect(faultsIn(none, held)).toBeGreaterThan(0);
        // Whoever gives up a seat that it wants has a better claim to it than what it has then.
        if (seated !== -1) expect(faultsIn(columns, held.with(seated, -1))).toBeGreaterThan(0);
        for (const [at, before] of order.entries())
          expect(heldThen[at]! === -1 ? -1 : heldThen[at]! - other.start[at]!).toBe(
            held[before]! === -1 ? -1 : held[before]! - columns.start[before]!,
          );
      },
    ),
    tries(150),
  );
});

describe('published examples', () => {
  const explicit = (seats: number, ...order: string[]): Given => ({
    ...{ seats: { small: seats }, priority: { mode: 'explicit', order, then: [] } },
  });
  const solved = (kindergartens: Given, children: Record<string, string>): Record<string, string | null> => {
    const instance = read(
      instanceOf(
        Object.entries(kindergartens).map(([id, one]) => ({ id, ...(one as Given) })),
        Object.entries(children).map(([id, wishes]) => child(id, '2024-01-01', wishes.split(' '))),
      ),
    );
    const { result } = solve(instance);
    expect(check(instance, result)).toEqual([]);
    return Object.fromEntries(Object.entries(result.assigned).map(([id, got]) => [id, got?.k ?? null]));
  };

  test('four by four, with one stable result (Gale and Shapley 1962, example 3)', () => {
    const women = {
      A: explicit(1, 'd', 'c', 'a', 'b'),
      B: explicit(1, 'b', 'd', 'a', 'c'),
      C: explicit(1, 'd', 'a', 'b', 'c'),
      D: explicit(1, 'c', 'b', 'a', 'd'),
    };
    const men = { a: 'A B C D', b: 'A D C B', c: 'B A C D', d: 'D B C A' };
    expect(solved(women, men)).toEqual({ a: 'C', b: 'D', c: 'A', d: 'B' });
  });

  test('a stable result that is best for no student (Roth 1982; Abdulkadiroğlu and Sönmez 2003)', () => {
    const schools = {
      s1: explicit(1, 'i1', 'i3', 'i2'),
      s2: explicit(1, 'i2', 'i1', 'i3'),
      s3: explicit(1, 'i2', 'i1', 'i3'),
    };
    expect(solved(schools, { i1: 's2 s1 s3', i2: 's1 s2 s3', i3: 's1 s2 s3' })).toEqual({
      i1: 's1',
      i2: 's2',
      i3: 's3',
    });
  });

  test('doctors and hospitals (the example of the National Resident Matching Program)', () => {
    const hospitals = {
      Mercy: explicit(2, 'Darrius', 'Joseph'),
      City: explicit(2, 'Darrius', 'Arthur', 'Sunny', 'Latha', 'Joseph'),
      General: explicit(2, 'Darrius', 'Arthur', 'Joseph', 'Latha'),
    };
    // Wishes that a hospital does not rank are left out, as a kindergarten ranks everybody.
    const doctors = {
      Arthur: 'City',
      Sunny: 'City',
      Joseph: 'City General Mercy',
      Latha: 'City General',
      Darrius: 'City Mercy General',
    };
    expect(solved(hospitals, doctors)).toEqual({
      ...{ Arthur: 'City', Darrius: 'City', Joseph: 'General', Latha: 'General', Sunny: null },
    });
  });
});

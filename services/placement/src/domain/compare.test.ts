import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solve } from './allocate.ts';
import { compare, summaryOf } from './compare.ts';
import { marketOf, townOf } from './market.ts';
import { child, instanceOf, kindergarten, read, someInstance, tries } from './testing/instances.ts';
import { warningsOf } from './warnings.ts';
import { whatIf } from './what-if.ts';

describe('two results side by side (placement § 10)', () => {
  const family = { family: 'f' };
  const children = [
    child('a', '2023-09-01', ['K1', 'K2'], family),
    child('b', '2023-10-01', ['K1', 'K2'], family),
    child('c', '2023-11-01', ['K1']),
    child('d', '2023-12-01', ['K2'], { flags: [] }),
  ];
  const town = (small: number, other: number) =>
    read(instanceOf([kindergarten('K1', small), kindergarten('K2', other)], children));
  const results = [town(1, 1), town(2, 0), town(4, 1)].map((instance) => solve(instance).result);

  test('say who gains and who loses by their own lists, and what is left', () => {
    const [one, two] = results;
    expect(compare(town(1, 1), one!, two!)).toMatchObject({
      ...{ gain: ['b'], lose: [] },
      first: { byWish: [1, 1], none: 2, withRightWithout: ['c'], emptySeats: 0, splitFamilies: ['f'] },
      second: { byWish: [2, 0], none: 2, withRightWithout: ['c'], emptySeats: 0, splitFamilies: [] },
    });
    expect(compare(town(1, 1), two!, one!)).toMatchObject({ gain: [], lose: ['b'] });
    expect(compare(town(1, 1), one!, results[2]!)).toMatchObject({ gain: ['b', 'c', 'd'], lose: [] });
    expect(summaryOf(town(4, 1), results[2]!)).toMatchObject({ byWish: [4, 0], none: 0, emptySeats: 1 });
  });

  test('count each group by itself', () => {
    const { byGroup } = compare(town(1, 1), results[0]!, results[2]!);
    expect(byGroup['large']).toMatchObject({
      first: { children: 0, emptySeats: 0 },
      second: { emptySeats: 0 },
    });
    expect(byGroup['small']).toMatchObject({
      first: { children: 4, none: 2 },
      second: { none: 0, emptySeats: 1 },
    });
  });

  test('tell a place that is kept and one nearby from a wish', () => {
    const instance = read(
      instanceOf(
        [kindergarten('K1', 0), kindergarten('K2', 1)],
        [
          child('a', '2023-09-01', ['K1'], { current: 'K1' }),
          child('b', '2023-09-01', ['K1'], { nearby: [{ k: 'K2', distance: 1 }] }),
        ],
        { fallback: true },
      ),
    );
    expect(summaryOf(instance, solve(instance).result)).toMatchObject({
      byWish: [0],
      stayed: 1,
      nearby: 1,
      none: 0,
    });
    const without = solve({ ...instance, config: { ...instance.config, fallback: false } }).result;
    expect(compare(instance, without, solve(instance).result)).toMatchObject({ gain: ['b'], lose: [] });
  });
});

test('what would be, if a child had another list, is what would be', () => {
  fc.assert(
    fc.property(
      someInstance({ children: 8, kindergartens: 4, isPlain: true }),
      fc.infiniteStream(fc.nat()),
      (given, chance) => {
        const instance = read(given);
        const [first, ...others] = instance.applications;
        if (first === undefined) return;
        const seats = ({ seats: all }: { seats: Readonly<Record<string, number>> }): number => all['small']!;
        const { columns, applications } = marketOf(townOf(instance), 'small', seats, {
          siblings: new Set(),
          dropped: new Set(),
        });
        const at = applications.indexOf(first);
        const mine = Array.from(
          { length: columns.start[at + 1]! - columns.start[at]! },
          (_none, n) => columns.start[at]! + n,
        );
        const ask = whatIf(columns, at);
        for (let turn = 0; turn < 5; turn += 1) {
          // The place that the child has ends every list.
          const listed = [...new Set(mine.map((claim) => columns.wish[claim]!))].filter((wish) => wish > 0);
          const some = listed
            .map((wish) => ({ wish, by: chance.next().value }))
            .sort((one, other) => one.by - other.by)
            .slice(0, chance.next().value % (listed.length + 1))
            .map(({ wish }) => wish);
          const claims = [...some, 0].flatMap((wish) => mine.filter((claim) => columns.wish[claim] === wish));
          const told = { ...first, wishes: some.map((wish) => first.wishes[wish - 1]!) };
          const { result } = solve({ ...instance, applications: [told, ...others] });
          const got = result.assigned[first.id];
          const holds = ask(claims);
          expect(
            holds === -1
              ? null
              : columns.wish[holds] === 0
                ? first.current
                : first.wishes[columns.wish[holds]! - 1]!.k,
          ).toBe(got?.k ?? null);
        }
      },
    ),
    tries(120),
  );
});

test('what is allowed and should be known of a round is told', () => {
  const rule = { priority: { mode: 'firstMatch', groups: ['law18'], then: ['wishRank'] } };
  const given = instanceOf(
    [kindergarten('K1', 1), kindergarten('K2', 1, rule), kindergarten('K3', 0, { seats: { smal: 1 } })],
    [],
    {
      ...{ maxWishes: 4, convert: { from: 'small', to: 'large', ratio: [1, 2] } },
    },
  );
  expect(warningsOf(read(given))).toEqual([
    { code: 'W_FEW_WISHES', path: 'config.maxWishes' },
    { code: 'W_CONVERTS_NOTHING', path: 'config.convert' },
    { code: 'W_NOT_STRATEGYPROOF', path: 'kindergartens[1].priority.then' },
    { code: 'W_UNUSED_SEATS', path: 'kindergartens[2].seats.smal' },
  ]);
  expect(warningsOf(read(instanceOf([kindergarten('K1', 1)], [])))).toEqual([]);
});

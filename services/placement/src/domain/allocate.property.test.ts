import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solve } from './allocate.ts';
import { check } from './check.ts';
import type { Trace } from './matching.ts';
import { resultDigest } from './snapshot.ts';
import { plainAllocate } from './testing/plain-engine.ts';
import { read, someInstance, tries } from './testing/instances.ts';

describe('the engine', () => {
  test('gives the same result as its oracle, by the same proposals', () => {
    fc.assert(
      fc.property(someInstance({ children: 9, kindergartens: 4 }), (given) => {
        const instance = read(given);
        const trace: Trace = [];
        const run = solve(instance, trace);
        const plain = plainAllocate(instance);
        expect(run.result).toEqual(plain.result);
        expect([...run.dropped].sort()).toEqual([...plain.dropped].sort());
        expect(trace).toHaveLength(plain.trace.length);
        expect(namesIn(trace, run)).toEqual(plain.trace.slice(-run.proposals));
        expect(check(instance, run.result, run.dropped)).toEqual([]);
      }),
      tries(400),
    );
  });

  test('gives the same bytes in whatever order children, kindergartens and flags are given', () => {
    fc.assert(
      fc.property(
        someInstance({ children: 9, kindergartens: 4 }),
        fc.infiniteStream(fc.nat()),
        (given, chance) => {
          const instance = read(given);
          const shuffled = <Item>(items: readonly Item[]): Item[] =>
            items
              .map((item) => ({ item, at: chance.next().value }))
              .sort((one, other) => one.at - other.at)
              .map(({ item }) => item);
          const other = {
            ...instance,
            kindergartens: shuffled(instance.kindergartens),
            applications: shuffled(
              instance.applications.map((one) => ({
                ...one,
                flags: shuffled(one.flags),
                nearby: shuffled(one.nearby),
              })),
            ),
          };
          const [one, two] = [solve(instance), solve(other)];
          expect(JSON.stringify(two.result)).toBe(JSON.stringify(one.result));
          expect(resultDigest(two.result)).toBe(resultDigest(one.result));
          expect(two.proposals).toBe(one.proposals);
        },
      ),
      tries(150),
    );
  });
});

/** What the last try of a run did, by names; its claims are numbered within their market. */
function namesIn(trace: Trace, { markets, proposals }: ReturnType<typeof solve>) {
  const last = trace.slice(-proposals);
  return markets.flatMap(({ market: { columns, pools, applications }, matching }) => {
    const owner = (claim: number): string =>
      applications[columns.start.findLastIndex((from) => from <= claim && from < columns.pool.length)]!.id;
    return last.splice(0, matching.proposals).map(({ claim, out }) => {
      const coded = columns.pool[claim]!;
      const pool = pools[coded < 0 ? ~coded : coded]!.name;
      return { application: owner(claim), pool, out: out === -1 ? null : owner(out) };
    });
  });
}

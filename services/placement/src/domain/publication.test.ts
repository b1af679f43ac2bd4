import { describe, expect, test } from 'vitest';
import { solve } from './allocate.ts';
import { namesIn, publicationOf } from './publication.ts';
import { readInstance } from './read-instance.ts';
import type { Pinned } from './round-instance.ts';

const rule = { mode: 'firstMatch', groups: ['law18'], then: ['age:oldest'] };
const child = (id: string, born: string, wishes: readonly string[], more: object = {}) => ({
  ...{ id, group: 'small', born, flags: ['right'], wishes: wishes.map((k) => ({ k })) },
  ...more,
});
function publish(
  seats: Readonly<Record<string, number>>,
  applications: readonly object[],
  { pinned = [], moving = [] }: { pinned?: readonly Pinned[]; moving?: readonly string[] } = {},
) {
  const read = readInstance({
    ...{ format: 'placement-instance/1', seed: 'seed', applications },
    config: { markets: ['small'] },
    kindergartens: Object.entries(seats).map(([id, small]) => ({ id, seats: { small }, priority: rule })),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { lists: _lists, ...rest } = publicationOf(read.instance, solve(read.instance), {
    pinned,
    moving: new Set(moving),
  });
  return rest;
}
const granted = (applicationId: string, pool: string, wish: number | null) => ({ applicationId, pool, wish });

describe('a round that is published', () => {
  test('asks whoever got a seat, and says who got none', () => {
    const done = publish({ K1: 1 }, [child('B', '2025-01-01', ['K1']), child('A', '2024-01-01', ['K1'])]);
    expect(done).toMatchObject({ offers: [granted('A', 'K1/small', 1)], without: ['B'], moves: [] });
  });

  test('moves two families who swap at once, so that no seat is promised twice (W4, S-23)', () => {
    const done = publish({ K1: 0, K2: 0 }, [
      child('T1', '2024-01-01', ['K2'], { current: 'K1' }),
      child('T2', '2024-02-01', ['K1'], { current: 'K2' }),
      child('N', '2024-12-01', ['K1']),
    ]);
    expect(done).toMatchObject({
      moves: [granted('T1', 'K2/small', 1), granted('T2', 'K1/small', 1)],
      ...{ offers: [], stays: [], without: ['N'] },
    });
    expect(done.pools.map(({ pool, seats }) => [pool, seats])).toEqual([
      ['K1/small', 1],
      ['K2/small', 1],
    ]);
  });

  test('lets whoever gets nothing better keep its place', () => {
    const done = publish({ K1: 0, K2: 0 }, [child('T', '2024-01-01', ['K2'], { current: 'K1' })]);
    expect(done).toMatchObject({ stays: [granted('T', 'K1/small', null)], without: [] });
  });

  test('has a seat for whoever is put there by hand, who is asked like others, or moves', () => {
    const pinned = [{ applicationId: 'P', unitId: 'K1', pool: 'K1/small' }];
    const [applications, seats] = [[child('A', '2024-01-01', ['K1'])], { K1: 1 }];
    const done = publish(seats, applications, { pinned });
    expect(done.offers).toEqual([granted('A', 'K1/small', 1), granted('P', 'K1/small', null)]);
    expect(done.pools).toEqual([{ pool: 'K1/small', seats: 2, unitId: 'K1', group: 'small', reserve: null }]);
    expect(publish(seats, applications, { pinned, moving: ['P'] }).moves).toEqual([
      granted('P', 'K1/small', null),
    ]);
  });
});

test('the name of a pool says what it is of', () => {
  expect(namesIn('K/1/small#sami')).toEqual({ unitId: 'K/1', group: 'small', reserve: 'sami' });
  expect(namesIn('K1/large')).toEqual({ unitId: 'K1', group: 'large', reserve: null });
});

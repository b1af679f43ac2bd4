import { describe, expect, test } from 'vitest';
import { solve } from './allocate.ts';
import { type KeptRun, changedPlaces, compareRuns, displacedBy } from './compare-runs.ts';
import { occupancyOf } from './occupancy.ts';
import { readInstance } from './read-instance.ts';
import type { Pinned } from './round-instance.ts';
import { placementsOf } from './run-reading.ts';

const rule = { mode: 'firstMatch', groups: ['law18'], then: ['age:oldest'] };
const child = (
  id: string,
  born: string,
  wishes: readonly string[],
  flags: readonly string[] = ['right'],
) => ({
  ...{ id, group: 'small', born, flags, wishes: wishes.map((k) => ({ k })) },
});
function kept(
  seats: Readonly<Record<string, number>>,
  applications: readonly object[],
  pinned: readonly Pinned[] = [],
): KeptRun {
  const read = readInstance({
    ...{ format: 'placement-instance/1', seed: 'seed', applications, config: { markets: ['small'] } },
    kindergartens: Object.entries(seats).map(([id, small]) => ({ id, seats: { small }, priority: rule })),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { instance: read.instance, result: solve(read.instance).result, pinned };
}
const [older, younger] = [child('A1', '2025-01-01', ['K1', 'K2']), child('A2', '2025-06-01', ['K1', 'K2'])];
const pin = (applicationId: string, unitId: string): Pinned => ({
  applicationId,
  unitId,
  pool: `${unitId}/small`,
});

describe('two runs side by side', () => {
  test('tell who does better by a child that is put on a seat, and who worse', () => {
    const without = kept({ K1: 1, K2: 1 }, [older, younger]);
    const having = kept({ K1: 0, K2: 1 }, [older], [pin('A2', 'K1')]);
    expect(displacedBy(without, having)).toEqual({ gain: ['A2'], lose: ['A1'] });
    expect(displacedBy(having, without)).toEqual({ gain: ['A1'], lose: ['A2'] });
    expect(changedPlaces(without, having)).toEqual(['A1', 'A2']);
    expect(changedPlaces(having, having)).toEqual([]);
  });

  test('count a wish as it was given where another one was barred', () => {
    const without = kept({ K1: 1, K2: 1 }, [older]);
    const barred = kept({ K1: 1, K2: 1 }, [child('A1', '2025-01-01', ['K2'])]);
    expect(compareRuns(without, barred)).toMatchObject({
      ...{ gain: [], lose: ['A1'] },
      second: { byWish: [0, 1] },
    });
  });

  test('count a place that nobody wished for behind all wishes and before none', () => {
    const none = kept({ K1: 0, K2: 0, K3: 0 }, [older]);
    const elsewhere = kept({ K1: 0, K2: 0, K3: 0 }, [], [pin('A1', 'K3')]);
    expect(displacedBy(none, elsewhere)).toEqual({ gain: ['A1'], lose: [] });
    expect(displacedBy(kept({ K1: 0, K2: 1, K3: 0 }, [older]), elsewhere)).toEqual({
      gain: [],
      lose: ['A1'],
    });
  });
});

describe('a run as it is read', () => {
  test('says who gets what by which way, and who has the right and nothing', () => {
    const run = kept(
      { K1: 1, K2: 0 },
      [older, younger, child('A4', '2026-06-01', ['K1'], [])],
      [pin('A3', 'K1')],
    );
    expect(placementsOf(run, { onlyRightWithout: false })).toEqual([
      { applicationId: 'A1', place: { unitId: 'K1', group: 'small', via: 'WISH', wish: 1 } },
      { applicationId: 'A2', place: null },
      { applicationId: 'A3', place: { unitId: 'K1', group: 'small', via: 'HAND', wish: null } },
      { applicationId: 'A4', place: null },
    ]);
    expect(placementsOf(run, { onlyRightWithout: true })).toEqual([{ applicationId: 'A2', place: null }]);
  });

  test('counts against area and staff who is there, who comes and who is put there by hand (BHG-25)', () => {
    const seats = { group: 'small', seats: 1, occupied: 1, reserved: [], area: 12, adults: 1 };
    const unit = {
      id: 'K1',
      priority: rule,
      convertible: false,
      maxSeats: {},
      showRank: false,
      seats: [seats],
    };
    const run = kept({ K1: 1, K2: 0 }, [older], [pin('A3', 'K1')]);
    // Three small children need 15.99 m² and one adult.
    expect(occupancyOf([unit], run)).toEqual([
      { unitId: 'K1', small: 3, large: 0, area: 12, adults: 1, isWithin: false },
    ]);
    expect(occupancyOf([{ ...unit, seats: [{ ...seats, area: 16 }] }], run)).toMatchObject([
      { isWithin: true },
    ]);
    expect(occupancyOf([{ ...unit, seats: [{ ...seats, area: null }] }], run)).toEqual([]);
  });
});

import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { machine, people, places } from '../../test/families.ts';
import {
  adoptAll,
  at,
  closedRound,
  inMarch,
  moveOnTo,
  must,
  openedRound,
  preparedRound,
  someSeats,
} from '../../test/rounds.ts';
import { type World, openTown } from '../../test/world.ts';
import { decideSeats } from './decide-seats.ts';
import { readSeats, readUnitSeats } from './read-rounds.ts';

const { caseWorker, leaderOfSolhaug, leaderOfFjordbakken, mother, stranger } = people;
const { solhaug, fjordbakken } = places;
let world: World;
let bare: World;
beforeAll(async () => {
  [world, bare] = await Promise.all([openTown(), openTown({ isSecondLockOff: true })]);
  await Promise.all([world, bare].map(({ deps }) => adoptAll(deps)));
});
afterAll(() => Promise.all([world.close(), bare.close()]));

describe('seats', () => {
  test('are added to what was decided before; the last decision counts, once for its key (S-22)', async () => {
    const { deps, database } = world;
    const { id } = await preparedRound(deps, { unitIds: [solhaug] });
    const wanted = someSeats(id, {
      seats: 4,
      reserved: [{ id: 'sami', flag: 'sami', seats: 2, soft: true }],
    });
    const both = await Promise.all([1, 2].map(() => decideSeats(deps, caseWorker, wanted)));
    expect(must(both[0]!)).toEqual(must(both[1]!));
    must(await decideSeats(deps, caseWorker, someSeats(id, { group: 'large', seats: 6 })));
    const [seats] = await readSeats(deps, caseWorker, [{ roundId: id, unitId: solhaug }]);
    expect(seats).toMatchObject({
      isOverCapacity: false,
      decisions: [
        { group: 'small', seats: 4, reserved: [{ id: 'sami', flag: 'sami', seats: 2, soft: true }] },
        { group: 'large', seats: 6, area: 200, adults: 8 },
      ],
    });
    expect(await database.admin`select from seat_decision where round_id = ${id}`).toHaveLength(3);
  });

  test('beyond space and staff are a notice and no refusal (BHG-25)', async () => {
    const { deps } = world;
    const { id } = await preparedRound(deps, { unitIds: [solhaug] });
    const decide = async (more: object) => must(await decideSeats(deps, caseWorker, someSeats(id, more)));
    expect(await decide({ seats: 12, area: 63.96, adults: 4 })).toMatchObject({ isOverCapacity: false });
    expect(await decide({ seats: 13, area: 63.96, adults: 4 })).toMatchObject({ isOverCapacity: true });
    expect(await decide({ seats: 10, area: 200, adults: 4, occupied: 3 })).toMatchObject({
      isOverCapacity: true,
    });
    const [seats] = await readSeats(deps, caseWorker, [{ roundId: id, unitId: solhaug }]);
    expect(seats).toMatchObject({ isOverCapacity: true, decisions: [{ seats: 10, occupied: 3 }] });
  });

  test('are refused below none, without a reason once the round is open, and when it is allocated', async () => {
    const { deps } = world;
    const decide = async (roundId: string, more: object) => {
      const result = await decideSeats(deps, caseWorker, someSeats(roundId, more));
      return result.ok ? 'decided' : result.refusal.kind;
    };
    const open = await openedRound(deps);
    expect(await decide(open.id, { seats: -1 })).toBe('E_BAD_SEATS');
    expect(await decide(open.id, { unitId: places.unopened })).toBe('E_UNKNOWN_K');
    expect(await decide(open.id, {})).toBe('E_NO_REASON');
    expect(await decide(open.id, { reason: 'Ny avdeling' })).toBe('decided');
    const closed = await closedRound(deps);
    expect(await decide(closed.id, { reason: 'Ny avdeling' })).toBe('decided');
    await moveOnTo(deps, closed, 'allocated');
    expect(await decide(closed.id, { reason: 'Ny avdeling' })).toBe('E_STATE');
  });

  test('are not decided past a round that is being allocated: one waits for the other', async () => {
    const { deps, database } = world;
    for (let nth = 0; nth < 5; nth += 1) {
      const closed = await closedRound(deps);
      const [decided] = await Promise.all([
        decideSeats(at(deps, inMarch), caseWorker, someSeats(closed.id, { seats: 1, reason: 'Færre' })),
        moveOnTo(deps, closed, 'allocated'),
      ]);
      const stored =
        await database.admin`select from seat_decision where round_id = ${closed.id} and seats = 1`;
      expect(stored).toHaveLength(decided.ok ? 1 : 0);
      if (!decided.ok) expect(decided.refusal).toEqual({ kind: 'E_STATE', state: 'allocated' });
    }
  });

  test('are read by case workers, and by a unit’s leader from when the round is open; by nobody else (BHG-25)', async () => {
    for (const { deps } of [world, bare]) {
      const draft = await preparedRound(deps);
      const open = await openedRound(deps);
      const read = async (who: typeof mother | typeof caseWorker | typeof machine, roundId: string) =>
        (await readSeats(deps, who, [{ roundId, unitId: solhaug }]))[0]?.decisions.map(
          ({ seats }) => seats,
        ) ?? null;
      expect(await read(caseWorker, draft.id)).toEqual([10]);
      expect(await read(caseWorker, open.id)).toEqual([10]);
      expect(await read(leaderOfSolhaug, draft.id)).toBeNull();
      expect(await read(leaderOfSolhaug, open.id)).toEqual([10]);
      for (const who of [leaderOfFjordbakken, mother, stranger, machine])
        for (const id of [draft.id, open.id, newId()]) expect(await read(who, id)).toBeNull();
    }
  });

  test('of a unit are those of rounds that are not over, for the same people (S-06)', async () => {
    for (const { deps } of [world, bare]) {
      const over = await moveOnTo(deps, await closedRound(deps, { unitIds: [fjordbakken] }), 'finished');
      const open = await openedRound(deps, { unitIds: [fjordbakken] });
      const draft = await preparedRound(deps, { unitIds: [fjordbakken] });
      const of = async (who: typeof mother | typeof caseWorker | typeof machine) => {
        const [found] = await readUnitSeats(deps, who, [fjordbakken]);
        return Array.isArray(found)
          ? found.map(({ roundId }) => roundId).filter((id) => [over.id, open.id, draft.id].includes(id))
          : found;
      };
      expect(await of(caseWorker)).toEqual([draft.id, open.id]);
      expect(await of(leaderOfFjordbakken)).toEqual([open.id]);
      for (const who of [leaderOfSolhaug, mother, stranger, machine]) expect(await of(who)).toBeNull();
      expect(await readUnitSeats(deps, caseWorker, [newId()])).toEqual([null]);
    }
  });

  test('are hidden from a unit’s leader while the municipality hides admission there (X07, S-26)', async () => {
    for (const town of [world, bare]) {
      await town.identity.features(fjordbakken, [
        { feature: 'PLACEMENT', state: 'SUSPENDED', isReadable: false },
      ]);
      await town.settled();
      expect(await readUnitSeats(town.deps, leaderOfFjordbakken, [fjordbakken])).toEqual(['hidden']);
    }
  });
});

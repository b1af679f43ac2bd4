import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import {
  type OfferTown,
  answer,
  make,
  notCaseWorkers,
  notGuardians,
  openOfferTown,
  resign,
  seats,
  withdraw,
} from '../../test/offer-town.ts';
import { readChildStandings, readUnitPlaces } from './read-offers.ts';
import { readPoolList, readUnitPools } from './read-pools.ts';

vi.mock(
  '../domain/offer-policy.ts',
  async () => (await import('../../test/permit-everything.ts')).permitOffers,
);

let town: OfferTown;
beforeAll(async () => {
  town = await openOfferTown(false);
});
afterAll(() => town.world.close());

/** Not there, or barred when it comes to it. */
const nothing = (done: string | undefined): boolean =>
  done === 'NOT_FOUND' || done === '42501' || done === undefined;

describe('with the policy switched off, row-level security still (S-12)', () => {
  test.each(notGuardians)('lets %s answer nothing and give nothing up', async (_who, actor) => {
    const { admin } = town.world.database;
    expect(nothing(await answer(town, actor, town.offerId))).toBe(true);
    expect(nothing(await resign(town, actor, town.hiddenPlaceId))).toBe(true);
    expect(await admin`select from offer where child_id = ${applicants.ada} and state = 'SENT'`).toHaveLength(
      1,
    );
    expect(await admin`select from resignation`).toEqual([]);
  });

  test.each(notCaseWorkers)(
    'lets %s offer nothing, take nothing back and change no seats',
    async (_who, actor) => {
      const { admin } = town.world.database;
      const { apps, poolId, offerId } = town;
      for (const done of [
        await withdraw(town, actor, offerId),
        await make(town, actor, apps.ofOwn, poolId),
        await seats(town, actor, poolId),
      ])
        expect(nothing(done)).toBe(true);
      expect(await admin`select from offer where state = 'WITHDRAWN' or made_by is not null`).toEqual([]);
      expect(await admin`select from seat`).toHaveLength(5);
    },
  );

  test('shows strangers and other families nothing, and a leader no list and no protected child', async () => {
    const { deps } = town.world;
    const nobody = { offers: [], places: [], waiting: [] };
    for (const actor of [people.stranger, people.byHand, people.leaderOfFjordbakken]) {
      expect(await readChildStandings(deps, actor, [applicants.ada, town.hidden])).toEqual([nobody, nobody]);
      expect(await readUnitPools(deps, actor, places.solhaug, null)).toEqual([]);
      expect(await readPoolList(deps, actor, town.poolId, { first: 100, after: 0 })).toBeNull();
    }
    const seen = await readUnitPlaces(deps, people.leaderOfSolhaug, {
      unitId: places.solhaug,
      first: 20,
      after: null,
    });
    expect(seen).toMatchObject([{ id: town.placeId }]);
    expect(
      await readPoolList(deps, people.leaderOfSolhaug, town.poolId, { first: 100, after: 0 }),
    ).toMatchObject({ listed: [] });
  });
});

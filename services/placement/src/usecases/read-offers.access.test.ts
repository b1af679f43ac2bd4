import type { Actor } from '@ranselpost/kit/pure/actor';
import { newId } from '@ranselpost/kit/ids';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, machine, people, places } from '../../test/families.ts';
import {
  type OfferTown,
  answer,
  notCaseWorkers,
  notGuardians,
  openBothTowns,
  resign,
  seats,
} from '../../test/offer-town.ts';
import { today } from '../../test/world.ts';
import { readChildStandings, readOffers, readPlaces, readUnitPlaces } from './read-offers.ts';
import { readPoolList, readUnitPools } from './read-pools.ts';

let towns: Awaited<ReturnType<typeof openBothTowns>>;
let town: OfferTown;
let bare: OfferTown;
beforeAll(async () => {
  towns = await openBothTowns();
  ({ town, bare } = towns);
});
afterAll(() => towns.close());

describe('with the first lock off, row-level security still (S-12)', () => {
  const stored = (actor: Actor, work: (by: string) => ReturnType<typeof sql>) =>
    lookAs(town.world.deps.db, actor, (tx) =>
      tx.execute(work('personId' in actor ? actor.personId : newId())),
    ).then(
      () => 'stored',
      (error: { cause?: { message: string } }) =>
        /row-level security|permission denied/.exec(error.cause?.message ?? '')?.[0] ?? error.cause?.message,
    );

  test('takes no answer of anybody but a guardian, and in nobody else’s name (S-20)', async () => {
    const ending = (by: string, state = 'ACCEPTED') => sql`
      insert into offer_ending (offer_id, child_id, state, ended_by, ended_at, reason)
      values (${town.offerId}, ${applicants.ada}, ${state}, ${by}, now(), 'why')`;
    for (const [, actor] of notGuardians) expect(await stored(actor, ending)).toBe('row-level security');
    expect(await stored(people.mother, () => ending(people.father.personId))).toBe('row-level security');
    expect(await stored(people.mother, (by) => ending(by, 'EXPIRED'))).toBe('row-level security');
    for (const [, actor] of notCaseWorkers)
      expect(await stored(actor, (by) => ending(by, 'WITHDRAWN'))).toBe('row-level security');
  });

  test('takes no offers, seats or resignations of others', async () => {
    const { apps, poolId } = town;
    const made = (by: string) => sql`
      insert into offer (id, application_id, child_id, pool_id, unit_id, care, seat_number, made_by, made_at, starts_on, deadline,
        keeps_waiting, silence_declines)
      values (${newId()}, ${apps.ada}, ${applicants.ada}, ${poolId}, ${places.solhaug}, 'KINDERGARTEN', 4, ${by}, now(), ${today}, now(), true, true)`;
    const changed = (by: string) => sql`
      insert into seat_change (id, pool_id, unit_id, before, after, changed_by, changed_at)
      values (${newId()}, ${poolId}, ${places.solhaug}, 5, 9, ${by}, now())`;
    const resigned = (by: string) => sql`
      insert into resignation (id, place_id, child_id, ends_on, resigned_by, resigned_at)
      values (${newId()}, ${town.placeId}, ${applicants.bo}, ${today}, ${by}, now())`;
    for (const [, actor] of notCaseWorkers) {
      expect(await stored(actor, made)).toBe('row-level security');
      expect(await stored(actor, changed)).toBe('row-level security');
    }
    for (const actor of [people.mother, people.caseWorker, people.leaderOfSolhaug, machine])
      expect(await stored(actor, resigned)).toBe('row-level security');
    expect(await stored(people.caseWorker, () => sql`update place set to_day = ${today}`)).toBe(
      'permission denied',
    );
    expect(await stored(people.caseWorker, () => sql`delete from seat_hold`)).toBe('permission denied');
  });

  test('shows each what is theirs, and nobody a rank but case workers (BHG-20)', async () => {
    const { apps, hidden, own } = town;
    const seen = async (actor: Actor, table: string, column = 'child_id') =>
      new Set(
        (
          await lookAs(town.world.deps.db, actor, (tx) =>
            tx.execute<{ value: string }>(sql.raw(`select ${column} as value from ${table}`)),
          )
        ).map(({ value }) => value),
      );
    const [ada, bo] = [applicants.ada, applicants.bo];
    expect(await seen(people.mother, 'offer')).toEqual(new Set([ada, hidden]));
    expect(await seen(people.mother, 'place')).toEqual(new Set([hidden]));
    expect(await seen(people.mother, 'waiting_entry')).toEqual(new Set([ada, hidden]));
    expect(await seen(people.mother, 'waiting_position')).toEqual(new Set());
    expect(await seen(people.mother, 'pool', 'id')).toEqual(new Set());
    expect(await seen(people.caseWorker, 'offer')).toEqual(new Set([ada, bo]));
    expect(await seen(people.secondCaseWorker, 'waiting_position')).toEqual(new Set([ada, bo, own]));
    expect(await seen(people.caseWorker, 'waiting_position')).toEqual(new Set([ada, bo]));
    expect(await seen(people.officer, 'place')).toEqual(new Set([hidden]));
    expect(await seen(people.leaderOfSolhaug, 'place')).toEqual(new Set([bo]));
    expect(await seen(people.leaderOfSolhaug, 'offer')).toEqual(new Set());
    expect(await seen(people.leaderOfSolhaug, 'pool', 'id')).toEqual(new Set([town.poolId]));
    for (const actor of [people.leaderOfFjordbakken, people.stranger, machine])
      for (const table of [
        'offer',
        'offer_ending',
        'place',
        'waiting_entry',
        'waiting_position',
        'resignation',
      ])
        expect(await seen(actor, table)).toEqual(new Set());
    // When the other one was up is told of no protected family (ADR-11).
    expect(await seen(people.mother, 'offer_ending')).toEqual(new Set([hidden]));
    expect(await seen(people.father, 'offer_ending')).toEqual(new Set());
    expect(apps.ada).toBeDefined();
  });
});

describe('reading', () => {
  test('shows a family its own, without ranks, and with what it may answer', async () => {
    for (const { world, offerId, hidden } of [town, bare]) {
      for (const actor of [people.mother, people.father]) {
        const [standing] = await readChildStandings(world.deps, actor, [applicants.ada]);
        expect(standing).toMatchObject({
          offers: [{ id: offerId, state: 'sent', answers: ['accept', 'decline'] }],
          ...{ places: [], waiting: [{ wishOrder: 1, isActive: true }] },
        });
        expect(JSON.stringify(standing)).not.toMatch(/position|rank/);
      }
      for (const actor of [
        people.stranger,
        people.otherGuardian,
        people.leaderOfSolhaug,
        people.officer,
        machine,
      ]) {
        expect(await readChildStandings(world.deps, actor, [applicants.ada])).toEqual([null]);
        expect(await readOffers(world.deps, actor, [offerId])).toEqual(new Map());
      }
      expect(await readChildStandings(world.deps, people.caseWorker, [hidden])).toEqual([null]);
      expect(await readChildStandings(world.deps, people.officer, [hidden])).toMatchObject([
        { places: [{ unitId: places.solhaug }] },
      ]);
    }
  });

  test('shows a leader who is there and who comes, and of a protected child nothing (ADR-10)', async () => {
    for (const { world, placeId, hiddenPlaceId } of [town, bare]) {
      const at = (actor: Actor) =>
        readUnitPlaces(world.deps, actor, { unitId: places.solhaug, first: 20, after: null });
      expect(await at(people.leaderOfSolhaug)).toMatchObject([{ id: placeId }]);
      expect(await at(people.caseWorker)).toMatchObject([{ id: placeId }]);
      for (const actor of [
        people.leaderOfFjordbakken,
        people.mother,
        people.stranger,
        people.officer,
        machine,
      ])
        expect(await at(actor)).toBeNull();
      expect((await readPlaces(world.deps, people.leaderOfSolhaug, [placeId, hiddenPlaceId])).size).toBe(1);
    }
  });

  test('shows seats to case workers and the leader, with all that are taken, and lists to case workers alone (BHG-20)', async () => {
    for (const { world, poolId, apps } of [town, bare]) {
      for (const actor of [people.caseWorker, people.leaderOfSolhaug])
        expect(await readUnitPools(world.deps, actor, places.solhaug, null)).toMatchObject([
          { seats: 5, committed: 3 },
        ]);
      for (const actor of [people.mother, people.leaderOfFjordbakken, people.stranger, machine]) {
        expect(await readUnitPools(world.deps, actor, places.solhaug, null)).toBeNull();
        expect(await readPoolList(world.deps, actor, poolId, { first: 100, after: 0 })).toBeNull();
      }
      expect(
        await readPoolList(world.deps, people.leaderOfSolhaug, poolId, { first: 100, after: 0 }),
      ).toBeNull();
      expect(
        await readPoolList(world.deps, people.secondCaseWorker, poolId, { first: 100, after: 0 }),
      ).toMatchObject({
        ...{ next: apps.ofOwn, listed: [{ position: 1 }, { position: 2 }, { position: 3 }] },
      });
      // Not their own.
      expect(
        await readPoolList(world.deps, people.caseWorker, poolId, { first: 100, after: 0 }),
      ).toMatchObject({ next: null });
    }
  });

  test('is closed to all while the municipality hides admission, and nothing is decided while it is stopped (X07, S-26)', async () => {
    const { world, poolId } = town;
    await world.identity.features(places.solhaug, [
      { feature: 'PLACEMENT', state: 'SUSPENDED', isReadable: false },
    ]);
    await world.settled();
    expect(await readChildStandings(world.deps, people.mother, [applicants.ada])).toEqual(['hidden']);
    expect(
      await readUnitPlaces(world.deps, people.leaderOfSolhaug, {
        unitId: places.solhaug,
        first: 20,
        after: null,
      }),
    ).toBe('hidden');
    await world.identity.features(places.solhaug, [{ feature: 'PLACEMENT', state: 'SUSPENDED' }]);
    await world.settled();
    expect(await seats(town, people.caseWorker, poolId)).toBe('refused');
    await world.identity.features(places.solhaug, [{ feature: 'PLACEMENT', state: 'OPEN' }]);
    await world.settled();
  });
});

describe('what is permitted', () => {
  test('is done, told in a receipt, and shown to both guardians; staff’s reads are logged (S-11)', async () => {
    const { world, offerId, poolId } = town;
    const { admin } = world.database;
    expect(await seats(town, people.caseWorker, poolId, 2)).toBe('refused');
    expect(await seats(town, people.caseWorker, poolId, 6)).toBe('permitted');
    expect(await answer(town, people.mother, offerId)).toBe('permitted');
    expect(await answer(town, people.father, offerId)).toBe('refused');
    const [standing] = await readChildStandings(world.deps, people.father, [applicants.ada]);
    expect(standing).toMatchObject({
      offers: [{ state: 'accepted', answers: [] }],
      places: [{ unitId: places.solhaug }],
    });
    const reads =
      await admin`select from outbox where type = 'placement.child.read.v1' and data::text like '%LEADER%'`;
    expect(reads.length).toBeGreaterThan(0);
    expect(
      await resign(
        town,
        people.mother,
        (await admin<{ id: string }[]>`select id from place where child_id = ${applicants.ada}`)[0]!.id,
      ),
    ).toBe('permitted');
  });

  test('is forgotten with the child, and of others it is forgotten who they were (RET-08)', async () => {
    const { world, poolId } = town;
    const { admin } = world.database;
    const erase = (id: string) =>
      world.deps.db.asService((tx) => tx.execute(sql`select erase_person_from_offers(${id})`));
    await erase(applicants.bo);
    expect(await admin`select from offer where child_id = ${applicants.bo}`).toEqual([]);
    expect(await admin`select from seat_hold where child_id = ${applicants.bo}`).toEqual([]);
    expect(await admin`select from seat where pool_id = ${poolId}`).toHaveLength(6);
    await erase(people.mother.personId);
    await erase(people.caseWorker.personId);
    expect(await admin`select from seat_change where changed_by is not null`).toEqual([]);
    expect(await admin`select from offer_ending where ended_by = ${people.mother.personId}`).toEqual([]);
  });
});

import { newId } from '@ranselpost/kit/ids';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { aRound, anApplication, publish } from '../../test/offers.ts';
import { roundOf, twoChildren, withoutRounds } from '../../test/runs.ts';
import { type World, openTown, today } from '../../test/world.ts';
import { allocateRound } from './allocate-round.ts';
import { changePoolSeats } from './change-pool-seats.ts';
import { decideSeats } from './decide-seats.ts';
import { expireDueOffers } from './expire-offers.ts';
import { makeOffer } from './make-offer.ts';
import { overrideRound } from './override-round.ts';
import { readPoolList } from './read-pools.ts';
import { simulateRound } from './simulate-round.ts';

const { caseWorker } = people;
const pool = `${places.solhaug}/small`;
let world: World;
beforeAll(async () => {
  world = await openTown();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.admin`truncate pool cascade`;
  await withoutRounds(world);
});

const isMistaken = { code: 'BAD_USER_INPUT' };
const codeOf = (error: { readonly code?: string }) => error.code;

/** Two who wait for two seats, asked already or not. */
async function aList(areAsked = false) {
  const round = await aRound(world, [places.solhaug]);
  const apps = [
    await anApplication(world, round, applicants.ada),
    await anApplication(world, round, applicants.bo),
  ] as const;
  await publish(world, round, {
    pools: { [pool]: 2 },
    ranking: { [pool]: apps },
    wishes: Object.fromEntries(apps.map((id) => [id, [pool]])),
    offers: areAsked ? Object.fromEntries(apps.map((id) => [id, pool])) : {},
  });
  const [row] = await world.database.admin<{ id: string }[]>`select id from pool`;
  return { apps, poolId: row!.id };
}

describe('the same key for something else (S-22)', () => {
  test('is a mistake of the caller, also where both come at once, and no failure', async () => {
    const { apps, poolId } = await aList();
    const idempotencyKey = newId();
    const answers = await Promise.all(
      apps.map((applicationId) =>
        makeOffer(world.deps, caseWorker, { applicationId, poolId, reason: 'Begge', idempotencyKey }).then(
          ({ ok }) => ok,
          codeOf,
        ),
      ),
    );
    expect(new Set(answers)).toEqual(new Set([true, 'BAD_USER_INPUT']));
    expect(await world.database.admin`select from offer`).toHaveLength(1);
  });

  test('is answered with nothing of another round, unit or act', async () => {
    const { deps } = world;
    const [one, other] = [
      await roundOf(world, { children: twoChildren }),
      await roundOf(world, { children: twoChildren.map((child) => ({ ...child, id: newId() })) }),
    ];
    const idempotencyKey = newId();
    const simulate = ({ roundId }: { readonly roundId: string }, key = idempotencyKey) =>
      simulateRound(deps, caseWorker, { roundId, scenarioId: null, idempotencyKey: key });
    const first = await simulate(one);
    const idOf = (made: typeof first) => (made.ok ? made.value.id : null);
    expect(idOf(await simulate(one))).toBe(idOf(first));
    await expect(simulate(other)).rejects.toMatchObject(isMistaken);
    const seats = { kind: 'SEATS', unitId: places.solhaug, group: 'small', seats: 2 } as const;
    const override = ({ roundId }: { readonly roundId: string }, count = 2) =>
      overrideRound(deps, caseWorker, {
        ...{ roundId, override: { ...seats, seats: count }, reason: 'Flere', idempotencyKey },
      });
    expect(await override(one)).toMatchObject({ ok: true });
    for (const attempt of [() => override(other), () => override(one, 3)])
      await expect(attempt()).rejects.toMatchObject(isMistaken);
    const decide = (unitId: string) =>
      decideSeats(deps, caseWorker, {
        ...{ roundId: one.roundId, unitId, group: 'small', seats: 1, occupied: 0, reserved: [], area: 60 },
        ...{ adults: 3, reason: 'Flere', idempotencyKey },
      });
    expect(await decide(places.solhaug)).toMatchObject({ ok: true });
    await expect(decide(places.fjordbakken)).rejects.toMatchObject(isMistaken);
    const key = newId();
    await allocateRound(deps, caseWorker, { roundId: one.roundId, idempotencyKey: key });
    await expect(simulate(one, key)).rejects.toMatchObject(isMistaken);
  });
});

test('seats after a round are decided on with a reason (BHG-25)', async () => {
  const { poolId } = await aList();
  const change = (reason: string) =>
    changePoolSeats(world.deps, caseWorker, { poolId, seats: 3, reason, idempotencyKey: newId() });
  expect(await change(' ')).toEqual({ ok: false, refusal: { kind: 'E_NO_REASON', earliest: null } });
  expect(await change('Ny avdeling')).toMatchObject({ ok: true });
  expect(await world.database.admin`select reason from seat_change`).toEqual([{ reason: 'Ny avdeling' }]);
});

test('of a list those are read who are on the page that is shown (S-11)', async () => {
  const { poolId } = await aList();
  const read = async (first: number) => {
    await world.database.admin`delete from outbox`;
    const list = await readPoolList(world.deps, caseWorker, poolId, { first, after: 0 });
    const rows = await world.deps.db.asService((tx) =>
      tx.execute<{ children: readonly string[] }>(sql`
        select jsonb_path_query_array(data, '$.reads[*].childId') as children from outbox where type = 'placement.child.read.v1'`),
    );
    const { listed, next } = list === 'hidden' || list === null ? { listed: [], next: null } : list;
    return { told: listed.length, next, reads: rows.flatMap(({ children }) => children) };
  };
  const next = expect.any(String) as string;
  expect(await read(0)).toEqual({ told: 1, next, reads: [] });
  expect(await read(1)).toEqual({ told: 2, next, reads: [applicants.ada] });
  expect((await read(20)).reads).toHaveLength(2);
});

test('an offer that cannot be ended keeps no other from it (BHG-12)', async () => {
  const { admin } = world.database;
  const { apps } = await aList(true);
  await admin.unsafe(`
    create function fail_for_a_test() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
    create trigger fails_for_a_test before insert on offer_ending for each row
      when (new.child_id = '${applicants.ada}') execute function fail_for_a_test()`);
  const deps = { ...world.deps, maxStaleness: 60, now: () => new Date(`${today.slice(0, 4)}-12-31`) };
  await admin`update offer set deadline = deadline - interval '40 years'`;
  expect(await expireDueOffers(deps)).toBe(true);
  expect(await admin`select application_id, state from offer order by state`).toEqual([
    { application_id: apps[1], state: 'EXPIRED' },
    { application_id: apps[0], state: 'SENT' },
  ]);
  await expect(expireDueOffers(deps)).rejects.toThrow('1 offers could not be ended');
  await admin.unsafe('drop function fail_for_a_test cascade');
});

import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { aRound, anApplication, publish } from '../../test/offers.ts';
import { type World, openTown } from '../../test/world.ts';
import { makeOffer } from './make-offer.ts';
import { readPoolList } from './read-pools.ts';

let world: World;
const pool = `${places.solhaug}/small`;
const [hidden, own] = [newId(), newId()];
beforeAll(async () => {
  world = await openTown();
  await world.identity.guardians(hidden, [people.mother.personId]);
  await world.identity.enrolments(hidden, [{ unitId: places.solhaug }], []);
  await world.identity.guardians(own, [people.caseWorker.personId]);
  await world.settled();
});
afterAll(() => world.close());
beforeEach(async () => {
  const { admin } = world.database;
  for (const table of [
    'seat_hold',
    'offer_ending',
    'offer',
    'waiting_position',
    'waiting_entry',
    'place',
    'seat',
    'pool',
  ])
    await admin.unsafe(`truncate ${table} cascade`);
  await admin`delete from placement_application`;
});

/** A list with seats free, in the order of the children given. */
async function aList(...children: readonly string[]) {
  const round = await aRound(world, [places.solhaug]);
  const apps: string[] = [];
  for (const childId of children) apps.push(await anApplication(world, round, childId));
  await publish(world, round, {
    pools: { [pool]: 2 },
    ranking: { [pool]: apps },
    wishes: Object.fromEntries(apps.map((id) => [id, [pool]])),
  });
  const [row] = await world.database.admin<{ id: string }[]>`select id from pool`;
  return { apps, poolId: row!.id };
}
const offer = async (actor: Actor, applicationId: string, poolId: string, reason: string | null = null) => {
  const answer = await makeOffer(world.deps, actor, {
    ...{ applicationId, poolId, reason, idempotencyKey: newId() },
  });
  return answer.ok ? 'offered' : JSON.stringify(answer.refusal);
};

describe('whose turn it is', () => {
  test.each([
    ['protected, and a case worker does not meet it (ADR-04)', hidden],
    ['the own one of whoever asks (GUA-24)', own],
  ])('a child does not lose it who is %s', async (_why, first) => {
    const { apps, poolId } = await aList(first, applicants.bo);
    const list = await readPoolList(world.deps, people.caseWorker, poolId, { first: 100, after: 0 });
    expect(list).toMatchObject({ listed: [{ applicationId: apps[1] }], next: null });
    expect(await offer(people.caseWorker, apps[1]!, poolId)).toContain('E_NOT_NEXT');
    expect(await offer(people.caseWorker, apps[1]!, poolId, 'Flytter fra kommunen')).toBe('offered');
  });

  test('nobody jumps the queue because whoever asks sees few of those who wait', async () => {
    const { apps, poolId } = await aList(applicants.bo, hidden);
    expect(await offer(people.officer, apps[1]!, poolId)).toContain('E_NOT_NEXT');
    expect(await offer(people.caseWorker, apps[0]!, poolId)).toBe('offered');
    expect(await offer(people.officer, apps[1]!, poolId)).toBe('offered');
  });
});

test('an offer by hand says which wish it meets, by the number that the family gave it (BHG-16)', async () => {
  const { admin } = world.database;
  const { apps, poolId } = await aList(applicants.bo);
  await admin`
    insert into wish (application_id, child_id, round_id, rank, unit_id)
    select id, child_id, round_id, 2, ${places.solhaug} from placement_application where id = ${apps[0]!}`;
  expect(await offer(people.caseWorker, apps[0]!, poolId)).toBe('offered');
  expect(await admin`select wish from offer`).toEqual([{ wish: 2 }]);
});

describe('a child that was here before there were any pools', () => {
  test('keeps its place, and no seat is made of it that another child could get (S-23, BHG-25)', async () => {
    const round = await aRound(world, [places.solhaug]);
    const [stays, waits] = [
      await anApplication(world, round, applicants.ada),
      await anApplication(world, round, applicants.bo),
    ];
    await publish(world, round, {
      pools: { [pool]: 1 },
      ranking: { [pool]: [waits] },
      wishes: { [waits]: [pool] },
      stays: { [stays]: pool },
    });
    const [row] = await world.database.admin<{ id: string }[]>`select id from pool`;
    expect(await world.database.admin`select from seat`).toEqual([]);
    expect(await offer(people.caseWorker, waits, row!.id)).toContain('E_FULL');
  });
});

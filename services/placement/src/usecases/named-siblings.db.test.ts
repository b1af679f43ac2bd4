import { aboutNobody } from '@ranselpost/kit/answer';
import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRound, draftFor, moveRound, sent, wishesFor } from '../../test/applications.ts';
import { describeChild } from '../../test/children.ts';
import { people, places } from '../../test/families.ts';
import { type World, openTown } from '../../test/world.ts';
import { readApplications, readRoundApplications } from './read-applications.ts';

let world: World;
const sister = newId();
const hidden = newId();
const { mother, father, caseWorker, officer, leaderOfSolhaug } = people;
beforeAll(async () => {
  world = await openTown();
  for (const child of [sister, hidden]) await world.identity.guardians(child, [mother.personId]);
  await describeChild(world.identity, hidden, { isProtected: true });
  await world.settled();
});
afterAll(() => world.close());

/** Whom each is told of who reads what was sent with a brother or sister named. */
async function siblingsTold(
  sibling: string,
): Promise<(actor: Actor) => Promise<readonly (string | null)[] | null>> {
  await world.database.admin`delete from placement_application`;
  const roundId = await aRound(world);
  const wishes = wishesFor(places.solhaug).map((one) => ({ ...one, sibling }));
  const { id } = await sent(world.deps, mother, draftFor(roundId, { wishes }));
  await moveRound(world, roundId, 'CLOSED');
  return async (actor) => {
    const found = (await readApplications(world.deps, actor, [id])).get(id);
    return found === undefined ? null : found.wishes.map((wish) => wish.sibling);
  };
}

describe('a brother or sister by whom a unit is wished for', () => {
  test('is told to whoever applies for that one too, and to case workers; not to every guardian, nor to leaders (GUA-13, GUA-20)', async () => {
    const told = await siblingsTold(sister);
    expect(await told(mother)).toEqual([sister]);
    expect(await told(caseWorker)).toEqual([sister]);
    expect(await told(father)).toEqual([null]);
    expect(await told(leaderOfSolhaug)).toEqual([null]);
  });

  test('who is protected is told to nobody but the own guardian (ADR-03, ADR-04)', async () => {
    const told = await siblingsTold(hidden);
    expect(await told(mother)).toEqual([hidden]);
    for (const actor of [father, caseWorker, leaderOfSolhaug]) expect(await told(actor)).toEqual([null]);
  });

  test('is read by nobody past the one function that knows who may (S-12)', async () => {
    await siblingsTold(sister);
    for (const column of [
      'wish.sibling_child_id from wish',
      'application_receipt.wishes from application_receipt',
    ])
      await expect(
        world.database.db.asActor(father, async (tx) =>
          aboutNobody(await tx.execute(sql.raw(`select ${column}`))),
        ),
      ).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  test('is in the access log when staff are told of it (S-11)', async () => {
    await (
      await siblingsTold(sister)
    )(caseWorker);
    const logged = await world.database.admin`
      select from outbox where type = 'placement.child.read.v1' and data::text like ${`%${sister}%`}`;
    expect(logged).not.toEqual([]);
  });
});

describe('whoever was protected', () => {
  const listed = async (roundId: string, actor: Actor) => {
    const list = await readRoundApplications(world.deps, actor, {
      ...{ roundId, unitId: null, first: 20, after: null },
    });
    return Array.isArray(list) ? list.length : list;
  };

  test('stays out of all lists when identity takes back what is known of the child (ADR-04)', async () => {
    await world.database.admin`delete from placement_application`;
    const child = newId();
    await world.identity.guardians(child, [mother.personId]);
    await describeChild(world.identity, child, { isProtected: true });
    await world.settled();
    const roundId = await aRound(world);
    await sent(world.deps, mother, draftFor(roundId, { childId: child, guardianIds: [mother.personId] }));
    await describeChild(world.identity, child, null);
    await world.settled();
    expect(await world.database.admin`select from child_facts where child_id = ${child}`).toEqual([]);
    expect(await listed(roundId, caseWorker)).toBe(0);
    expect(await listed(roundId, officer)).toBe(1);
    await describeChild(world.identity, child, { isProtected: false });
    await world.settled();
    expect(await listed(roundId, caseWorker)).toBe(1);
  });
});

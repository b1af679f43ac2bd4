import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRound, draftFor, sent, wishesFor } from '../../test/applications.ts';
import { people, places } from '../../test/families.ts';
import { notResponsible, outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { changeApplication } from './change-application.ts';

let world: World;
let bare: World;
let id: string;
let bareId: string;
beforeAll(async () => {
  world = await openTown();
  bare = await openTown({ isSecondLockOff: true });
  ({ id } = await sent(world.deps, people.mother, draftFor(await aRound(world))));
  ({ id: bareId } = await sent(bare.deps, people.mother, draftFor(await aRound(bare))));
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const change = (actor: Actor, applicationId: string, version = 3, { deps }: World = world) =>
  outcomeOf(
    changeApplication(deps, actor, {
      ...{ applicationId, version, wishes: wishesFor(places.solhaug), wantedStart: null },
      idempotencyKey: newId(),
    }),
  );

describe('changing an application (S-20)', () => {
  test.each(notResponsible)('is refused to %s, as of one that does not exist (S-06)', async (_who, actor) => {
    for (const one of [id, newId()]) expect(await change(actor, one)).toBe('NOT_FOUND');
  });

  test.each(notResponsible)(
    'is refused to %s with row-level security switched off (S-12)',
    async (_who, actor) => {
      expect(await change(actor, bareId, 3, bare)).toBe('NOT_FOUND');
      expect(await bare.database.admin`select from application_receipt`).toHaveLength(1);
    },
  );

  test('is open to each guardian who is responsible (GUA-03)', async () => {
    expect(await change(people.father, id, 3)).toBe('permitted');
    expect(await change(people.mother, id, 4)).toBe('permitted');
  });
});

test('with the first lock off, row-level security lets nobody change it past its receipts (S-12)', async () => {
  for (const [, actor] of [...notResponsible, ['its own guardian', people.mother] as const])
    for (const query of [
      sql`update placement_application set wanted_start = '2028-01-01' where id = ${id} returning 1`,
      sql`delete from placement_application where id = ${id} returning 1`,
      sql`delete from wish where application_id = ${id} returning 1`,
      sql`delete from application_guardian where application_id = ${id} returning 1`,
    ])
      expect(await storing(lookAs(world.deps.db, actor, (tx) => tx.execute(query)))).toBe('nothing');
  const states = lookAs(world.deps.db, people.mother, (tx) =>
    tx.execute(sql`update placement_application set state = 'PLACED' where id = ${id} returning 1`),
  );
  expect(await storing(states)).toBe('barred');
});

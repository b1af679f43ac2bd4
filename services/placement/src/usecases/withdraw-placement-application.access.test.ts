import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRound, draftFor, sent } from '../../test/applications.ts';
import { applicants, people } from '../../test/families.ts';
import { notResponsible, outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { withdrawApplication } from './withdraw-application.ts';

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

const withdraw = (actor: Actor, one: string, { deps }: World = world) =>
  outcomeOf(withdrawApplication(deps, actor, one));

describe('withdrawing an application (S-20, BHG-07)', () => {
  test.each(notResponsible)('is refused to %s, as of one that does not exist (S-06)', async (_who, actor) => {
    for (const one of [id, newId()]) expect(await withdraw(actor, one)).toBe('NOT_FOUND');
  });

  test.each(notResponsible)(
    'is refused to %s with row-level security switched off (S-12)',
    async (_who, actor) => {
      expect(await withdraw(actor, bareId, bare)).toBe('NOT_FOUND');
      expect(await bare.database.admin`select from application_withdrawal`).toEqual([]);
    },
  );
});

describe('with the first lock off, row-level security still (S-12)', () => {
  const insert = (actor: Actor, by: string) =>
    storing(
      lookAs(world.deps.db, actor, async (tx) => {
        await tx.execute(sql`
          insert into application_withdrawal (application_id, child_id, withdrawn_by) values (${id}, ${applicants.ada}, ${by})`);
        return [1];
      }),
    );

  test('keeps none of anybody else, nor of the guardian who did not apply (GUA-22)', async () => {
    for (const [, actor] of notResponsible)
      expect(await insert(actor, 'personId' in actor ? actor.personId : newId())).toBe('barred');
    expect(await insert(people.father, people.father.personId)).toBe('barred');
    expect(await insert(people.father, people.mother.personId)).toBe('barred');
    expect(await world.database.admin`select state from placement_application`).toEqual([
      { state: 'SUBMITTED' },
    ]);
  });

  test('is open to whoever sent it', async () => {
    expect(await withdraw(people.father, id)).toBe('refused');
    expect(await withdraw(people.mother, id)).toBe('permitted');
  });
});

import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveRound } from '../../test/applications.ts';
import { type Claimed, withClaims } from '../../test/claims.ts';
import { applicants, people } from '../../test/families.ts';
import { notResponsible, outcomeOf, storing } from '../../test/outsiders.ts';
import { type World, openTown } from '../../test/world.ts';
import { claimPriority } from './claim-priority.ts';

let world: World;
let bare: World;
let ours: Claimed;
let bares: Claimed;
beforeAll(async () => {
  world = await openTown();
  bare = await openTown({ isSecondLockOff: true });
  [ours, bares] = [await withClaims(world), await withClaims(bare)];
});
afterAll(() => Promise.all([world.close(), bare.close()]));

const claim = (actor: Actor, applicationId: string, { deps }: World = world) =>
  outcomeOf(claimPriority(deps, actor, { applicationId, flag: 'law18', unitId: null }));

describe('claiming priority (BHG-09, S-20)', () => {
  test.each(notResponsible)(
    'is refused to %s, as of an application that does not exist (S-06)',
    async (_who, actor) => {
      for (const id of [ours.applicationId, newId()]) expect(await claim(actor, id)).toBe('NOT_FOUND');
    },
  );

  test.each(notResponsible)(
    'is refused to %s with row-level security switched off (S-12)',
    async (_who, actor) => {
      expect(await claim(actor, bares.applicationId, bare)).toBe('NOT_FOUND');
    },
  );

  test('is open to each guardian who is responsible', async () => {
    for (const actor of [people.mother, people.father])
      expect(await claim(actor, ours.applicationId)).toBe('permitted');
  });
});

test('with the first lock off, row-level security takes none of anybody else, and none too late (S-12, BHG-07)', async () => {
  const insert = (actor: Actor, by: string, flag: string) =>
    storing(
      lookAs(world.deps.db, actor, async (tx) => {
        await tx.execute(sql`
          insert into claim (id, application_id, child_id, round_id, flag, claimed_by)
          values (${newId()}, ${ours.applicationId}, ${applicants.ada}, ${ours.roundId}, ${flag}, ${by})`);
        return [1];
      }),
    );
  for (const [, actor] of notResponsible)
    expect(await insert(actor, 'personId' in actor ? actor.personId : newId(), 'stress')).toBe('barred');
  expect(await insert(people.mother, people.father.personId, 'stress')).toBe('barred');
  await moveRound(world, ours.roundId, 'CLOSED');
  expect(await insert(people.mother, people.mother.personId, 'stress')).toBe('barred');
  await moveRound(world, ours.roundId, 'OPEN');
  expect(await insert(people.mother, people.mother.personId, 'stress')).toBe('stored');
});

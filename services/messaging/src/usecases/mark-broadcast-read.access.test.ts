import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sentBroadcast, toGroupA } from '../../test/broadcasting.ts';
import { children, machine, people, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { markBroadcastRead, readReceived } from './read-broadcasts.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { leader, teacher, mother, father, otherGuardian } = people;
const page = { first: 20, after: null };

test('is refused to everybody who did not receive it, and to whoever lost the child by whom they did (GUA-13, S-06)', async () => {
  const { deps, identity } = world;
  const { id } = await sentBroadcast(world, teacher, { places: [toGroupA] });
  const others: Actor[] = [people.stranger, people.former, leader, teacher, machine, staff(mother.personId)];
  for (const actor of others)
    for (const one of [id, newId()])
      await expect(markBroadcastRead(deps, actor, one)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await identity.guardians(children.half, [mother.personId]);
  await world.settled();
  await expect(markBroadcastRead(deps, otherGuardian, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await readReceived(deps, otherGuardian, page)).toEqual({ list: [], unread: 0 });
});

test('is open to each recipient, and says nothing to the other one (ADR-11)', async () => {
  const { deps } = world;
  const { id } = await sentBroadcast(world, leader);
  const unread = async (actor: Actor) => (await readReceived(deps, actor, page)).unread;
  const before = await unread(father);
  expect((await markBroadcastRead(deps, mother, id)).readAt).not.toBeNull();
  expect([await unread(mother), await unread(father)]).toEqual([before - 1, before]);
});

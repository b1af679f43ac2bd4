import type { Actor } from '@ranselpost/kit/pure/actor';
import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sentBroadcast } from '../../test/broadcasting.ts';
import { machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { withdrawBroadcast } from './take-back-broadcast.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const others: [string, Actor][] = [
  ['a recipient', people.mother],
  ['a stranger', people.stranger],
  ['the office of the same school', people.office],
  ['a teacher of the same school', people.teacher],
  ['the leader of another school', people.otherLeader],
  ['the author, signed in as a guardian (GUA-24)', { ...people.leader, kind: 'guardian' }],
  ['a guardian who is signed in as staff', staff(people.mother.personId)],
  ['a machine', machine],
];

test('is refused to everybody but the author, as of a broadcast that does not exist (S-06), and to the author once their role has ended', async () => {
  const { deps, identity } = world;
  const { id } = await sentBroadcast(world, people.leader);
  for (const [who, actor] of others)
    for (const one of [id, newId()])
      await expect(withdrawBroadcast(deps, actor, one), who).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await identity.roles(people.leader.personId, []);
  await world.settled();
  await expect(withdrawBroadcast(deps, people.leader, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await identity.roles(people.leader.personId, [{ role: 'LEADER', unitId: places.otherSchool }]);
  await world.settled();
  await expect(withdrawBroadcast(deps, people.leader, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

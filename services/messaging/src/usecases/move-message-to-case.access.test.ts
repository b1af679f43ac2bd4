import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure, sent, start } from '../../test/writing.ts';
import { moveToCase } from './put-away.ts';
import { readMessages } from './read-messages.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, leader } = people;

test('what came from home is moved to a case by staff who read it, and by nobody else (MSG-12)', async () => {
  const { deps, database } = world;
  const { id } = sent(await start(world, mother, { text: 'Noe som ikke hører hjemme her' }));
  for (const actor of [
    mother,
    father,
    people.stranger,
    people.teacherOfB,
    people.otherLeader,
    people.afterSchool,
  ])
    expect(await failure(moveToCase(deps, actor, id))).toBe('NOT_FOUND');
  expect(await moveToCase(deps, leader, id)).toMatchObject({ ok: true });
  for (const actor of [mother, teacher, leader, people.office])
    expect((await readMessages(deps, actor, [id])).get(id)).toMatchObject({ state: 'MOVED', body: null });
  expect(await moveToCase(deps, leader, id)).toMatchObject({ refusal: { kind: 'put-away' } });
  expect(await database.admin`select why, body from put_away where message_id = ${id}`).toEqual([
    { why: 'MOVED', body: 'Noe som ikke hører hjemme her' },
  ]);
});

test('what staff wrote themselves is not moved to a case', async () => {
  const { id } = sent(await start(world, teacher));
  expect(await moveToCase(world.deps, leader, id)).toMatchObject({ refusal: { kind: 'not-received' } });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { begun, draftsOf, notTheAuthor, save, send, waiting } from '../../test/drafting.ts';
import { people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure } from '../../test/writing.ts';
import { deleteDraft } from './delete-draft.ts';
import { unscheduleDraft } from './unschedule-draft.ts';

const { mother, teacher } = people;
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

test('nobody else takes one away (S-06)', async () => {
  const drafts = [await begun(world, mother), await begun(world, teacher)];
  for (const { id } of drafts)
    for (const [who, actor] of notTheAuthor)
      expect([who, await failure(deleteDraft(world.deps, actor, id))]).toEqual([who, 'NOT_FOUND']);
  expect(await draftsOf(world, mother, drafts[0]!.id)).toBe(2);
  expect(await draftsOf(world, teacher, drafts[1]!.id)).toBe(2);
});

test('its author takes it away, once and for good', async () => {
  for (const author of [mother, teacher]) {
    const { id } = await begun(world, author);
    expect(await deleteDraft(world.deps, author, id)).toBe(id);
    expect(await draftsOf(world, author, id)).toBe(0);
    expect(await failure(deleteDraft(world.deps, author, id))).toBe('NOT_FOUND');
    expect(await world.database.admin`select from draft where id = ${id}`).toHaveLength(0);
  }
});

test('while messages are stopped, and hidden, one’s drafts are read, taken back and away, and none is written or sent (MSG-01, X07)', async () => {
  const [one, other] = [await begun(world, mother), await waiting(world, mother)];
  await world.identity.features(places.school, [
    { feature: 'MESSAGING', state: 'SUSPENDED', isReadable: false },
  ]);
  await world.settled();
  const closed = { refusal: { kind: 'feature-closed', state: 'SUSPENDED' } };
  expect(await save(world, mother)).toMatchObject(closed);
  expect(await save(world, mother, { draftId: one.id, body: 'Ny' })).toMatchObject(closed);
  expect(await send(world, mother, one.id)).toMatchObject(closed);
  expect(await draftsOf(world, mother, one.id)).toBe(2);
  expect(await unscheduleDraft(world.deps, mother, other.id)).toMatchObject({ sendAt: null });
  for (const { id } of [one, other]) expect(await deleteDraft(world.deps, mother, id)).toBe(id);
  await world.identity.features(places.school, [{ feature: 'MESSAGING', state: 'OPEN' }]);
  await world.settled();
});

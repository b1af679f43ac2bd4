import { afterAll, beforeAll, expect, test } from 'vitest';
import { begun, draftsOf, inMinutes, notTheAuthor, save, waiting } from '../../test/drafting.ts';
import { people, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure } from '../../test/writing.ts';
import { sendNextDraft } from './send-due-drafts.ts';
import { unscheduleDraft } from './unschedule-draft.ts';

const { mother, teacher } = people;
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

test('nobody else takes one back (S-06)', async () => {
  const drafts = [await waiting(world, mother), await waiting(world, teacher)];
  for (const { id } of drafts) {
    for (const [who, actor] of notTheAuthor)
      expect([who, await failure(unscheduleDraft(world.deps, actor, id))]).toEqual([who, 'NOT_FOUND']);
    expect(await world.database.admin`select send_at from draft where id = ${id}`).toEqual([
      { send_at: expect.any(Date) as Date },
    ]);
    await world.database.admin`delete from draft where id = ${id}`;
  }
});

test('its author takes it back, as often as they like, and it is never sent by itself', async () => {
  const { id } = await waiting(world, teacher, { body: 'Line kommer', knownNames: ['Line'] });
  expect(await save(world, teacher, { draftId: id, body: 'Ny' })).toMatchObject({
    refusal: { kind: 'draft-waits' },
  });
  for (let time = 0; time < 2; time += 1)
    expect(await unscheduleDraft(world.deps, teacher, id)).toMatchObject({
      id,
      sendAt: null,
      knownNames: [],
    });
  expect(await sendNextDraft({ ...world.deps, maxStaleness: 60, now: () => inMinutes(20) })).toBe(false);
  expect(await draftsOf(world, teacher, id)).toBe(2);
  expect(await begun(world, teacher, { draftId: id, body: 'Ny' })).toMatchObject({ id, body: 'Ny' });
});

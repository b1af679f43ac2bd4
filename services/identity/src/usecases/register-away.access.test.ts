import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeEach, beforeAll, describe, expect, test } from 'vitest';
import { type World, openWorld } from '../testing/world.ts';
import { noteAbsence, noteFollowed, readGuardiansUntil } from './note-register.ts';
import { readChildren } from './read-children.ts';
import { readViewer } from './read-viewer.ts';

let world: World;
beforeAll(async () => (world = await openWorld()));
beforeEach(() => heard('0 hours'));
afterAll(() => world.close());

/** The register was heard of last so long ago. */
const heard = (ago: string | null) =>
  world.database.admin`update register_state set followed_up_to = now() - ${ago}::interval`;
const told = (upTo: Date) =>
  world.deps.db.asService((tx) => noteFollowed({ ...world.deps, db: tx }, upTo.toISOString()));
const asMother = () => readChildren(world.deps, guardian(world.id.mother), [world.id.ours]);
const unavailable = { code: 'UNAVAILABLE' };

describe('a register that is away (GUA-01)', () => {
  test.each(['25 hours', '24 hours 1 second', null])(
    'for %s, or never heard of, answers no guardian, with access or without, alike (S-06, S-26)',
    async (ago) => {
      await heard(ago);
      await expect(asMother()).rejects.toMatchObject(unavailable);
      await expect(readViewer(world.deps, guardian())).rejects.toMatchObject(unavailable);
    },
  );

  test('keeps the last verified state for a day', async () => {
    await heard('23 hours 59 minutes');
    expect((await asMother()).size).toBe(1);
  });

  test('is nothing to staff, whose ground is a role', async () => {
    await heard('3 days');
    expect((await readChildren(world.deps, staff(world.id.teacher), [world.id.ours])).size).toBe(1);
  });

  test('answers again as soon as it is heard of, and an older word takes nothing back (S-24)', async () => {
    await heard('3 days');
    const now = new Date();
    await told(now);
    await told(new Date(now.getTime() - 86_400_000 * 2));
    expect((await asMother()).size).toBe(1);
    expect(
      Math.abs((await readGuardiansUntil(world.deps))!.getTime() - now.getTime() - 86_400_000),
    ).toBeLessThan(5);
  });

  test('is not believed to have been heard of in the future', async () => {
    await told(new Date(Date.now() + 86_400_000 * 30));
    expect((await readGuardiansUntil(world.deps))!.getTime()).toBeLessThan(Date.now() + 86_401_000);
  });

  test('has one work item open for as long as it lasts', async () => {
    await heard('25 hours');
    expect(await noteAbsence(world.deps)).toBe(true);
    await noteAbsence(world.deps);
    expect(await world.openItems(null)).toEqual(['REGISTER_AWAY']);
    await heard('1 hour');
    expect(await noteAbsence(world.deps)).toBe(false);
    expect(await world.openItems(null)).toEqual([]);
  });

  test('leaves the policy without a ground, should the door be open (S-12)', async () => {
    await heard('25 hours');
    const { admin } = world.database;
    const [door] = await admin<{ body: string }[]>`
      select pg_get_functiondef('access.answers_to(text)'::regprocedure) as body`;
    // The door alone is opened: it is asked with the capacity of whoever comes, the policy with that of guardians.
    await admin.unsafe(
      door!.body.replace(
        'capacity is distinct from',
        'current_user = session_user or capacity is distinct from',
      ),
    );
    try {
      expect(await asMother()).toEqual(new Map());
      expect((await readViewer(world.deps, guardian(world.id.mother))).children).toEqual([]);
    } finally {
      await admin.unsafe(door!.body);
    }
  });
});

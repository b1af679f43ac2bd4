import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outsiders, outsidersOfUnits } from '../testing/outsiders.ts';
import { type World, openWorld } from '../testing/world.ts';
import { readChildren } from './read-children.ts';
import { atUnit, everywhere, waysToDirect } from '../testing/features.ts';
import { readFeatureActs, readUnitContacts, readUnitFeatures } from './read-features.ts';
import { readGroups, readUnits } from './read-units.ts';
import { readViewer } from './read-viewer.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const tables = await world.database.admin<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
  for (const { name } of tables)
    await world.database.admin.unsafe(`alter table ${name} disable row level security`);
});
afterAll(() => world.close());

describe('with row-level security switched off, the policy still (S-12)', () => {
  test.each(outsiders)('shows nothing to %s', async (_who, actorOf) => {
    const { deps, id, group } = world;
    const actor = actorOf(world);
    expect(await readChildren(deps, actor, [id.ours])).toEqual(new Map());
    expect((await readGroups(deps, actor, [group['3A']!])).size).toBe(0);
  });

  test.each(outsidersOfUnits)(
    'lets %s direct no feature, and shows them none of it (D01)',
    async (_who, actorOf) => {
      const { deps, unit, database } = world;
      const actor = actorOf(world);
      // Staff without a class and the dead role see no unit; the leader of another school sees their own alone.
      expect((await readUnits(deps, actor, [unit['school']!, unit['sfo']!])).size).toBe(0);
      expect((await readUnitFeatures(deps, actor, [unit['school']!])).size).toBe(0);
      expect((await readUnitContacts(deps, actor, [unit['school']!])).size).toBe(0);
      await expect(
        readFeatureActs(deps, actor, { feature: null, before: null, first: 10 }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
      for (const [way, direct] of Object.entries(waysToDirect))
        for (const place of [atUnit(unit['school']!), everywhere])
          await expect(direct(deps, actor, place), way).rejects.toMatchObject({
            code: expect.stringMatching(/^(FORBIDDEN|NOT_FOUND)$/) as string,
          });
      expect(await database.admin`select from feature_act`).toHaveLength(0);
      expect(await database.admin`select from unit_contact`).toHaveLength(0);
    },
  );

  test('leaves a protected guardian out for the other one, and keeps the capacities apart (ADR-19, GUA-24)', async () => {
    const seen = await readChildren(world.deps, guardian(world.id.father), [world.id.theirs]);
    expect(seen.get(world.id.theirs)?.guardians.map(({ id }) => id)).toEqual([world.id.father]);
    expect((await readViewer(world.deps, staff(world.id.father))).children).toEqual([]);
    expect((await readViewer(world.deps, guardian(world.id.father))).roles).toEqual([]);
  });

  test('shows staff a child’s place at their own unit alone', async () => {
    const seen = await readChildren(world.deps, staff(world.id.afterSchool), [world.id.ours]);
    expect(seen.get(world.id.ours)?.enrolments.map(({ unitId }) => unitId)).toEqual([world.unit['sfo']]);
  });
});

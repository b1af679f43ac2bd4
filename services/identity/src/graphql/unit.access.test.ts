import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestService, startService } from '../testing/service.ts';
import { type Name, type World, openWorld } from '../testing/world.ts';

let world: World;
let service: TestService;
beforeAll(async () => {
  world = await openWorld();
  service = await startService(world.deps);
});
afterAll(async () => {
  await service.close();
  await world.close();
});

const query = `query ($id: ID!) { unit(id: $id) { id name kind } }`;
const reference = (type: string) =>
  `query ($id: ID!) { _entities(representations: [{ __typename: "${type}", id: $id }]) { ... on ${type} { id name } } }`;
const actorOf = (kind: 'guardian' | 'staff', name: Name | null): Actor =>
  (kind === 'guardian' ? guardian : staff)(name === null ? newId() : world.id[name]);

describe('a unit', () => {
  test.each<['guardian' | 'staff', Name | null, string]>([
    ['guardian', null, 'school'],
    ['guardian', 'otherMother', 'nursery'],
    ['guardian', 'grownMother', 'other'],
    ['guardian', 'leader', 'school'],
    ['staff', 'mother', 'school'],
    ['staff', 'otherLeader', 'school'],
    ['staff', 'former', 'school'],
    ['staff', 'subject', 'school'],
    ['staff', 'teacher', 'sfo'],
  ])(
    'is to a %s (%s) who has nothing to do with it as one that does not exist (%s; ADR-04, S-06)',
    async (kind, name, unit) => {
      const actor = actorOf(kind, name);
      const hidden = await service.ask(actor, query, { id: world.unit[unit] });
      expect(hidden).toEqual(await service.ask(actor, query, { id: newId() }));
      expect(hidden).toEqual(await service.ask(actor, query, { id: 'nonsense' }));
      expect(hidden.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
      expect(await service.ask(actor, reference('Unit'), { id: world.unit[unit] })).toEqual({
        data: { _entities: [null] },
      });
    },
  );

  test.each<['guardian' | 'staff', Name, string, string]>([
    ['guardian', 'mother', 'school', 'SCHOOL'],
    ['guardian', 'mother', 'nursery', 'KINDERGARTEN'],
    ['guardian', 'mother', 'sfo', 'AFTER_SCHOOL'],
    ['staff', 'leader', 'school', 'SCHOOL'],
    ['staff', 'teacher', 'school', 'SCHOOL'],
    ['staff', 'afterSchool', 'sfo', 'AFTER_SCHOOL'],
    ['staff', 'pedagogue', 'nursery', 'KINDERGARTEN'],
  ])('is open to a %s (%s) with a child or a role there: %s', async (kind, name, unit, expected) => {
    const { data } = await service.ask(actorOf(kind, name), query, { id: world.unit[unit] });
    expect(data.unit).toMatchObject({ id: world.unit[unit], kind: expected });
  });
});

describe('a group', () => {
  test.each<['guardian' | 'staff', Name, string]>([
    ['guardian', 'mother', '3B'],
    ['guardian', 'teacher', '3A'],
    ['staff', 'teacher', '3B'],
    ['staff', 'afterSchool', '3A'],
    ['staff', 'otherLeader', '3A'],
    ['staff', 'former', '3A'],
  ])('is nothing to a %s (%s) who is not of it: %s (S-06)', async (kind, name, group) => {
    expect(await service.ask(actorOf(kind, name), reference('Group'), { id: world.group[group] })).toEqual({
      data: { _entities: [null] },
    });
  });

  test.each<['guardian' | 'staff', Name, string]>([
    ['guardian', 'mother', '3A'],
    ['staff', 'teacher', '3A'],
    ['staff', 'assistant', '3A-1'],
    ['staff', 'leader', '3B'],
    ['staff', 'pedagogue', 'blue'],
  ])('is open to a %s (%s) with a child in it or in charge of it: %s', async (kind, name, group) => {
    const { data } = await service.ask(actorOf(kind, name), reference('Group'), { id: world.group[group] });
    expect(data._entities).toMatchObject([{ name: group }]);
  });
});

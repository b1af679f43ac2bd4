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

describe('the list of a group’s children (ADR-05)', () => {
  const list = `query ($id: ID!, $first: Int, $after: String) {
    _entities(representations: [{ __typename: "Group", id: $id }]) {
      ... on Group { children(first: $first, after: $after) { nodes { id name { given } } pageInfo { hasNextPage endCursor } } }
    }
  }`;
  const ask = async (kind: 'guardian' | 'staff', name: Name, page: object = {}, group = '3A') => {
    const { data, errors } = await service.ask(actorOf(kind, name), list, {
      id: world.group[group],
      ...page,
    });
    expect(errors).toBeUndefined();
    return data._entities[0] === null ? 'no group' : data._entities[0].children;
  };
  const named = (...given: readonly string[]) => ({
    nodes: given.map((one) => ({ id: expect.any(String) as string, name: { given: one } })),
    pageInfo: { hasNextPage: false, endCursor: expect.any(String) as string },
  });

  test('is for no guardian, also of a child in it, and for nobody who has no charge there', async () => {
    for (const name of ['mother', 'father'] as const) expect(await ask('guardian', name)).toBeNull();
    for (const name of ['teacherOfB', 'afterSchool', 'otherLeader', 'subject', 'former', 'officer'] as const)
      expect(await ask('staff', name), name).toBe('no group');
  });

  test('leaves a protected child out for whoever is not named for it, as if the class had one child less', async () => {
    for (const name of ['leader', 'office', 'assistant', 'father'] as const) {
      expect(await ask('staff', name), name).toEqual(named('KULERUND'));
      // A page that is full tells of nobody who would be on the next.
      expect(await ask('staff', name, { first: 1 }), name).toEqual(named('KULERUND'));
    }
    expect(await ask('staff', 'teacher')).toEqual(named('KULERUND', 'MYK'));
    expect(await ask('staff', 'leader', {}, '3B')).toMatchObject({
      nodes: [],
      pageInfo: { endCursor: null },
    });
    expect(await ask('staff', 'teacherOfB', {}, '3B')).toEqual(named('SVAL'));
  });

  test('goes on where a page ended, and begins anew where that child is not there any more', async () => {
    const first = await ask('staff', 'teacher', { first: 1 });
    expect(first).toMatchObject({ nodes: [{ id: world.id.ours }], pageInfo: { hasNextPage: true } });
    expect(await ask('staff', 'teacher', { first: 1, after: first.pageInfo.endCursor })).toEqual(
      named('MYK'),
    );
    const gone = Buffer.from(world.id.theirs).toString('base64url');
    expect(await ask('staff', 'leader', { after: gone })).toEqual(named('KULERUND'));
  });

  test('tells of who is in the group today, and of nobody before or after (S-02)', async () => {
    const stay = (days: string) =>
      world.database.admin.unsafe(`update enrolment set ${days} where child_id = '${world.id.theirs}'`);
    await stay(`from_day = '2026-11-22'`);
    expect(await ask('staff', 'teacherOfB', {}, '3B')).toMatchObject({ nodes: [] });
    await stay(`from_day = '2026-08-01', to_day = '2026-11-21'`);
    expect(await ask('staff', 'teacherOfB', {}, '3B')).toMatchObject({ nodes: [] });
    await stay(`from_day = '2026-08-01', to_day = null`);
    expect(await ask('staff', 'teacherOfB', {}, '3B')).toEqual(named('SVAL'));
  });

  test('is read of in the access log, line by line, each child that is told of and no other (S-11)', async () => {
    const reads = async () =>
      (await world.database.admin`select reads from staff_read order by read_at, read_id`).flatMap(
        ({ reads: lines }) => lines as unknown[],
      );
    const before = (await reads()).length;
    await ask('staff', 'teacher', { first: 1 });
    await ask('staff', 'assistant');
    await ask('guardian', 'mother');
    const line = { childId: world.id.ours, kind: 'CHILD', unitId: world.unit['school'], rule: 'S-02' };
    expect((await reads()).slice(before)).toEqual([
      { ...line, role: expect.any(String) as string },
      { ...line, role: 'ASSISTANT' },
    ]);
  });
});

import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answering, begun, draftsOf, notTheAuthor, save, toMany, toSchool } from '../../test/drafting.ts';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure, sent, start } from '../../test/writing.ts';
import type { Draft } from '../domain/draft.ts';
import type { Message } from '../domain/thread.ts';
import { readDrafts } from './read-drafts.ts';

const { mother, father, teacher, leader } = people;
let world: World;
let message: Message;
let drafts: readonly Draft[];
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  message = sent(await start(world, mother));
  drafts = [await begun(world, mother), await begun(world, teacher)];
});
afterAll(() => world.close());

const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block', people.blocked],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the leader of another school', people.otherLeader],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a teacher of another group', people.teacherOfB],
  ['a machine', machine],
];

describe('keeping a draft (M44)', () => {
  test.each(outsiders)('is not for %s, who could not send it either (S-06)', async (_who, actor) => {
    expect([
      await failure(save(world, actor)),
      await failure(save(world, actor, { aim: answering(message.id) })),
      await failure(save(world, actor, { aim: answering(newId()) })),
    ]).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    if (actor !== people.teacherOfB && actor !== people.afterSchool)
      expect(await failure(save(world, actor, { aim: toMany }))).toBe('NOT_FOUND');
  });

  test.each(notTheAuthor)('is not seen, nor changed, by %s', async (_who, actor) => {
    for (const { id } of drafts) {
      expect(await draftsOf(world, actor, id)).toBe(0);
      expect(await failure(save(world, actor, { draftId: id, body: 'Min' }))).toBe('NOT_FOUND');
    }
  });

  test('is seen by its author', async () => {
    expect(await draftsOf(world, mother, drafts[0]!.id)).toBe(2);
    expect(await draftsOf(world, teacher, drafts[1]!.id)).toBe(2);
  });

  test('is for whoever could send it: guardians, staff in charge, and of a text to many who speaks there', async () => {
    for (const actor of [mother, teacher, leader])
      expect(await begun(world, actor, { aim: answering(message.id), subject: '' })).toMatchObject({
        aim: { kind: 'ANSWER', unitId: places.school, childIds: [children.ours] },
      });
    expect(await failure(save(world, father, { aim: answering(message.id) }))).toBe('NOT_FOUND');
    expect(await begun(world, leader, { aim: toMany })).toMatchObject({ aim: { kind: 'BROADCAST' } });
    expect(await failure(save(world, mother, { aim: toMany }))).toBe('NOT_FOUND');
    const nowhere = { ...toMany, places: [{ unitId: places.school, groupId: newId() }] };
    expect(await failure(save(world, leader, { aim: nowhere }))).toBe('NOT_FOUND');
    expect(
      await failure(save(world, people.office, { aim: toSchool({ childIds: [children.hidden] }) })),
    ).toBe('NOT_FOUND');
  });

  test('what is diverted lies nowhere, in no row and no event, and a draft that stands stays as it was (MSG-10, S-07)', async () => {
    const secret = `Kari slår ham hver dag ${newId()}`;
    const { id } = await begun(world, mother, { body: 'Hei' });
    expect(await save(world, mother, { body: secret })).toMatchObject({
      refusal: { kind: 'text-diverted' },
    });
    expect(await save(world, mother, { draftId: id, subject: secret })).toMatchObject({ ok: false });
    const [row] = await world.database.admin`select subject, body from draft where id = ${id}`;
    expect(row).toEqual({ subject: 'Tur', body: 'Hei' });
    const { admin } = world.database;
    for (const { name } of await admin<{ name: string }[]>`
      select oid::regclass::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`)
      expect(
        await admin.unsafe(`select from ${name} as one where to_jsonb(one)::text like '%${secret}%'`),
      ).toHaveLength(0);
  });

  test('to a unit where the child is not is none, whether there is such a unit or not (ADR-04)', async () => {
    for (const unitId of [places.otherSchool, newId()])
      expect(await save(world, mother, { aim: toSchool({ unitId }) })).toMatchObject({
        refusal: { kind: 'child-not-at-unit' },
      });
  });

  test('the same key changes the draft that it made, and one that is gone comes not back', async () => {
    const key = newId();
    const made = await Promise.all(
      Array.from({ length: 5 }, (_, at) => begun(world, mother, { idempotencyKey: key, body: `Nr ${at}` })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const { id } = await begun(world, mother, { idempotencyKey: key, body: 'Sist' });
    const [newest] = await readDrafts(world.deps, mother, { first: 1, after: null });
    expect(newest).toMatchObject({ id, body: 'Sist' });
    expect(await failure(save(world, mother, { draftId: newId() }))).toBe('NOT_FOUND');
  });

  test('somebody whose ground has ended sees theirs no more, and another’s ground changes nothing (S-02, GUA-13)', async () => {
    const child = newId();
    const tell = async (...some: (typeof mother)[]) => {
      await world.identity.guardians(
        child,
        some.map(({ personId }) => personId),
      );
      await world.settled();
    };
    await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await tell(mother, father);
    const { id } = await begun(world, father, { aim: toSchool({ childIds: [child] }) });
    expect(await draftsOf(world, father, id)).toBe(2);
    await tell(mother);
    expect([await draftsOf(world, father, id), await draftsOf(world, mother, id)]).toEqual([0, 0]);
    expect(await failure(save(world, father, { draftId: id, aim: toSchool() }))).toBe('NOT_FOUND');
  });
});

import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import { answer, failure, ids, noticed, refusal, sent, start } from '../../test/writing.ts';
import { readMessageReaders } from './read-message-readers.ts';
import { readThreadMessages } from './read-messages.ts';
import { readThreads } from './read-threads.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, teacherOfB, leader, assistant, office, kindergartenStaff, nextDoor } =
  people;
const sees = async (actor: Actor, threadId: string) =>
  (await readThreads(world.deps, actor, [threadId])).has(threadId);
const reads = async (actor: Actor, threadId: string) =>
  (await readThreadMessages(world.deps, actor, [{ threadId, after: null, first: 100 }]))[0]!.map(
    ({ id }) => id,
  );

const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian of another child in the same school', people.otherGuardian],
  ['a guardian with a local block (GUA-12)', people.blocked],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['staff of another unit', people.otherLeader],
  ['after-school staff, for the school (SFO-10)', people.afterSchool],
  ['a teacher of another group', teacherOfB],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff (GUA-24)', staff(mother.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

describe('a thread is no thread, and its child no child', () => {
  test.each(outsiders)('to %s: not to begin, not to read, not to answer (S-06)', async (_who, actor) => {
    for (const childId of [children.ours, newId()]) {
      expect(await failure(start(world, actor, { childIds: [childId] }))).toBe('NOT_FOUND');
      const where = { childIds: [childId], unitId: places.school };
      expect(await failure(readMessageReaders(world.deps, actor, where))).toBe('NOT_FOUND');
    }
    const { threadId, id } = sent(await start(world, teacher));
    expect(await sees(actor, threadId)).toBe(false);
    expect(await reads(actor, threadId)).toEqual([]);
    expect(await failure(answer(world, actor, id))).toBe('NOT_FOUND');
  });

  test('to a guardian who was not chosen, though a guardian all the same (MSG-05)', async () => {
    const { threadId, id } = sent(await start(world, mother));
    expect(await sees(father, threadId)).toBe(false);
    expect(await failure(answer(world, father, id))).toBe('NOT_FOUND');
  });
});

describe('from home to a unit', () => {
  test('the contact teacher is written to, and to no other guardian who is not chosen (MSG-02, MSG-05)', async () => {
    const alone = sent(await start(world, mother));
    expect(alone.homeReaderIds).toEqual(ids(mother));
    expect(await noticed(world, alone.id)).toEqual(ids(teacher));
    const both = sent(
      await start(world, mother, { alsoGuardianIds: ids(father), alsoStaffIds: ids(leader) }),
    );
    expect(both.homeReaderIds).toEqual(ids(mother, father));
    expect(await noticed(world, both.id)).toEqual(ids(teacher, leader, father));
  });

  test('those in charge of the child read it besides, and nobody else at school (MSG-02)', async () => {
    const { threadId } = sent(await start(world, mother));
    for (const actor of [mother, teacher, leader, office, assistant])
      expect(await sees(actor, threadId)).toBe(true);
    expect(await sees(teacherOfB, threadId)).toBe(false);
  });

  test('nobody reads at work what the other guardian has written of their own child, nor is it written to them (GUA-24, MSG-05)', async () => {
    const { identity, settled, deps } = world;
    const [child, own] = [newId(), { childIds: [] as string[] }];
    const atWork = staff();
    await identity.roles(atWork.personId, [
      { role: 'CONTACT_TEACHER', unitId: places.school, groupId: places.groupA },
      { role: 'KINDERGARTEN', unitId: places.kindergarten },
    ]);
    await identity.guardians(child, [mother.personId, atWork.personId]);
    await identity.enrolments(child, [
      { unitId: places.school, groupIds: [places.groupA] },
      { unitId: places.kindergarten, groupIds: [places.department] },
    ]);
    await settled();
    own.childIds = [child];
    for (const unitId of [places.school, places.kindergarten]) {
      const where = { ...own, unitId };
      const { threadId, id } = sent(await start(world, mother, { ...where, text: 'Bare til dere' }));
      expect(await noticed(world, id)).not.toContain(atWork.personId);
      expect([await sees(atWork, threadId), await reads(atWork, threadId)]).toEqual([false, []]);
      expect(await failure(answer(world, atWork, id))).toBe('NOT_FOUND');
      expect(await failure(start(world, atWork, where))).toBe('NOT_FOUND');
      const told = await readMessageReaders(deps, mother, where);
      expect(told!.addressed.map(({ personId }) => personId)).not.toContain(atWork.personId);
      expect(told!.addressed.length).toBeGreaterThan(0);
      // The tables say so by themselves (S-12).
      const rows = await lookAs(deps.db, atWork, (tx) =>
        tx.execute(sql`select from message where id = ${id}`),
      );
      expect(rows).toHaveLength(0);
    }
    // Of the others in the group they read as before.
    expect(await sees(atWork, sent(await start(world, mother)).threadId)).toBe(true);
    await identity.roles(atWork.personId, []);
    await settled();
  });

  test('in a kindergarten everybody who works there reads it, and is told (MSG-02, A19)', async () => {
    const small = { childIds: [children.small], unitId: places.kindergarten };
    const { threadId, id } = sent(await start(world, mother, small));
    expect(await noticed(world, id)).toEqual(ids(kindergartenStaff, nextDoor));
    for (const actor of [kindergartenStaff, nextDoor]) expect(await sees(actor, threadId)).toBe(true);
    expect(sent(await answer(world, nextDoor, id)).homeReaderIds).toEqual(ids(mother));
    expect(await failure(start(world, nextDoor, small))).toBe('NOT_FOUND');
  });

  test('after school has threads of its own (MSG-03)', async () => {
    const { threadId, id } = sent(await start(world, mother, { unitId: places.afterSchool }));
    expect(await noticed(world, id)).toEqual(ids(people.afterSchool));
    for (const actor of [teacher, leader]) expect(await sees(actor, threadId)).toBe(false);
  });

  test('who will read is told before, and is who then does (M05)', async () => {
    const reached = ({ personId }: { readonly personId: string }, role: string) => ({
      ...{ personId, role, away: null, standsInFor: null },
    });
    const ask = (actor: Actor, childId: string, unitId: string) =>
      readMessageReaders(world.deps, actor, { childIds: [childId], unitId });
    expect(await ask(mother, children.ours, places.school)).toEqual({
      unitKind: 'SCHOOL',
      guardLevel: 'SCHOOL',
      addressed: [reached(teacher, 'CONTACT_TEACHER')],
      inMailbox: [reached(people.assistant, 'ASSISTANT'), reached(teacher, 'CONTACT_TEACHER')],
      guardians: [mother, father]
        .map(({ personId }) => ({ personId, isWriter: personId === mother.personId }))
        .toSorted((a, b) => (a.personId < b.personId ? -1 : 1)),
    });
    for (const elsewhere of [places.otherSchool, places.kindergarten, newId()])
      expect(await ask(mother, children.ours, elsewhere)).toBeNull();
    const small = await ask(mother, children.small, places.kindergarten);
    expect(ids(...small!.addressed)).toEqual(ids(kindergartenStaff, nextDoor));
  });
});

describe('from a unit to home', () => {
  test('it goes to every guardian alike (MSG-04, GUA-03)', async () => {
    const { id, homeReaderIds } = sent(await start(world, teacher));
    expect(homeReaderIds).toEqual(ids(mother, father));
    expect(await noticed(world, id)).toEqual(ids(mother, father));
  });

  test('who is left out is left out with a cause, which is kept (MSG-04)', async () => {
    const leave = (cause: string, ...some: readonly { readonly personId: string }[]) =>
      start(world, teacher, { leaveOut: some.map(({ personId }) => ({ personId, cause })) });
    expect(refusal(await leave(' ', father))).toBe('cause-missing');
    expect(refusal(await leave('Alene', mother, father))).toBe('nobody-left');
    expect(refusal(await leave('Fremmed', people.stranger))).toBe('recipient-gone');
    const { threadId } = sent(await leave('Avtalt med begge', father));
    expect(await sees(father, threadId)).toBe(false);
    expect(
      await world.database
        .admin`select person_id, cause, left_out_by from left_out where thread_id = ${threadId}`,
    ).toEqual([{ person_id: father.personId, cause: 'Avtalt med begge', left_out_by: teacher.personId }]);
  });
});

describe('whom a thread is about (GUA-23)', () => {
  test('siblings with the very same guardians share one, half-siblings never', async () => {
    expect(refusal(await start(world, mother, { childIds: [children.ours, children.half].toSorted() }))).toBe(
      'guardians-differ',
    );
    const together = [children.ours, children.sibling].toSorted();
    const { threadId } = sent(await start(world, mother, { childIds: together }));
    // Each of the contact teachers has but one of the two in their charge; the leader has both.
    expect(await sees(leader, threadId)).toBe(true);
    for (const actor of [teacher, teacherOfB]) expect(await sees(actor, threadId)).toBe(false);
  });

  test('a child is at the unit', async () => {
    for (const unitId of [places.otherSchool, places.kindergarten, newId()])
      expect(refusal(await start(world, mother, { unitId }))).toBe('child-not-at-unit');
  });
});

test('a day that is not today’s: a place that ended yesterday is no place', async () => {
  const child = newId();
  await world.identity.guardians(child, ids(mother, father));
  await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA], to: today }]);
  await world.settled();
  expect(refusal(await start(world, mother, { childIds: [child] }))).toBe('child-not-at-unit');
});

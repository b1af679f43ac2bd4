import type { Actor } from '@ranselpost/kit/pure/actor';
import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, failure, ids, noticed, sent, start } from '../../test/writing.ts';
import { erasePerson } from './erase-person.ts';
import { moveToCase } from './put-away.ts';
import { countUnread } from './read-inbox.ts';
import { readMailbox, readMailboxEntries } from './read-mailbox.ts';
import { readMessageReaders } from './read-message-readers.ts';
import { releaseThread, settleThread, takeThread } from './take-thread.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, teacherOfB, assistant, leader, office, otherGuardian } = people;
const waiting = async (actor: Actor, groupId: string | null = null, unitId = places.school) =>
  (await readMailbox(world.deps, actor, { unitId, groupId, after: null, first: 100 }))?.map(
    ({ threadId }) => threadId,
  ) ?? null;
const take = (actor: Actor, threadId: string, forId: string | null = null, fromId: string | null = null) =>
  takeThread(world.deps, actor, { threadId, forId, fromId });
const seen = async (actor: Actor, threadId: string) =>
  (await readMailboxEntries(world.deps, actor, [threadId])).get(threadId) ?? null;

test('a mailbox is seen and seen to by staff who read the thread, and by nobody else (M27, GUA-13, S-06)', async () => {
  const { threadId } = sent(await start(world, mother));
  for (const actor of [
    ...[mother, father, people.stranger, people.blocked, otherGuardian, people.former, teacherOfB],
    ...[people.otherLeader, people.afterSchool, people.formerTeacher, staff(mother.personId), machine],
  ]) {
    expect(await seen(actor, threadId)).toBeNull();
    expect((await waiting(actor)) ?? []).not.toContain(threadId);
    expect(await failure(take(actor, threadId))).toBe('NOT_FOUND');
    expect(await failure(releaseThread(world.deps, actor, threadId))).toBe('NOT_FOUND');
    expect(await failure(settleThread(world.deps, actor, threadId))).toBe('NOT_FOUND');
  }
  for (const actor of [mother, people.otherLeader, people.afterSchool, machine])
    expect(await waiting(actor)).toBeNull();
  for (const actor of [teacher, assistant, leader, office]) expect(await waiting(actor)).toContain(threadId);
  expect(await failure(take(teacher, newId()))).toBe('NOT_FOUND');
});

test('what waits is listed for the unit and for each group, longest first, until it is answered', async () => {
  const first = sent(await start(world, otherGuardian, { childIds: [children.theirs] }));
  const second = sent(await start(world, mother));
  const both = sent(await start(world, mother, { childIds: [children.sibling] }));
  const inOrder = (await waiting(leader))!.filter((id) =>
    [first, second, both].some((one) => one.threadId === id),
  );
  expect(inOrder).toEqual([first.threadId, second.threadId, both.threadId]);
  expect(await waiting(leader, places.groupB)).toEqual([first.threadId, both.threadId]);
  expect(await waiting(leader, newId())).toEqual([]);
  sent(await answer(world, teacherOfB, first.id));
  await settleThread(world.deps, teacherOfB, both.threadId);
  expect(await waiting(leader, places.groupB)).toEqual([]);
  sent(await answer(world, mother, both.id));
  expect(await waiting(leader, places.groupB)).toEqual([both.threadId]);
  // What is moved to a case is not to be answered here any more (MSG-12).
  await moveToCase(world.deps, teacher, second.id);
  expect(await waiting(leader, places.groupA)).not.toContain(second.threadId);
});

test('of a protected child, nothing waits for those who are not named (ADR-10)', async () => {
  const { threadId } = sent(await start(world, mother, { childIds: [children.hidden] }));
  for (const actor of [office, assistant]) expect(await waiting(actor)).not.toContain(threadId);
  for (const actor of [leader, teacher]) expect(await waiting(actor)).toContain(threadId);
  expect(await take(teacher, threadId, office.personId)).toMatchObject({ refusal: { kind: 'cannot-read' } });
});

describe('a thread that somebody has taken', () => {
  test('is theirs, handed over or taken over knowingly, and they are told of what comes', async () => {
    const message = sent(await start(world, mother));
    const { threadId } = message;
    expect(await take(assistant, threadId)).toMatchObject({
      ok: true,
      value: { takenBy: assistant.personId },
    });
    expect(await take(office, threadId)).toMatchObject({
      refusal: { kind: 'taken', takenBy: assistant.personId },
    });
    expect(await releaseThread(world.deps, office, threadId)).toMatchObject({ ok: false });
    const more = sent(await answer(world, mother, message.id));
    expect(await noticed(world, more.id)).toEqual(ids(teacher, assistant));
    const before = await countUnread(world.deps, leader);
    expect(await take(assistant, threadId, leader.personId, assistant.personId)).toMatchObject({ ok: true });
    expect(await countUnread(world.deps, leader)).toBe(before + 1);
    const [notice] = await world.database.admin<{ data: { recipients: object[] } }[]>`
      select data from outbox where type = 'messaging.notice.due.v1' and data->>'subjectId' = ${threadId}
      order by id desc limit 1`;
    expect(notice!.data.recipients).toEqual([
      { personId: leader.personId, capacity: 'staff', childIds: [children.ours] },
    ]);
    expect(await releaseThread(world.deps, leader, threadId)).toMatchObject({ value: { takenBy: null } });
  });

  test('is nobody’s when whoever had it has no right to it any more, so that no absence loses mail (M27, S-09)', async () => {
    const { identity, settled, database } = world;
    const { threadId } = sent(await start(world, mother));
    const passing = { ...teacher, personId: newId() };
    const tell = async (to: string) => {
      await identity.roles(passing.personId, [
        { role: 'TEACHER', unitId: places.school, groupId: places.groupA, to },
      ]);
      await settled();
    };
    expect(await take(teacher, threadId, passing.personId)).toMatchObject({
      refusal: { kind: 'cannot-read' },
    });
    await tell('2099-01-01');
    expect(await take(passing, threadId)).toMatchObject({ ok: true });
    await tell('2024-08-01');
    expect(await seen(teacher, threadId)).toMatchObject({ takenBy: null, takenAt: null });
    expect(await take(teacher, threadId)).toMatchObject({ value: { takenBy: teacher.personId } });
    // Also when they are erased (RET-08).
    await world.deps.db.asService((tx) => erasePerson(tx, teacher.personId));
    expect(await database.admin`select taken_by from mailbox_entry where thread_id = ${threadId}`).toEqual([
      { taken_by: null },
    ]);
  });
});

test('home writes to a class, and is told who that is; an answer goes to whoever works there by then (M27, M05)', async () => {
  const readers = await readMessageReaders(world.deps, mother, {
    ...{ childIds: [children.ours], unitId: places.school },
  });
  const persons = (some: readonly { readonly personId: string }[]) =>
    some.map(({ personId }) => personId).toSorted();
  expect(persons(readers!.addressed)).toEqual(ids(teacher));
  expect(persons(readers!.inMailbox)).toEqual(ids(teacher, assistant));
  const message = sent(await start(world, mother, { toMailbox: true }));
  expect(await noticed(world, message.id)).toEqual(ids(teacher, assistant));
  const joined = newId();
  await world.identity.roles(joined, [{ role: 'TEACHER', unitId: places.school, groupId: places.groupA }]);
  await world.settled();
  const more = sent(await answer(world, mother, message.id));
  expect(await noticed(world, more.id)).toEqual([...ids(teacher, assistant), joined].toSorted());
});

import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, failure, ids, sent, start } from '../../test/writing.ts';
import { markThread } from './mark-thread.ts';
import { countUnread, readInbox, searchMessages } from './read-inbox.ts';
import { readReceipts } from './read-receipts.ts';
import { releaseMessage } from './release-message.ts';
import { readUnitThreads } from './read-unit-threads.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, teacherOfB, leader, otherGuardian } = people;
const all = { after: null, first: 100 };
const inbox = async (actor: Actor, isArchived = false) =>
  (await readInbox(world.deps, actor, { ...all, isArchived })).map(({ threadId }) => threadId);
const unread = (actor: Actor) => countUnread(world.deps, actor);
const found = async (actor: Actor, words: string) =>
  (await searchMessages(world.deps, actor, { ...all, words })).map(({ id }) => id);
const dropped = async (messageId: string) =>
  (
    await world.database.admin<{ data: { recipients?: string[] } }[]>`
      select data from outbox where type = 'messaging.notice.dropped.v1' and subject = ${messageId}`
  ).flatMap(({ data }) => data.recipients ?? ['everybody']);

test('an inbox is its owner’s, in the capacity they are signed in with, and of nobody else (GUA-13, GUA-24)', async () => {
  const first = sent(await start(world, mother, { text: 'Ranselen er borte' }));
  const second = sent(await start(world, teacher));
  expect(await inbox(mother)).toEqual([second.threadId, first.threadId]);
  expect(await inbox(father)).toEqual([second.threadId]);
  expect(await inbox(teacher)).toEqual([second.threadId, first.threadId]);
  for (const actor of [
    people.stranger,
    otherGuardian,
    teacherOfB,
    leader,
    staff(mother.personId),
    people.former,
  ]) {
    expect([await inbox(actor), await unread(actor), await found(actor, 'ranselen')]).toEqual([[], 0, []]);
    expect(await failure(markThread(world.deps, actor, first.threadId, 'READ'))).toBe('NOT_FOUND');
  }
  for (const actor of [machine, { kind: 'service', name: 'identity' }] as const)
    expect(await failure(inbox(actor))).toBe('NOT_FOUND');
  expect([await unread(mother), await unread(father), await unread(teacher)]).toEqual([1, 1, 1]);
});

test('what is read is unread no more, and its notice is dropped; what is put away comes back with the next (M28)', async () => {
  const toBoth = sent(await start(world, teacher));
  const { threadId } = toBoth;
  const before = await unread(mother);
  expect(await markThread(world.deps, mother, threadId, 'READ')).toMatchObject({ isUnread: false });
  expect([await unread(mother), await dropped(toBoth.id)]).toEqual([before - 1, [mother.personId]]);
  await markThread(world.deps, mother, threadId, 'UNREAD');
  expect(await unread(mother)).toBe(before);
  await markThread(world.deps, mother, threadId, 'ARCHIVED');
  expect([(await inbox(mother)).includes(threadId), await inbox(mother, true)]).toEqual([false, [threadId]]);
  // Of the other guardian nothing has changed (ADR-11).
  expect((await readInbox(world.deps, father, { ...all, isArchived: false }))[0]).toMatchObject({
    ...{ threadId, isUnread: true, readAt: null },
  });
  sent(await answer(world, teacher, toBoth.id));
  expect([(await inbox(mother))[0], await inbox(mother, true)]).toEqual([threadId, []]);
});

test('a page goes on after an entry', async () => {
  const page = async (after: { at: string; id: string } | null) =>
    readInbox(world.deps, mother, { after, first: 1, isArchived: false });
  const [top, next] = await page(null);
  const later = await page({ at: top!.lastMessageAt.toISOString(), id: top!.threadId });
  expect(later[0]).toEqual(next);
});

test('a search finds Norwegian words in their forms, in what reached whoever searches (GUA-13)', async () => {
  const { id } = sent(await start(world, mother, { text: 'Guttene mistet sekkene sine på fjellturen.' }));
  for (const words of ['sekk', 'gutter', 'sekken -regn', '"mistet sekkene"'])
    expect(await found(mother, words)).toEqual([id]);
  for (const words of ['regn', 'sekk -gutt', "'); drop table message; --", '&|!<>:*'])
    expect(await found(mother, words)).toEqual([]);
  expect(await found(teacher, 'sekk')).toEqual([id]);
  expect(await found(father, 'sekk')).toEqual([]);
});

test('staff list what they may read at their unit, also what was not written to them (MSG-02)', async () => {
  const list = async (actor: Actor, unitId = places.school) =>
    (await readUnitThreads(world.deps, actor, { unitId, ...all }))?.map(({ id }) => id) ?? null;
  const ofB = sent(await start(world, otherGuardian, { childIds: [children.theirs] }));
  const whole = (await list(leader))!;
  expect(whole[0]).toBe(ofB.threadId);
  expect(whole.length).toBeGreaterThan(3);
  expect(await list(teacherOfB)).toEqual([ofB.threadId]);
  expect(await list(teacher)).not.toContain(ofB.threadId);
  for (const actor of [mother, people.otherLeader, people.afterSchool, staff(mother.personId), machine])
    expect(await list(actor)).toBeNull();
});

describe('how many at home have read what staff wrote (M16)', () => {
  const receiptFor = async (actor: Actor, id: string) =>
    (await readReceipts(world.deps, actor, [id])).get(id) ?? null;
  const tell = async (state: 'OPEN' | 'CLOSED' | 'SUSPENDED') => {
    await world.identity.features(places.school, [
      { feature: 'MESSAGING', state: 'OPEN' },
      { feature: 'READ_RECEIPTS', state },
    ]);
    await world.settled();
  };

  test('is for who wrote it, as a number, and for nobody else, least of all the other guardian (ADR-11, X13)', async () => {
    const message = sent(await start(world, teacher));
    expect(await receiptFor(teacher, message.id)).toBeNull();
    await tell('OPEN');
    expect(await receiptFor(teacher, message.id)).toEqual({ readerCount: 0, among: 2 });
    await markThread(world.deps, mother, message.threadId, 'READ');
    await markThread(world.deps, father, message.threadId, 'ARCHIVED');
    expect(await receiptFor(teacher, message.id)).toEqual({ readerCount: 1, among: 2 });
    const next = sent(await answer(world, teacher, message.id));
    expect(await receiptFor(teacher, next.id)).toEqual({ readerCount: 0, among: 2 });
    const reply = sent(await answer(world, mother, next.id));
    await markThread(world.deps, teacher, message.threadId, 'READ');
    for (const actor of [mother, father, leader, people.office, guardian(teacher.personId), machine])
      for (const { id } of [message, reply]) expect(await receiptFor(actor, id)).toBeNull();
    expect(await receiptFor(teacher, reply.id)).toBeNull();
    for (const state of ['SUSPENDED', 'CLOSED'] as const) {
      await tell(state);
      expect(await receiptFor(teacher, message.id)).toBeNull();
    }
  });

  test('is nothing of a protected child, of what is held, and to staff who are guardians in that home (S-08, X13)', async () => {
    await tell('OPEN');
    const held = sent(await start(world, teacher, { childIds: [children.hidden] }));
    expect(await receiptFor(teacher, held.id)).toBeNull();
    await releaseMessage(world.deps, leader, held.id);
    expect(await receiptFor(teacher, held.id)).toBeNull();
    const child = newId();
    await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await world.identity.guardians(child, ids(mother));
    await world.settled();
    const own = sent(await start(world, teacher, { childIds: [child] }));
    expect(await receiptFor(teacher, own.id)).toMatchObject({ among: 1 });
    await world.identity.guardians(child, ids(mother, teacher));
    await world.settled();
    expect(await receiptFor(teacher, own.id)).toBeNull();
    await tell('CLOSED');
  });
});

describe('whose access ends', () => {
  test('finds an empty inbox, no number and no hit, and gets all of it back with a new ground alone (GUA-10, GUA-13)', async () => {
    const { identity, settled, deps } = world;
    const child = newId();
    const tell = async (...some: readonly { readonly personId: string }[]) => {
      await identity.guardians(child, ids(...some));
      await settled();
    };
    const leaves = { ...people.stranger, personId: newId() };
    await identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await tell(leaves, mother);
    const { threadId } = sent(await start(world, teacher, { childIds: [child], text: 'Matpakke' }));
    expect([await inbox(leaves), await unread(leaves), (await found(leaves, 'matpakke')).length]).toEqual([
      [threadId],
      1,
      1,
    ]);
    await tell(mother);
    expect([await inbox(leaves), await unread(leaves), await found(leaves, 'matpakke')]).toEqual([[], 0, []]);
    expect(await failure(markThread(deps, leaves, threadId, 'READ'))).toBe('NOT_FOUND');
  });
});

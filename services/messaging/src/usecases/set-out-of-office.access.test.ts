import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld, today } from '../../test/world.ts';
import { answer, failure, ids, noticed, sent, start } from '../../test/writing.ts';
import { erasePerson } from './erase-person.ts';
import { readAnswerReaders } from './read-answer-readers.ts';
import { countUnread } from './read-inbox.ts';
import { readMessageReaders } from './read-message-readers.ts';
import { readMessages } from './read-messages.ts';
import { endOutOfOffice, readOutOfOffice, setOutOfOffice } from './set-out-of-office.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, teacher, teacherOfB, assistant, leader, office } = people;
type Wanted = Parameters<typeof setOutOfOffice>[2];
const set = (actor: Actor, more: Partial<Wanted> = {}) =>
  setOutOfOffice(world.deps, actor, {
    ...{ unitId: places.school, personId: teacher.personId, from: today, to: addDays(today, 5) },
    ...{ reply: 'ANSWERS_WHEN_BACK', standInId: null },
    ...more,
  });
const readers = async () => {
  const found = await readMessageReaders(world.deps, mother, {
    ...{ childIds: [children.ours], unitId: places.school },
  });
  return found!.addressed.map(({ personId, away, standsInFor }) => ({
    personId,
    isAway: away !== null,
    standsInFor,
  }));
};

test('being away is said by whoever is, or their leader, and is seen by colleagues (M24, S-06, S-12)', async () => {
  for (const actor of [
    ...[mother, people.stranger, assistant, office, people.otherLeader, people.afterSchool],
    ...[people.formerTeacher, staff(mother.personId), machine],
  ]) {
    expect(await failure(set(actor))).toBe('NOT_FOUND');
    // The second lock alone.
    const insert = sql`insert into out_of_office (id, unit_id, person_id, from_day, to_day, reply)
      values (${newId()}, ${places.school}, ${teacher.personId}, '2030-01-01', '2030-01-02', 'ANSWERS_WHEN_BACK')`;
    await expect(lookAs(world.deps.db, actor, (tx) => tx.execute(insert))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  }
  expect(await set(teacher, { standInId: people.otherLeader.personId })).toMatchObject({
    refusal: { kind: 'stand-in-unknown' },
  });
  const [own, ofLeader] = [
    await set(teacher, { from: addDays(today, 40), to: addDays(today, 41) }),
    await set(leader, { from: addDays(today, 50), to: addDays(today, 51) }),
  ];
  if (!own.ok || !ofLeader.ok) throw new Error('not set');
  expect(await set(teacher, { from: addDays(today, 40), to: addDays(today, 41) })).toEqual(own);
  for (const actor of [assistant, office, teacherOfB])
    expect(await readOutOfOffice(world.deps, actor, places.school)).toEqual([own.value, ofLeader.value]);
  for (const actor of [mother, people.otherLeader, people.afterSchool, staff(mother.personId), machine]) {
    expect(await readOutOfOffice(world.deps, actor, places.school)).toBeNull();
    expect(await failure(endOutOfOffice(world.deps, actor, own.value.id))).toBe('NOT_FOUND');
    if (actor !== mother)
      expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from out_of_office`))).toEqual(
        [],
      );
    const remove = sql`delete from out_of_office returning id`;
    expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(remove))).toEqual([]);
  }
  for (const { id } of [own.value, ofLeader.value]) await endOutOfOffice(world.deps, teacher, id);
  expect(await failure(endOutOfOffice(world.deps, leader, own.value.id))).toBe('NOT_FOUND');
});

test('whoever writes sees who is away and who reads instead, before and in a thread; nobody reads more by it (M05, M24, S-09)', async () => {
  const before = sent(await start(world, mother));
  expect(await readers()).toEqual([{ personId: teacher.personId, isAway: false, standsInFor: null }]);
  // A teacher of another class stands in, who reads nothing of this one.
  const without = await set(leader, { reply: 'STAND_IN_ANSWERS', standInId: teacherOfB.personId });
  const away = { personId: teacher.personId, isAway: true, standsInFor: null };
  const inFor = (personId: string) => ({ personId, isAway: false, standsInFor: teacher.personId });
  expect(await readers()).toEqual([away, inFor(assistant.personId)]);
  const first = sent(await answer(world, mother, before.id));
  expect(await noticed(world, first.id)).toEqual(ids(assistant));
  expect((await readMessages(world.deps, teacherOfB, [first.id])).size).toBe(0);
  expect(await countUnread(world.deps, teacherOfB)).toBe(0);
  // With a role of their own in the class they do.
  await world.identity.roles(teacherOfB.personId, [
    { role: 'CONTACT_TEACHER', unitId: places.school, groupId: places.groupB },
    { role: 'TEACHER', unitId: places.school, groupId: places.groupA },
  ]);
  await world.settled();
  expect(await readers()).toEqual([away, inFor(teacherOfB.personId)]);
  const unread = await countUnread(world.deps, teacher);
  const second = sent(await start(world, mother));
  expect(await noticed(world, second.id)).toEqual(ids(teacherOfB));
  expect([await countUnread(world.deps, teacherOfB), await countUnread(world.deps, teacher)]).toEqual([
    1,
    unread + 1,
  ]);
  const told = (await readAnswerReaders(world.deps, mother, [before.threadId])).get(before.threadId)!;
  expect(told.map(({ personId }) => personId)).toEqual([teacher.personId, teacherOfB.personId]);
  for (const actor of [people.father, people.stranger, people.otherLeader, machine])
    expect((await readAnswerReaders(world.deps, actor, [before.threadId])).size).toBe(0);
  // Nothing was written into the thread by itself.
  const [count] = await world.database.admin`
    select count(*)::int as count from message where thread_id = ${before.threadId}`;
  expect(count).toEqual({ count: 2 });
  if (!without.ok) throw new Error('not set');
  await endOutOfOffice(world.deps, teacher, without.value.id);
  expect(await readers()).toEqual([{ personId: teacher.personId, isAway: false, standsInFor: null }]);
});

test('nothing of it stays when the days are over, or under an erased id (RET-08)', async () => {
  const rows = () => world.database.admin`select person_id, stand_in from out_of_office`;
  await set(teacher, { standInId: office.personId });
  await world.deps.db.asService((tx) => erasePerson(tx, office.personId));
  expect(await rows()).toEqual([{ person_id: teacher.personId, stand_in: null }]);
  const later = { ...world.deps, now: () => new Date(Date.now() + 30 * 86_400_000) };
  await setOutOfOffice(later, assistant, {
    ...{ unitId: places.school, personId: assistant.personId, from: addDays(today, 40) },
    ...{ to: addDays(today, 41), reply: 'CONTACT_THE_UNIT', standInId: null },
  });
  expect(await rows()).toEqual([{ person_id: assistant.personId, stand_in: null }]);
  await world.deps.db.asService((tx) => erasePerson(tx, assistant.personId));
  expect(await rows()).toEqual([]);
});

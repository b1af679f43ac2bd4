import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { kindOf, publish, taken } from '../../test/meetings.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, failure, ids, sent, start } from '../../test/writing.ts';
import type { TalkAnswer } from '../domain/talk-request.ts';
import { erasePerson } from './erase-person.ts';
import { countUnread } from './read-inbox.ts';
import { readMailboxEntries } from './read-mailbox.ts';
import { answerTalkRequest, readTalkRequests, requestTalk } from './request-talk.ts';
import { settleThread } from './take-thread.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, assistant, leader } = people;
const ask = (actor: Actor, messageId: string) => requestTalk(world.deps, actor, { messageId, way: 'PHONE' });
const reply = (actor: Actor, requestId: string, kind: TalkAnswer['kind'], offerId: string | null = null) =>
  answerTalkRequest(world.deps, actor, { requestId, answer: kind, offerId });
const seen = async (actor: Actor, threadId: string) =>
  ((await readTalkRequests(world.deps, actor, [threadId])).get(threadId) ?? []).map(({ state }) => state);
const waits = async (threadId: string) =>
  (await readMailboxEntries(world.deps, teacher, [threadId])).get(threadId)?.waitsSince != null;
const noticed = async (threadId: string) => {
  const rows = await world.database.admin<{ data: { recipients: { personId: string }[] } }[]>`
    select data from outbox where type = 'messaging.notice.due.v1' and data->>'subjectId' = ${threadId} order by id`;
  return rows
    .at(-1)!
    .data.recipients.map(({ personId }) => personId)
    .toSorted();
};

test('a talk is asked for by whoever reads the message, and seen by the unit and by no other guardian (M25, MSG-19, MSG-05, S-12)', async () => {
  const message = sent(await start(world, teacher));
  const { threadId } = message;
  const { id } = taken(await ask(mother, message.id));
  expect(taken(await ask(mother, message.id)).id).toBe(id);
  for (const actor of [mother, teacher, assistant, leader])
    expect(await seen(actor, threadId)).toEqual(['OPEN']);
  for (const actor of [
    ...[father, people.stranger, people.blocked, people.former, people.teacherOfB, people.afterSchool],
    ...[people.otherLeader, staff(mother.personId), machine],
  ]) {
    expect(await seen(actor, threadId)).toEqual([]);
    expect(await failure(reply(actor, id, 'ACCEPTED'))).toBe('NOT_FOUND');
    if (actor !== father) expect(await failure(ask(actor, message.id))).toBe('NOT_FOUND');
    // The second lock alone.
    expect(await lookAs(world.deps.db, actor, (tx) => tx.execute(sql`select from talk_request`))).toEqual([]);
    const { personId } = 'personId' in actor ? actor : mother;
    const insert = sql`insert into talk_request (id, message_id, home_readers, asked_by, asked_as, way)
      values (${newId()}, ${message.id}, ${`{${mother.personId}}`}::uuid[], ${personId}, 'staff', 'PHONE')`;
    await expect(lookAs(world.deps.db, actor, (tx) => tx.execute(insert))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  }
  expect([await waits(threadId), await noticed(threadId)]).toEqual([true, ids(teacher)]);
  // That no answer in writing is needed says nothing of the talk.
  await settleThread(world.deps, teacher, threadId);
  expect(await waits(threadId)).toBe(true);
  const unread = await countUnread(world.deps, mother);
  expect(taken(await reply(assistant, id, 'ACCEPTED')).state).toBe('ACCEPTED');
  expect([await waits(threadId), await noticed(threadId)]).toEqual([false, ids(mother)]);
  expect(await countUnread(world.deps, mother)).toBe(unread);
  expect(kindOf(await reply(teacher, id, 'DECLINED'))).toBe('talk-answered');
});

test('staff propose times that they offer about the child, of which one is booked as any', async () => {
  const message = sent(await start(world, mother));
  const { id } = taken(await ask(mother, message.id));
  const elsewhere = await publish(world, people.teacherOfB, { to: { childIds: [children.theirs] } });
  for (const offerId of [elsewhere.offer.id, newId(), null])
    expect(kindOf(await reply(teacher, id, 'PROPOSED', offerId))).toBe('talk-offer-wrong');
  const own = await publish(world, teacher, { to: { childIds: [children.ours] } });
  expect(taken(await reply(teacher, id, 'PROPOSED', own.offer.id))).toMatchObject({
    ...{ state: 'PROPOSED', offerId: own.offer.id },
  });
  // The message itself still waits for an answer.
  expect(await waits(message.threadId)).toBe(true);
  sent(await answer(world, teacher, message.id));
  expect(await waits(message.threadId)).toBe(false);
});

test('staff ask the readers of a message, whose answer they are told; of a protected child nothing leaves by itself (S-08)', async () => {
  const message = sent(await start(world, mother));
  const { id } = taken(await ask(teacher, message.id));
  expect([await seen(mother, message.threadId), await seen(father, message.threadId)]).toEqual([
    ['OPEN'],
    [],
  ]);
  expect(await noticed(message.threadId)).toEqual(ids(mother));
  expect(kindOf(await reply(mother, id, 'PROPOSED'))).toBe('talk-offer-wrong');
  expect(taken(await reply(mother, id, 'DECLINED')).state).toBe('DECLINED');
  expect(await noticed(message.threadId)).toEqual(ids(teacher));
  const hidden = sent(await start(world, mother, { childIds: [children.hidden] }));
  const before = await noticed(hidden.threadId);
  taken(await ask(teacher, hidden.id));
  expect(await noticed(hidden.threadId)).toEqual(before);
  expect(await seen(mother, hidden.threadId)).toEqual(['OPEN']);
});

test('nothing is asked where messages are stopped or the thread is closed, and nothing stays of who is erased (MSG-01, GUA-23, RET-08)', async () => {
  const { identity, settled, database, deps } = world;
  const child = newId();
  const [gone, stays] = [{ ...people.stranger, personId: newId() }, mother];
  await identity.guardians(child, ids(gone, stays));
  await identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
  await settled();
  const message = sent(await start(world, teacher, { childIds: [child] }));
  const { id } = taken(await ask(gone, message.id));
  taken(await ask(teacher, message.id));
  await deps.db.asService((tx) => erasePerson(tx, gone.personId));
  await deps.db.asService((tx) => erasePerson(tx, teacher.personId));
  const left =
    await database.admin`select asked_by, home_readers from talk_request where thread_id = ${message.threadId}`;
  expect(left).toEqual([{ asked_by: null, home_readers: [stays.personId] }]);
  expect(await failure(reply(leader, id, 'ACCEPTED'))).toBe('NOT_FOUND');
  await identity.guardians(child, ids(stays, father));
  await settled();
  expect(kindOf(await ask(stays, message.id))).toBe('talk-thread-closed');
  const other = sent(await start(world, mother));
  await identity.features(places.school, [{ feature: 'MESSAGING', state: 'SUSPENDED' }]);
  await settled();
  expect(kindOf(await ask(mother, other.id))).toBe('feature-closed');
});

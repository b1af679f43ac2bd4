import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, failure, sent, start } from '../../test/writing.ts';
import { markThread } from './mark-thread.ts';
import { withdrawMessage } from './put-away.ts';
import { countUnread, searchMessages } from './read-inbox.ts';
import { readMessages } from './read-messages.ts';
import { readThreads } from './read-threads.ts';
import { requestTalk } from './request-talk.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, leader } = people;

test('withdrawing is for nobody but who wrote it', async () => {
  const { id } = sent(await start(world, teacher));
  for (const actor of [mother, father, leader, people.assistant, people.stranger, people.teacherOfB])
    expect(await failure(withdrawMessage(world.deps, actor, id))).toBe('NOT_FOUND');
});

test('what is withdrawn nobody reads or finds, its notices are dropped, and its trace stays (MSG-17)', async () => {
  const { deps, database } = world;
  const message = sent(await start(world, teacher, { text: 'Sendt til feil', subject: 'Feil' }));
  const before = await countUnread(deps, mother);
  expect(await withdrawMessage(deps, teacher, message.id)).toMatchObject({ ok: true });
  expect(await withdrawMessage(deps, teacher, message.id)).toMatchObject({ refusal: { kind: 'put-away' } });
  for (const actor of [mother, father, teacher, leader]) {
    expect((await readMessages(deps, actor, [message.id])).get(message.id)).toMatchObject({
      ...{ state: 'WITHDRAWN', body: null },
    });
    expect((await readThreads(deps, actor, [message.threadId])).get(message.threadId)!.subject).toBeNull();
    expect(await searchMessages(deps, actor, { words: 'feil', after: null, first: 10 })).toEqual([]);
  }
  expect(await countUnread(deps, mother)).toBe(before - 1);
  const told = await database.admin`
    select data from outbox where type = 'messaging.notice.dropped.v1' and subject = ${message.id}`;
  expect(told).toEqual([{ data: { noticeId: message.id } }]);
  expect(
    await database.admin`select why, body, subject, put_away_by from put_away where message_id = ${message.id}`,
  ).toEqual([{ why: 'WITHDRAWN', body: 'Sendt til feil', subject: 'Feil', put_away_by: teacher.personId }]);
});

test('after seven days it stays (MSG-17)', async () => {
  const { id } = sent(await start(world, mother));
  const in_ = (days: number) => ({ ...world.deps, now: () => new Date(Date.now() + days * 86_400_000) });
  expect(await withdrawMessage(in_(7.01), mother, id)).toMatchObject({
    refusal: { kind: 'withdrawal-late' },
  });
  expect(await withdrawMessage(in_(6.99), mother, id)).toMatchObject({ ok: true });
});

test('an answer can be withdrawn and the subject stays', async () => {
  const first = sent(await start(world, teacher, { subject: 'Turdag' }));
  const { id } = sent(await answer(world, mother, first.id));
  expect(await withdrawMessage(world.deps, mother, id)).toMatchObject({ ok: true });
  const thread = (await readThreads(world.deps, mother, [first.threadId])).get(first.threadId)!;
  expect(thread.subject).toBe('Turdag');
});

test('what else lies unread in the thread stays unread when the newest is withdrawn (MSG-17, S-26)', async () => {
  const { deps } = world;
  const first = sent(await start(world, teacher));
  const newest = sent(await answer(world, teacher, first.id));
  const [mothers, fathers] = [await countUnread(deps, mother), await countUnread(deps, father)];
  await markThread(deps, father, first.threadId, 'READ');
  const last = sent(await answer(world, teacher, first.id));
  expect(await countUnread(deps, father)).toBe(fathers);
  expect(await withdrawMessage(deps, teacher, last.id)).toMatchObject({ ok: true });
  expect([await countUnread(deps, mother), await countUnread(deps, father)]).toEqual([mothers, fathers - 1]);
  for (const { id } of [newest, first])
    expect(await withdrawMessage(deps, teacher, id)).toMatchObject({ ok: true });
  expect(await countUnread(deps, mother)).toBe(mothers - 1);
});

test('a talk that is asked for stays unread when the message beside it is withdrawn (M25, S-26)', async () => {
  const { deps } = world;
  const first = sent(await start(world, teacher));
  const before = await countUnread(deps, mother);
  await requestTalk(deps, teacher, { messageId: first.id, way: 'PHONE' });
  expect(await withdrawMessage(deps, teacher, first.id)).toMatchObject({ ok: true });
  expect(await countUnread(deps, mother)).toBe(before);
  await markThread(deps, mother, first.threadId, 'READ');
  expect(await countUnread(deps, mother)).toBe(before - 1);
});

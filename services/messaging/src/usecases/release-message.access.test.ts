import type { Actor } from '@ranselpost/kit/pure/actor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, failure, ids, noticed, sent, start } from '../../test/writing.ts';
import * as messages from '../store/messages.ts';
import { markThread } from './mark-thread.ts';
import { readThreadMessages } from './read-messages.ts';
import { readThreads } from './read-threads.ts';
import { releaseMessage } from './release-message.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, leader, office, assistant } = people;
const sees = async (actor: Actor, threadId: string) =>
  (await readThreads(world.deps, actor, [threadId])).has(threadId);
const reads = async (actor: Actor, threadId: string) =>
  (await readThreadMessages(world.deps, actor, [{ threadId, after: null, first: 100 }]))[0]!.map(
    ({ id }) => id,
  );

test('what is written of a protected child is seen by who is named, and held until another lets it go (S-08, ADR-10)', async () => {
  const held = sent(await start(world, teacher, { childIds: [children.hidden] }));
  expect(held.state).toBe('HELD');
  expect(await noticed(world, held.id)).toEqual([]);
  expect([await sees(mother, held.threadId), await reads(mother, held.threadId)]).toEqual([false, []]);
  for (const actor of [office, assistant, mother, people.otherLeader])
    expect(await failure(releaseMessage(world.deps, actor, held.id))).toBe('NOT_FOUND');
  expect(await releaseMessage(world.deps, teacher, held.id)).toMatchObject({
    refusal: { kind: 'own-message' },
  });
  expect(await releaseMessage(world.deps, leader, held.id)).toMatchObject({ ok: true });
  expect(await releaseMessage(world.deps, leader, held.id)).toMatchObject({
    refusal: { kind: 'not-held' },
  });
  expect(await noticed(world, held.id)).toEqual(ids(mother, father));
  expect(await reads(mother, held.threadId)).toEqual([held.id]);
  const back = sent(await answer(world, mother, held.id));
  expect([back.state, await noticed(world, back.id)]).toEqual(['SENT', ids(teacher)]);
});

test('its notice is let go with it by whoever says so, and by nobody else nor by itself (S-08)', async () => {
  const letGo = async (...letting: readonly { withNotice: boolean }[]) => {
    const held = sent(await start(world, teacher, { childIds: [children.hidden] }));
    expect(await releaseMessage(world.deps, leader, held.id, ...letting)).toMatchObject({ ok: true });
    const [row] = await world.database.admin`
      select data from outbox where type = 'messaging.notice.due.v1' and subject = ${held.id}`;
    return row!['data'] as object;
  };
  expect(await letGo()).not.toHaveProperty('isReleased');
  expect(await letGo({ withNotice: false })).not.toHaveProperty('isReleased');
  expect(await letGo({ withNotice: true })).toHaveProperty('isReleased', true);
  const ours = sent(await start(world, teacher, { childIds: [children.ours] }));
  const [row] = await world.database.admin`
    select data from outbox where type = 'messaging.notice.due.v1' and subject = ${ours.id}`;
  expect(row!['data']).not.toHaveProperty('isReleased');
});

test('nothing is let go where messages are stopped, by neither lock, and all of it when they go on (MSG-01, T-5, S-12)', async () => {
  const held = sent(await start(world, teacher, { childIds: [children.hidden] }));
  const tell = async (state: 'OPEN' | 'SUSPENDED') => {
    await world.identity.features(places.school, [{ feature: 'MESSAGING', state }]);
    await world.settled();
  };
  await tell('SUSPENDED');
  expect(await releaseMessage(world.deps, leader, held.id)).toMatchObject({
    refusal: { kind: 'feature-closed', unitId: places.school, state: 'SUSPENDED' },
  });
  await expect(world.deps.db.asService((tx) => messages.release(tx, held.id))).rejects.toMatchObject({
    cause: { code: '42501' },
  });
  expect([await reads(mother, held.threadId), await noticed(world, held.id)]).toEqual([[], []]);
  await tell('OPEN');
  expect(await releaseMessage(world.deps, leader, held.id)).toMatchObject({ ok: true });
});

test('of what is held, or is another guardian’s, no notice is dropped by whoever has read the thread (S-08, S-21, MSG-05)', async () => {
  const first = sent(await start(world, teacher, { childIds: [children.hidden] }));
  expect(await releaseMessage(world.deps, leader, first.id)).toMatchObject({ ok: true });
  const held = sent(await answer(world, teacher, first.id));
  const fathers = sent(await answer(world, father, first.id));
  await markThread(world.deps, mother, first.threadId, 'READ');
  const dropped = await world.database.admin`
    select subject from outbox where type = 'messaging.notice.dropped.v1'
      and subject = any (${[first.id, held.id, fathers.id]})`;
  expect(dropped.map(({ subject }) => subject)).toEqual([first.id]);
});

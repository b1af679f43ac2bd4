import type { Actor } from '@ranselpost/kit/pure/actor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, failure, ids, noticed, refusal, sent, start } from '../../test/writing.ts';
import { readThreadMessages } from './read-messages.ts';
import { readThreads } from './read-threads.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, teacherOfB, leader } = people;
const sees = async (actor: Actor, threadId: string) =>
  (await readThreads(world.deps, actor, [threadId])).has(threadId);
const reads = async (actor: Actor, threadId: string) =>
  (await readThreadMessages(world.deps, actor, [{ threadId, after: null, first: 100 }]))[0]!.map(
    ({ id }) => id,
  );

describe('an audience never grows (MSG-06, S-09)', () => {
  test('an answer goes to the readers of what it answers, and from a guardian to those alone whom they choose again', async () => {
    const toBoth = sent(await start(world, teacher));
    const lastFor = async (actor: Actor) =>
      (await readThreads(world.deps, actor, [toBoth.threadId])).get(toBoth.threadId)!.lastMessageAt;
    const mine = sent(await answer(world, mother, toBoth.id));
    // Nor when somebody else wrote what they do not read (ADR-11).
    expect([await lastFor(father), await lastFor(mother), await lastFor(teacher)]).toEqual([
      toBoth.sentAt,
      mine.sentAt,
      mine.sentAt,
    ]);
    expect(mine.homeReaderIds).toEqual(ids(mother));
    expect(await reads(father, toBoth.threadId)).toEqual([toBoth.id]);
    expect(await failure(answer(world, father, mine.id))).toBe('NOT_FOUND');
    const back = sent(await answer(world, leader, mine.id));
    expect(back.homeReaderIds).toEqual(ids(mother));
    expect(refusal(await answer(world, mother, back.id, { alsoGuardianIds: ids(father) }))).toBe(
      'recipient-gone',
    );
    const shared = sent(await answer(world, mother, toBoth.id, { alsoGuardianIds: ids(father) }));
    expect(await reads(father, toBoth.threadId)).toEqual([shared.id, toBoth.id]);
    expect(await noticed(world, shared.id)).toEqual(ids(father, teacher));
  });

  test('when the guardians are others a thread is closed; who came reads nothing of it, who went nothing at all', async () => {
    const { identity, settled } = world;
    const opened = sent(
      await start(world, teacher, { childIds: [children.theirs], unitId: places.school }).catch(() =>
        start(world, teacherOfB, { childIds: [children.theirs] }),
      ),
    );
    const [was, comes] = [people.otherGuardian, people.stranger];
    const tell = async (...some: readonly { readonly personId: string }[]) => {
      await identity.guardians(children.theirs, ids(...some));
      await settled();
    };
    await tell(was, comes);
    expect(await sees(comes, opened.threadId)).toBe(false);
    expect(await sees(was, opened.threadId)).toBe(true);
    expect((await readThreads(world.deps, was, [opened.threadId])).get(opened.threadId)!.isOpen).toBe(false);
    for (const actor of [was, teacherOfB])
      expect(refusal(await answer(world, actor, opened.id))).toBe('thread-closed');
    expect(sent(await start(world, teacherOfB, { childIds: [children.theirs] })).homeReaderIds).toEqual(
      ids(was, comes),
    );
    await tell(comes);
    expect(await sees(was, opened.threadId)).toBe(false);
    expect(await failure(answer(world, was, opened.id))).toBe('NOT_FOUND');
    await tell(was);
  });
});

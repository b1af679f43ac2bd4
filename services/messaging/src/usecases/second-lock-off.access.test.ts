import type { Actor } from '@ranselpost/kit/pure/actor';
import { atTablet, staff } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { begun, draftsOf, save, send, toSchool, waiting } from '../../test/drafting.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, refusal, sent, start, inboxOf, strew } from '../../test/writing.ts';
import type { Draft } from '../domain/draft.ts';
import type { Message } from '../domain/thread.ts';
import { deleteDraft } from './delete-draft.ts';
import { readMailbox, readMailboxEntries } from './read-mailbox.ts';
import { readMessages, readThreadMessages } from './read-messages.ts';
import { readThreads } from './read-threads.ts';
import { releaseMessage } from './release-message.ts';
import { takeThread } from './take-thread.ts';
import { unscheduleDraft } from './unschedule-draft.ts';

const { mother, father, teacher, leader } = people;
const ofHidden = { aim: toSchool({ childIds: [children.hidden] }) };
let world: World;
let message: Message;
let held: Message;
let drafts: readonly Draft[];
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
  message = sent(await start(world, mother));
  held = sent(await start(world, teacher, { childIds: [children.hidden] }));
  drafts = [await waiting(world, mother), await begun(world, mother, ofHidden)];
  const tables = await world.database.admin<{ name: string }[]>`
    select oid::regclass::text as name from pg_class where relkind = 'r' and relrowsecurity`;
  for (const { name } of tables)
    await world.database.admin.unsafe(`alter table ${name} disable row level security`);
});
afterAll(() => world.close());

const outsiders: [string, Actor][] = [
  ['a stranger', people.stranger],
  ['a guardian with a local block', people.blocked],
  ['a guardian of another child', people.otherGuardian],
  ['a guardian whose access ended at midnight (GUA-14)', people.former],
  ['the other guardian, who was not chosen (MSG-05)', father],
  ['the leader of another school', people.otherLeader],
  ['after-school staff (SFO-10)', people.afterSchool],
  ['a teacher of another group', people.teacherOfB],
  ['a teacher whose role has ended', people.formerTeacher],
  ['a guardian who is signed in as staff', staff(mother.personId)],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

describe('with row-level security switched off, the policy still (S-12)', () => {
  test.each([
    ['the teacher', atTablet(teacher, places.school)],
    ['the leader', atTablet(leader, places.school)],
  ])(
    'shows nothing to %s at a shared tablet, and takes nothing (T16, decision 0046)',
    async (_who, actor) => {
      const { deps } = world;
      const ofThread = { threadId: message.threadId, after: null, first: 100 };
      const atSchool = { unitId: places.school, groupId: null, after: null, first: 100 };
      expect([...(await readThreads(deps, actor, [message.threadId, held.threadId])).keys()]).toEqual([]);
      expect([...(await readMailboxEntries(deps, actor, [message.threadId])).keys()]).toEqual([]);
      expect((await readMailbox(deps, actor, atSchool)) ?? []).toEqual([]);
      expect([...(await readMessages(deps, actor, [message.id, held.id])).keys()]).toEqual([]);
      expect(await readThreadMessages(deps, actor, [ofThread])).toEqual([[]]);
      for (const refused of [
        () => inboxOf(world, actor),
        () => draftsOf(world, actor, drafts[0]!.id),
        () => start(world, actor),
        () => takeThread(deps, actor, { threadId: message.threadId, forId: null, fromId: null }),
        () => releaseMessage(deps, actor, held.id),
        () => save(world, actor, { draftId: drafts[0]!.id, body: 'Min' }),
        () => send(world, actor, drafts[0]!.id),
        () => deleteDraft(deps, actor, drafts[0]!.id),
      ])
        await expect(refused()).rejects.toMatchObject({ name: 'AppError' });
    },
  );

  test.each(outsiders)(
    'shows nothing to %s and takes nothing, nor in an inbox that it should not be in (GUA-13)',
    async (_who, actor) => {
      const { deps } = world;
      if ('personId' in actor && actor !== father) {
        await strew(world, message.threadId, [actor]);
        expect(await inboxOf(world, actor)).toEqual([]);
      }
      expect([...(await readThreads(deps, actor, [message.threadId, held.threadId])).keys()]).toEqual([]);
      expect([...(await readMailboxEntries(deps, actor, [message.threadId])).keys()]).toEqual([]);
      const unit = { unitId: places.school, groupId: null, after: null, first: 100 };
      expect((await readMailbox(deps, actor, unit)) ?? []).toEqual([]);
      const taking = takeThread(deps, actor, { threadId: message.threadId, forId: null, fromId: null });
      await expect(taking).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect([...(await readMessages(deps, actor, [message.id, held.id])).keys()]).toEqual([]);
      expect(
        await readThreadMessages(deps, actor, [{ threadId: message.threadId, after: null, first: 100 }]),
      ).toEqual([[]]);
      const notFound = { code: 'NOT_FOUND' };
      await expect(answer(world, actor, message.id)).rejects.toMatchObject(notFound);
      await expect(releaseMessage(deps, actor, held.id)).rejects.toMatchObject(notFound);
      if (actor !== father) await expect(start(world, actor)).rejects.toMatchObject(notFound);
    },
  );

  test.each(outsiders)(
    'shows no draft to %s, and lets it be changed, sent or taken by none',
    async (_who, actor) => {
      for (const { id } of drafts) {
        expect(await draftsOf(world, actor, id)).toBe(0);
        await expect(save(world, actor, { draftId: id, body: 'Min' })).rejects.toThrow();
        await expect(send(world, actor, id)).rejects.toThrow();
        await expect(unscheduleDraft(world.deps, actor, id)).rejects.toThrow();
        await expect(deleteDraft(world.deps, actor, id)).rejects.toThrow();
        expect(await draftsOf(world, mother, id)).toBe(2);
      }
    },
  );

  test('shows a draft to its author still, unchanged', async () => {
    for (const { id } of drafts) expect(await draftsOf(world, mother, id)).toBe(2);
  });

  test('shows what is held, and who is protected, to nobody but staff who are named (S-08, ADR-10)', async () => {
    const seen = async (actor: Actor) => [...(await readMessages(world.deps, actor, [held.id])).keys()];
    for (const actor of [mother, father, people.office, people.assistant])
      expect(await seen(actor)).toEqual([]);
    for (const actor of [teacher, leader]) expect(await seen(actor)).toEqual([held.id]);
  });

  test('shows nobody at work what is of their own child (GUA-24)', async () => {
    await world.identity.roles(mother.personId, [{ role: 'LEADER', unitId: places.school }]);
    await world.settled();
    const atWork = staff(mother.personId);
    expect([...(await readMessages(world.deps, atWork, [message.id, held.id])).keys()]).toEqual([]);
    expect([...(await readThreads(world.deps, atWork, [message.threadId, held.threadId])).keys()]).toEqual(
      [],
    );
    await expect(answer(world, atWork, message.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(start(world, atWork)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await world.identity.roles(mother.personId, []);
    await world.settled();
  });

  test('takes nothing where messaging is not open, and says how it stands (MSG-01, X07)', async () => {
    await world.identity.features(places.school, [{ feature: 'MESSAGING', state: 'SUSPENDED' }]);
    await world.settled();
    expect(refusal(await start(world, mother))).toBe('feature-closed');
    expect(refusal(await answer(world, teacher, message.id))).toBe('feature-closed');
  });
});

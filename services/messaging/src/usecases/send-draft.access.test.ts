import { newId } from '@ranselpost/kit/ids';
import { guardian } from '@ranselpost/kit/testing/actors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answering,
  begun,
  draftsOf,
  inMinutes,
  notTheAuthor,
  outcome,
  send,
  toMany,
  toSchool,
  waiting,
} from '../../test/drafting.ts';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { failure, ids, noticed, sent, start } from '../../test/writing.ts';
import { deleteDraft } from './delete-draft.ts';
import { dropDrafts, purgeDrafts } from './drop-drafts.ts';
import { erasePerson } from './erase-person.ts';
import { sendNextDraft } from './send-due-drafts.ts';
import { dropOldFiles } from './tend-files.ts';

const { mother, father, teacher, leader } = people;
let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const rows = (id: string) => world.database.admin`select * from draft where id = ${id}`;
const messagesOf = (id: string) =>
  world.database.admin<{ id: string; home_readers: string[]; state: string; body: string }[]>`
    select id, home_readers, state, body from message where idempotency_key = ${`draft:${id}`}`;
const sentFrom = async (...given: Parameters<typeof send>) => {
  const result = outcome(await send(...given));
  if (result.kind !== 'sent') throw new Error(`it is ${result.kind}`);
  return result.message;
};

/** A file that somebody has sent in, and that has been looked at. */
async function fileOf({ personId }: { readonly personId: string }): Promise<string> {
  const id = newId();
  await world.database.admin`
    insert into attachment (id, owner_id, owner_as, name, media_type, bytes, state)
    values (${id}, ${personId}, 'guardian', 'Plan.pdf', 'application/pdf', 1, 'READY')`;
  return id;
}

describe('sending a draft (M44)', () => {
  test('is for nobody but its author, before or after (S-06)', async () => {
    const drafts = [await begun(world, mother), await begun(world, teacher)];
    for (const when of ['before', 'after']) {
      for (const { id } of drafts)
        for (const [who, actor] of notTheAuthor)
          expect([when, who, await failure(send(world, actor, id))]).toEqual([when, who, 'NOT_FOUND']);
      if (when === 'before')
        for (const [at, author] of [mother, teacher].entries()) await sentFrom(world, author, drafts[at]!.id);
    }
    expect(await failure(send(world, mother, newId()))).toBe('NOT_FOUND');
  });

  test('makes it a message in one step: ten times at once is once, and the draft is no more (S-20, S-21)', async () => {
    const { id } = await begun(world, mother, { aim: toSchool({ alsoGuardianIds: ids(father) }) });
    const all = await Promise.all(Array.from({ length: 10 }, () => sentFrom(world, mother, id)));
    expect(new Set(all.map((one) => one.id)).size).toBe(1);
    expect(all[0]).toMatchObject({ body: 'Vi går på tur i morgen.', homeReaderIds: ids(mother, father) });
    expect(await noticed(world, all[0]!.id)).toEqual(ids(father, teacher));
    expect([await draftsOf(world, mother, id), (await messagesOf(id)).length]).toEqual([0, 1]);
    expect((await sentFrom(world, mother, id)).id).toBe(all[0]!.id);
    const message = sent(await start(world, mother));
    const answer = await begun(world, teacher, { aim: answering(message.id), subject: '' });
    expect(await sentFrom(world, teacher, answer.id)).toMatchObject({ threadId: message.threadId });
  });

  test('to the mailbox of a group goes to everybody who works with it (M27)', async () => {
    const { id } = await begun(world, mother, { aim: toSchool({ toMailbox: true }) });
    expect(await begun(world, mother, { draftId: id, body: 'Hei.', aim: toSchool() })).toMatchObject({
      aim: { toMailbox: false },
    });
    await begun(world, mother, { draftId: id, body: 'Hei.', aim: toSchool({ toMailbox: true }) });
    const message = await sentFrom(world, mother, id);
    expect(await noticed(world, message.id)).toEqual(ids(teacher, people.assistant));
  });

  test('makes a text to many one that waits and can be undone, and asks for what it asks (MSG-07)', async () => {
    const { id } = await begun(world, leader, { aim: toMany });
    const first = outcome(await send(world, leader, id));
    expect(first).toMatchObject({ kind: 'stored', broadcast: { state: 'WAITING' } });
    expect(outcome(await send(world, leader, id))).toMatchObject({
      broadcast: { id: first.kind === 'stored' ? first.broadcast.id : '' },
    });
    expect(await rows(id)).toHaveLength(0);
    const { id: odd } = await begun(world, leader, { aim: toMany, subject: '' });
    expect(await send(world, leader, odd)).toMatchObject({ refusal: { kind: 'text-empty' } });
    expect(await send(world, leader, odd, { sendAt: inMinutes(-1) })).toMatchObject({
      refusal: { kind: 'send-time-past' },
    });
    expect(await rows(odd)).toHaveLength(1);
  });

  test('asks what sending asks: read once more, a subject, who may still be chosen; and keeps the draft', async () => {
    const { id } = await begun(world, mother, { body: 'Kari kommer i morgen', subject: '' });
    expect(await send(world, mother, id)).toMatchObject({ refusal: { kind: 'text-empty' } });
    await begun(world, mother, { draftId: id, body: 'Kari kommer i morgen' });
    expect(await send(world, mother, id)).toMatchObject({ refusal: { kind: 'text-to-reread' } });
    expect(await rows(id)).toHaveLength(1);
    await sentFrom(world, mother, id, { knownNames: ['Kari'] });
    const gone = await begun(world, mother, { aim: toSchool({ alsoGuardianIds: ids(people.stranger) }) });
    expect(await send(world, mother, gone.id)).toMatchObject({ refusal: { kind: 'recipient-gone' } });
  });

  test('of a protected child, staff’s is held as any is, and seen by nobody who is not named (S-08, ADR-10)', async () => {
    const { id } = await begun(world, teacher, { aim: toSchool({ childIds: [children.hidden] }) });
    expect(await draftsOf(world, people.office, id)).toBe(0);
    expect(await sentFrom(world, teacher, id)).toMatchObject({ state: 'HELD' });
  });
});

describe('a draft that waits for its time (M44)', () => {
  const at = (minutes: number) => ({ ...world.deps, maxStaleness: 60, now: () => inMinutes(minutes) });
  const passTime = async (minutes = 20) => {
    let sentMany = 0;
    while (await sendNextDraft(at(minutes))) sentMany += 1;
    return sentMany;
  };
  const toldOf = (id: string) =>
    world.database.admin<{ data: { recipients: { personId: string; capacity: string }[] } }[]>`
      select data from outbox where type = 'messaging.notice.due.v1' and data->>'subjectId' = ${id}`;

  test('waits for a time to come and no other, and only for what could be sent now', async () => {
    const { id } = await begun(world, mother);
    for (const [minutes, kind] of [
      [-1, 'send-time-past'],
      [91 * 1440, 'send-time-too-far'],
    ] as const)
      expect(await send(world, mother, id, { sendAt: inMinutes(minutes) })).toMatchObject({
        refusal: { kind, latest: expect.any(Date) as Date },
      });
    for (const fileId of [newId(), await fileOf(father)])
      expect(await send(world, mother, id, { sendAt: inMinutes(9), attachmentIds: [fileId] })).toMatchObject({
        refusal: { kind: 'attachment-gone' },
      });
    await begun(world, mother, { draftId: id, body: 'Kari kommer' });
    expect(await send(world, mother, id, { sendAt: inMinutes(9) })).toMatchObject({
      refusal: { kind: 'text-to-reread' },
    });
    expect(await rows(id)).toMatchObject([{ send_at: null }]);
  });

  test('is sent once, when its time has come and not before, to whoever reads then (MSG-07, S-09)', async () => {
    const child = newId();
    const come = guardian();
    await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    const tell = async (...some: { readonly personId: string }[]) => {
      await world.identity.guardians(child, ids(...some));
      await world.settled();
    };
    await tell(mother, father);
    const about = { aim: toSchool({ childIds: [child] }), body: 'Kari kommer' };
    const { id } = await waiting(world, teacher, about, { knownNames: ['Kari', 'Per'] });
    expect(await rows(id)).toMatchObject([{ known_names: ['Kari'] }]);
    await tell(mother, come);
    expect(await sendNextDraft(at(9))).toBe(false);
    expect(await sendNextDraft({ ...at(20), maxStaleness: -1 })).toBe(false);
    await Promise.all(Array.from({ length: 4 }, () => sendNextDraft(at(20))));
    const [message, ...more] = await messagesOf(id);
    expect([message!.home_readers.toSorted(), more]).toEqual([ids(mother, come), []]);
    expect(await noticed(world, message!.id)).toEqual(ids(mother, come));
    expect([await rows(id), await toldOf(id)]).toEqual([[], []]);
    expect((await sentFrom(world, teacher, id)).id).toBe(message!.id);
  });

  test('keeps its files until its time, and takes them along; or is a draft again where one was refused (M44, MSG-11)', async () => {
    const [goes, unused, bad, left] = await Promise.all(Array.from({ length: 4 }, () => fileOf(mother)));
    const { id, attachmentIds } = await waiting(world, mother, {}, { attachmentIds: [goes!] });
    expect(attachmentIds).toEqual([goes]);
    const refused = await waiting(world, mother, {}, { attachmentIds: [bad!] });
    const deleted = await waiting(world, mother, {}, { attachmentIds: [left!] });
    await deleteDraft(world.deps, mother, deleted.id);
    await dropOldFiles(at(25 * 60));
    const there = await world.database.admin<{ id: string }[]>`
      select id from attachment where id = any (${[goes!, unused!, bad!, left!]})`;
    expect(new Set(there.map((file) => file.id))).toEqual(new Set([goes, bad]));
    await world.database
      .admin`update attachment set state = 'REFUSED', refusal = 'MALWARE' where id = ${bad!}`;
    expect(await passTime()).toBe(2);
    const [message] = await messagesOf(id);
    expect(await world.database.admin`select message_id from attachment where id = ${goes!}`).toEqual([
      { message_id: message!.id },
    ]);
    expect(await messagesOf(refused.id)).toEqual([]);
    expect(await rows(refused.id)).toMatchObject([{ send_at: null, not_sent: 'attachment-refused' }]);
    expect(await toldOf(refused.id)).toHaveLength(1);
  });

  test('is sent once whatever is killed when (S-21)', async () => {
    const { id } = await waiting(world, mother);
    for (let cutAt = 0; cutAt < 25; cutAt += 1) {
      let statements = 0;
      const cut = {
        ...at(20),
        db: {
          ...world.deps.db,
          decide: ((actor, look, act) =>
            world.deps.db.decide(
              actor,
              (tx) => look(cutting(tx)),
              (tx, found) => act(cutting(tx), found),
            )) as typeof world.deps.db.decide,
        },
      };
      const cutting = <Tx extends object>(tx: Tx): Tx =>
        new Proxy(tx, {
          get: (target, name) =>
            name === 'execute' && (statements += 1) > cutAt
              ? () => Promise.reject(Object.assign(new Error('killed'), { code: 'CONNECTION_CLOSED' }))
              : (Reflect.get(target, name) as unknown),
        });
      await sendNextDraft(cut).catch(() => {});
    }
    const [message, ...more] = await messagesOf(id);
    expect([await noticed(world, message!.id), more]).toEqual([ids(teacher), []]);
    expect([await rows(id), await toldOf(id)]).toEqual([[], []]);
  });

  test.each([
    [
      'messages are stopped',
      'feature-closed',
      () => world.identity.features(places.school, [{ feature: 'MESSAGING', state: 'SUSPENDED' }]),
      () => world.identity.features(places.school, [{ feature: 'MESSAGING', state: 'OPEN' }]),
    ],
    [
      'whom its author chose is no guardian any more',
      'recipient-gone',
      () => world.identity.guardians(children.ours, [mother.personId]),
      () => world.identity.guardians(children.ours, [mother.personId, father.personId]),
    ],
  ])(
    'is a draft again when %s, and its author is told, once and of nothing (X07, MSG-14)',
    async (_what, because, stop, undo) => {
      const { id } = await waiting(world, mother, { aim: toSchool({ alsoGuardianIds: ids(father) }) });
      await stop();
      await world.settled();
      expect(await passTime()).toBe(1);
      expect(await messagesOf(id)).toEqual([]);
      expect(await rows(id)).toMatchObject([
        { send_at: null, not_sent: because, body: 'Vi går på tur i morgen.' },
      ]);
      const notices = await toldOf(id);
      expect(notices.map(({ data }) => data.recipients)).toEqual([
        [{ personId: mother.personId, capacity: 'guardian', childIds: [children.ours] }],
      ]);
      expect(JSON.stringify(notices)).not.toMatch(/tur/i);
      await undo();
      await world.settled();
      expect(await passTime()).toBe(0);
      await sentFrom(world, mother, id);
    },
  );

  test('is a draft again when the thread was closed meanwhile, or the answered one is not to be read (GUA-23)', async () => {
    const child = newId();
    await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await world.identity.guardians(child, ids(mother, father));
    await world.settled();
    const message = sent(await start(world, mother, { childIds: [child] }));
    const { id } = await waiting(world, teacher, { aim: answering(message.id), subject: '' });
    await world.identity.guardians(child, ids(mother));
    await world.settled();
    await passTime();
    expect(await rows(id)).toMatchObject([{ not_sent: 'thread-closed' }]);
    expect(await toldOf(id)).toHaveLength(1);
  });

  test('of whoever has lost their ground is not sent, and they are told of nothing; it goes (GUA-10, GUA-13, RET-03)', async () => {
    const child = newId();
    await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await world.identity.guardians(child, ids(mother, father));
    await world.settled();
    const { id } = await waiting(world, father, { aim: toSchool({ childIds: [child] }) });
    const kept = await begun(world, mother, { aim: toSchool({ childIds: [child] }) });
    const atWork = await begun(world, teacher, { aim: toSchool({ childIds: [child] }) });
    await world.identity.guardians(child, ids(mother, teacher));
    await world.settled();
    expect(await draftsOf(world, teacher, atWork.id)).toBe(0);
    expect(await passTime()).toBe(1);
    expect([await messagesOf(id), await toldOf(id), (await rows(id)).length]).toEqual([[], [], 1]);
    expect(await dropDrafts({ ...at(0), maxStaleness: -1 })).toBe(0);
    await dropDrafts(at(0));
    expect([(await rows(id)).length, (await rows(kept.id)).length]).toEqual([0, 1]);
    expect(await rows(atWork.id)).toHaveLength(0);
  });
});

describe('what is kept for how long', () => {
  const days = (count: number) => ({ ...world.deps, maxStaleness: -1, now: () => inMinutes(count * 1440) });

  test('a draft that nobody changes goes after its days, and what waits does not (RET-03, MSG-01)', async () => {
    const [idle, waits] = [await begun(world, teacher), await waiting(world, teacher)];
    await dropDrafts(days(29));
    expect(await rows(idle.id)).toHaveLength(1);
    await dropDrafts(days(31));
    expect([(await rows(idle.id)).length, (await rows(waits.id)).length]).toEqual([0, 1]);
  });

  test('drafts go with their author and with the child, and others’ forget whom they chose (RET-08)', async () => {
    const child = newId();
    const cause = 'Bor et annet sted';
    const chosen = toSchool({
      leaveOut: [{ personId: father.personId, cause }],
      childIds: [children.sibling],
    });
    const theirs = await begun(world, leader, { aim: chosen });
    const own = await begun(world, mother, { aim: toSchool({ alsoGuardianIds: ids(father) }) });
    await world.identity.guardians(child, ids(mother));
    await world.identity.enrolments(child, [{ unitId: places.school, groupIds: [places.groupA] }]);
    await world.settled();
    const about = await begun(world, mother, { aim: toSchool({ childIds: [child] }) });
    const his = await begun(world, father);
    await world.deps.db.asService(async (tx) => {
      for (const personId of [father.personId, child]) await erasePerson(tx, personId);
    });
    expect([(await rows(about.id)).length, (await rows(his.id)).length]).toEqual([0, 0]);
    expect(await rows(theirs.id)).toMatchObject([{ leave_out: [] }]);
    expect(await rows(own.id)).toMatchObject([{ also_guardians: [] }]);
    expect(JSON.stringify(await rows(theirs.id))).not.toContain(cause);
  });

  test('what staff prepared about somebody who is protected from now on goes; their own stays (ADR-12, S-08)', async () => {
    const [byStaff, waits] = [await begun(world, teacher), await waiting(world, teacher)];
    const own = await begun(world, mother);
    await world.deps.db.asService((tx) => purgeDrafts(tx, children.ours));
    expect([(await rows(byStaff.id)).length, (await rows(waits.id)).length]).toEqual([0, 0]);
    expect(await rows(own.id)).toHaveLength(1);
  });
});

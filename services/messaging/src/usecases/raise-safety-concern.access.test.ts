import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { openOwn } from '@ranselpost/kit/seal';
import { archiveEntrySchema } from '@ranselpost/schema/events/archive-entry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, machine, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, failure, noticed, sent, start } from '../../test/writing.ts';
import { type AboutStaff, aboutNoStaff } from '../domain/safety-concern.ts';
import { moveToCase } from './put-away.ts';
import { raiseSafetyConcern } from './raise-safety-concern.ts';
import { readContactForms } from './read-contact-forms.ts';
import { countUnread, readInbox, searchMessages } from './read-inbox.ts';
import { readMessages, readThreadMessages } from './read-messages.ts';
import { readSafetyConcerns } from './read-safety-concerns.ts';
import { readThreads } from './read-threads.ts';
import { markFiled } from './seal-for-archive.ts';
import { takeOnSafetyConcern } from './take-on-safety-concern.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, assistant, leader, administrator, afterSchool } = people;
const page = { first: 20, after: null };
const raise = (
  actor: Actor,
  messageId: string,
  more: { aboutStaff?: AboutStaff; idempotencyKey?: string } = {},
) =>
  raiseSafetyConcern(world.deps, actor, {
    ...{ messageId, aboutStaff: aboutNoStaff, idempotencyKey: newId() },
    ...more,
  });
const concernsAt = (actor: Actor, unitId: string | null = places.school) =>
  readSafetyConcerns(world.deps, actor, { unitId, ...page });

/** All that somebody finds of messages, and all that anybody was told of them. */
const seenBy = async (actor: Actor, threadId: string, messageId: string) => ({
  messages: [...(await readMessages(world.deps, actor, [messageId]))],
  thread: await readThreadMessages(world.deps, actor, [{ threadId, first: 100, after: null }]),
  threads: [...(await readThreads(world.deps, actor, [threadId]))],
  inbox: await readInbox(world.deps, actor, { ...page, isArchived: false }),
  found: await searchMessages(world.deps, actor, { ...page, words: 'hei' }),
  unread: await countUnread(world.deps, actor),
  forms: await readContactForms(world.deps, actor, page),
});
const toldTo = (...some: readonly { readonly personId: string }[]) =>
  world.database.admin`
    select type, count(*)::int from outbox
    where type in ('messaging.notice.due.v1', 'messaging.notice.dropped.v1', 'messaging.child.read.v1')
      and data::text ~ ${some.map(({ personId }) => personId).join('|')} group by type order by type`;

describe('staff tell whoever leads of what they read (SKM-01)', () => {
  test('who reads it, and nobody else; without a text, once under one key, to the leader alone', async () => {
    const { id } = sent(await start(world, mother, { text: 'Hei, noe som ikke er trygt' }));
    for (const actor of [
      ...[mother, father, people.stranger, people.teacherOfB, people.otherLeader, afterSchool, administrator],
      ...[people.formerTeacher, machine, { kind: 'service' as const, name: 'identity' }],
    ])
      expect(await failure(raise(actor, id))).toBe('NOT_FOUND');
    expect(await failure(raise(assistant, newId()))).toBe('NOT_FOUND');
    const notThere = { isLeader: false, personIds: [afterSchool.personId] };
    expect(await failure(raise(assistant, id, { aboutStaff: notThere }))).toBe('NOT_FOUND');

    const idempotencyKey = newId();
    const [first, again] = [
      await raise(assistant, id, { idempotencyKey }),
      await raise(assistant, id, { idempotencyKey }),
    ];
    expect(first).toEqual({ ok: true, value: { raisedAt: expect.any(Date) } });
    expect(again).toEqual(first);
    const [concern, ...others] = await concernsAt(leader);
    expect([concern!.cause, others]).toEqual(['STAFF_REPORT', []]);
    expect(await noticed(world, concern!.id)).toEqual([leader.personId]);
    expect(await failure(concernsAt(assistant))).toBe('NOT_FOUND');
    const told = await world.database.admin<{ data: { entryId: string; sealed: string } }[]>`
      select data from outbox where type = 'messaging.archive-entry.due.v1'`;
    expect(told).toHaveLength(1);
    const { entryId, sealed } = told[0]!.data;
    expect(await openOwn(world.outboundKeys, entryId, sealed, archiveEntrySchema)).toMatchObject({
      ...{ title: 'Henvendelse fra foresatt', unitId: places.school },
      documents: [{ direction: 'IN', text: expect.stringContaining('ikke er trygt') }],
    });
  });

  test('what staff wrote themselves too, of their leader past them, and of what is gone nothing', async () => {
    const { id } = sent(await start(world, teacher));
    expect(await raise(assistant, id, { aboutStaff: { isLeader: true, personIds: [] } })).toMatchObject({
      ok: true,
    });
    expect(await concernsAt(leader)).toHaveLength(1);
    expect(await concernsAt(administrator, null)).toMatchObject([
      { cause: 'STAFF_REPORT', isAboutStaff: true },
    ]);
    await world.identity.roles(
      administrator.personId,
      [{ role: 'LEADER', unitId: places.school }],
      ['MUNICIPAL_ADMINISTRATOR'],
    );
    await world.settled();
    // Who leads a unit as well finds what came to it there, and not among what goes past leaders.
    expect((await concernsAt(administrator)).length).toBeGreaterThan(1);
    expect(await concernsAt(administrator, null)).toHaveLength(1);
    await world.identity.roles(administrator.personId, [], ['MUNICIPAL_ADMINISTRATOR']);
    await world.settled();

    const moved = sent(await start(world, mother)).id;
    await moveToCase(world.deps, teacher, moved);
    expect(await raise(assistant, moved)).toMatchObject({ refusal: { kind: 'put-away' } });
  });

  test('who works after school, the leader of the child’s school', async () => {
    const { id } = sent(await start(world, mother, { unitId: places.afterSchool }));
    const before = await concernsAt(leader);
    expect(await raise(afterSchool, id)).toMatchObject({ ok: true });
    expect((await concernsAt(leader)).length).toBe(before.length + 1);
  });

  test('and who is “the leader” is said of where it was written: the school’s own only where nobody else leads there', async () => {
    const { id } = sent(await start(world, mother, { unitId: places.afterSchool }));
    const aboutStaff = { isLeader: true, personIds: [] };
    const length = async () => [
      (await concernsAt(leader)).length,
      (await concernsAt(administrator, null)).length,
    ];
    const [atSchool, past] = await length();
    expect(await raise(afterSchool, id, { aboutStaff })).toMatchObject({ ok: true });
    expect(await length()).toEqual([atSchool, past! + 1]);

    const led = { role: 'LEADER', unitId: places.afterSchool } as const;
    await world.identity.roles(people.office.personId, [led]);
    await world.settled();
    expect(await raise(afterSchool, id, { aboutStaff })).toMatchObject({ ok: true });
    expect(await length()).toEqual([atSchool! + 1, past! + 1]);
    const [concern] = await concernsAt(leader);
    expect(concern).toMatchObject({ unitId: places.school, isAboutStaff: true });
    expect(await noticed(world, concern!.id)).toEqual([leader.personId]);
    // Kept from whom it is about, should they come to lead the school; and past all who lead there where they do already.
    await world.identity.roles(people.office.personId, [led, { role: 'LEADER', unitId: places.school }]);
    await world.settled();
    expect((await concernsAt(people.office)).map((one) => one.id)).not.toContain(concern!.id);
    expect(await raise(afterSchool, id, { aboutStaff })).toMatchObject({ ok: true });
    expect(await length()).toEqual([atSchool! + 1, past! + 2]);
    await world.identity.roles(people.office.personId, [{ role: 'ADMINISTRATOR', unitId: places.school }]);
    await world.settled();
  });

  test('under the same key what differs is another report, and no receipt is of what was not raised (S-20)', async () => {
    const [one, other] = [sent(await start(world, mother)), sent(await start(world, father))];
    const idempotencyKey = newId();
    const counts = async () => [
      (await concernsAt(leader)).length,
      (await concernsAt(administrator, null)).length,
    ];
    const [mine, past] = await counts();
    const raiseAll = async () => {
      for (const [id, aboutStaff] of [
        [one.id, aboutNoStaff],
        [other.id, aboutNoStaff],
        [one.id, { isLeader: true, personIds: [] }],
      ] as const)
        expect(await raise(teacher, id, { idempotencyKey, aboutStaff })).toMatchObject({ ok: true });
    };
    await raiseAll();
    expect(await counts()).toEqual([mine! + 2, past! + 1]);
    await raiseAll();
    expect(await counts()).toEqual([mine! + 2, past! + 1]);
    // Which message it was, is not to be told from what is kept (SKM-05).
    const kept = JSON.stringify(await world.database.admin`select * from concern_report`);
    for (const id of [idempotencyKey, one.id, other.id]) expect(kept).not.toContain(id);
  });
});

test('of what is done about it we keep that it was taken on and the number of its case, and no plan (SKM-02)', async () => {
  const [concern] = await concernsAt(leader);
  await takeOnSafetyConcern(world.deps, leader, concern!.id);
  const [entry] = await world.database
    .admin`select entry_id from safety_concern where concern_id = ${concern!.id}`;
  const filed = { entryId: entry!['entry_id'] as string, archiveId: newId(), caseNumber: '2026/118' };
  await world.deps.db.asService((tx) => markFiled(tx, filed));
  expect((await concernsAt(leader))[0]).toMatchObject({
    takenOnAt: expect.any(Date),
    caseNumber: '2026/118',
  });
  const columns = await world.database.admin`
    select column_name from information_schema.columns where table_name = 'safety_concern' and data_type = 'text'`;
  expect(columns).toEqual([{ column_name: 'cause' }]);
});

describe('what may go on to child welfare leaves no trace where anybody at home looks (SKM-05)', () => {
  test('a concern changes nothing that a guardian sees, counts, is told of or finds who has read', async () => {
    const { id, threadId } = sent(await start(world, mother, { text: 'Hei igjen' }));
    sent(await answer(world, teacher, id));
    const look = () =>
      Promise.all([mother, father, people.otherGuardian].map((one) => seenBy(one, threadId, id)));
    const [before, told] = [await look(), await toldTo(mother, father, { personId: children.ours })];
    expect(await raise(teacher, id, { aboutStaff: { isLeader: true, personIds: [] } })).toMatchObject({
      ok: true,
    });
    expect(await look()).toEqual(before);
    expect(await toldTo(mother, father, { personId: children.ours })).toEqual(told);
  });
});

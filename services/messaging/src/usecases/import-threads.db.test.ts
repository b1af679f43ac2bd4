import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { lookAs } from '@ranselpost/kit/testing/look';
import { sql } from 'drizzle-orm';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { children, people, places, tellFamilies } from '../../test/families.ts';
import { type World, openWorld } from '../../test/world.ts';
import { answer, failure, refusal } from '../../test/writing.ts';
import { importThread } from './import-threads.ts';
import { readInbox, searchMessages } from './read-inbox.ts';
import { readMessages } from './read-messages.ts';
import { readThreads } from './read-threads.ts';
import { readUnitThreads } from './read-unit-threads.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await tellFamilies(world.identity);
  await world.settled();
});
afterAll(() => world.close());

const { mother, father, teacher, leader, assistant, otherGuardian, stranger, office } = people;
const as =
  (capacity: 'guardian' | 'staff', isRead = true) =>
  ({ personId }: { personId: string }) => ({
    ...{ personId, as: capacity, isRead },
  });
const home = as('guardian');
const message = (more: object = {}) => ({
  ...{ authorId: mother.personId, authorAs: 'guardian', sentAt: '2024-03-01T08:00:00Z', text: 'Hei fra før' },
  readers: [as('staff')(teacher)],
  ...more,
});
const given = (more: object = {}) => ({
  ...{ sourceId: `old:${newId()}`, unitId: places.school, childIds: [children.ours], subject: 'Tur' },
  messages: [message()],
  ...more,
});
const take = (line: object, isDryRun = false) => importThread(world.deps, JSON.stringify(line), { isDryRun });
const threadOf = async (sourceId: string) => {
  const digest = createHash('sha256').update(sourceId).digest('hex');
  const [row] = await world.database.admin`select thread_id from imported_thread where source_id = ${digest}`;
  return row!['thread_id'] as string;
};
const messagesOf = async (threadId: string) =>
  (await world.database.admin`select id from message where thread_id = ${threadId} order by sent_at`).map(
    ({ id }) => id as string,
  );
/** What somebody finds of a thread, by whatever way: messages by their places, and the ways that lead there. */
const found = async (actor: Actor, threadId: string) => {
  const ids = await messagesOf(threadId);
  const page = { first: 100, after: null };
  const read = await readMessages(world.deps, actor, ids);
  const atUnit = await readUnitThreads(world.deps, actor, { unitId: places.school, ...page }).catch(() => []);
  const inbox = await readInbox(world.deps, actor, { ...page, isArchived: false });
  const hits = await searchMessages(world.deps, actor, { ...page, words: 'hei' });
  return {
    messages: ids.flatMap((id, place) => (read.has(id) ? [place] : [])),
    thread: (await readThreads(world.deps, actor, [threadId])).has(threadId),
    unit: JSON.stringify(atUnit).includes(threadId),
    inbox: inbox.filter((entry) => entry.threadId === threadId).map(({ isUnread }) => isUnread),
    hits: hits.filter((hit) => hit.threadId === threadId).length,
  };
};
const nothing = { messages: [], thread: false, unit: false, inbox: [], hits: 0 };
const rowsFor = (actor: Actor, threadId: string) =>
  lookAs(world.deps.db, actor, async (tx) => [
    ...(await tx.execute(sql`select id from thread where id = ${threadId}`)),
    ...(await tx.execute(sql`select id from message where thread_id = ${threadId}`)),
    ...(await tx.execute(sql`select thread_id from inbox_entry where thread_id = ${threadId}`)),
  ]);

describe('what another system had is taken over (MSG-21)', () => {
  let threadId: string;
  const line = given({
    messages: [
      message({ sentAt: '2024-03-02T08:00:00Z', readers: [home(father), as('staff', false)(leader)] }),
      // Reader then, of a child that is not theirs here; and nobody of ours wrote it.
      message({
        authorId: null,
        authorAs: 'staff',
        readers: [home(mother), as('staff')(teacher), home(otherGuardian)],
      }),
    ],
  });

  test('with exactly the readers of each message, and nobody is told', async () => {
    const before = await world.database.admin`select count(*) from outbox`;
    expect(await take(line, true)).toEqual({ kind: 'taken-over' });
    expect(await world.database.admin`select from imported_thread`).toEqual([]);
    expect(await take(line)).toEqual({ kind: 'taken-over' });
    threadId = await threadOf(line.sourceId);
    expect(await world.database.admin`select count(*) from outbox`).toEqual(before);
    expect(await found(mother, threadId)).toMatchObject({
      messages: [0, 1],
      thread: true,
      inbox: [false],
      hits: 2,
    });
    expect(await found(father, threadId)).toMatchObject({ messages: [1], inbox: [false], hits: 1 });
    expect(await found(teacher, threadId)).toMatchObject({ messages: [0], unit: true, inbox: [false] });
    expect(await found(leader, threadId)).toMatchObject({ messages: [1], unit: true, inbox: [true] });
  });

  test('and nobody else, whatever their role; nor who has no right today, nor a guardian who is new', async () => {
    await world.identity.guardians(children.ours, [mother.personId, father.personId, stranger.personId]);
    await world.settled();
    for (const actor of [
      assistant,
      office,
      otherGuardian,
      stranger,
      people.teacherOfB,
      people.administrator,
    ]) {
      expect(await found(actor, threadId)).toEqual(nothing);
      // An entry lies where it lay; whoever has no right finds none (GUA-13).
      expect(await rowsFor(actor, threadId)).toEqual([]);
    }
  });

  test('and closed: nobody answers in it, by either lock', async () => {
    const [first] = await messagesOf(threadId);
    for (const actor of [mother, teacher]) {
      expect((await readThreads(world.deps, actor, [threadId])).get(threadId)).toMatchObject({
        isOpen: false,
      });
      expect(refusal(await answer(world, actor, first!))).toBe('thread-closed');
    }
    expect(await failure(answer(world, assistant, first!))).toBe('NOT_FOUND');
    const write = lookAs(world.deps.db, mother, (tx) =>
      tx.execute(sql`
        insert into message (id, thread_id, unit_id, child_ids, seats, home_readers, author_id, author_as, state, body, idempotency_key)
        select ${newId()}, thread_id, unit_id, child_ids, seats, home_readers, ${mother.personId}, 'guardian', 'SENT', 'x', 'x'
        from message where id = ${first!}`),
    );
    await expect(write).rejects.toThrow();
  });

  test('once: the same line is known, another under its id is refused, also after what it made was erased', async () => {
    expect(await take(line)).toEqual({ kind: 'known' });
    expect(await take({ ...line, subject: 'Annen tur' })).toEqual({
      ...{ kind: 'refused', refusal: { kind: 'source-id-used' } },
    });
    const other = given();
    const twice = await Promise.all([take(other), take(other)]);
    expect(twice.map(({ kind }) => kind).toSorted()).toEqual(['known', 'taken-over']);
    await world.database.admin`delete from thread where id = ${await threadOf(other.sourceId)}`;
    expect(await take(other)).toEqual({ kind: 'known' });
    // What it was called there is not kept (RET-08).
    const kept = await world.database.admin`select to_jsonb(t)::text as row from imported_thread t`;
    expect(JSON.stringify(kept)).not.toContain('old:');
  });

  test('by the policy alone as by the rows alone (S-12)', async () => {
    for (const table of ['thread', 'message', 'inbox_entry'])
      await world.database.admin.unsafe(`alter table ${table} disable row level security`);
    for (const actor of [assistant, office, otherGuardian, stranger])
      expect(await found(actor, threadId)).toEqual(nothing);
    expect((await found(teacher, threadId)).messages).toEqual([0]);
    for (const table of ['thread', 'message', 'inbox_entry'])
      await world.database.admin.unsafe(`alter table ${table} enable row level security`);
  });
});

test.each<[string, object, object]>([
  ['a field that nobody knows', { ...given(), priority: 1 }, { kind: 'field-unknown', at: '' }],
  [
    'one within a reader',
    given({ messages: [message({ readers: [{ ...home(mother), name: 'x' }] })] }),
    { kind: 'field-unknown', at: 'messages.0.readers.0' },
  ],
  [
    'a day that is none',
    given({ messages: [message({ sentAt: 'i går' })] }),
    { kind: 'field-wrong', at: 'messages.0.sentAt' },
  ],
  [
    'a reader whom nobody knows',
    given({ messages: [message({ readers: [as('staff')({ personId: newId() })] })] }),
    { kind: 'reader-unknown' },
  ],
  [
    'one who is nobody’s guardian',
    given({ messages: [message({ readers: [home(teacher)] })] }),
    { kind: 'reader-unknown' },
  ],
  [
    'an author whom nobody knows',
    given({ messages: [message({ authorId: newId() })] }),
    { kind: 'reader-unknown' },
  ],
  ['a child whom nobody knows', given({ childIds: [newId()] }), { kind: 'child-unknown' }],
  ['a unit that nobody knows', given({ unitId: newId() }), { kind: 'unit-unknown' }],
  ['nothing that was written', given({ messages: [message({ text: ' ' })] }), { kind: 'text-empty' }],
  [
    'what is not written yet',
    given({ messages: [message({ sentAt: '2999-01-01T00:00:00Z' })] }),
    { kind: 'sent-later' },
  ],
  [
    'nobody at home',
    given({ messages: [message({ authorId: teacher.personId, authorAs: 'staff' })] }),
    { kind: 'nobody-at-home' },
  ],
])('a line with %s is refused whole (MSG-21)', async (_what, line, why) => {
  expect(await take(line)).toEqual({ kind: 'refused', refusal: why });
  expect(await take(line, true)).toEqual({ kind: 'refused', refusal: why });
});

test('the command goes through a file, says what became of it, and goes on where it was stopped', async () => {
  const lines = [given(), given(), 'nonsense', given()];
  await take(lines[0] as object);
  const file = join(world.folder, 'earlier.jsonl');
  await writeFile(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../import-messages.ts', import.meta.url)), file],
    { env: { ...process.env, DATABASE_URL: world.deps.db.url, LOG_LEVEL: 'warn' } },
  );
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(
    said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { line: 3, refused: { kind: 'not-json' } },
    { lines: 4, 'taken-over': 2, known: 1, refused: 1, isDryRun: false, ms: expect.any(Number) },
  ]);
  expect(code).toBe(1);
});

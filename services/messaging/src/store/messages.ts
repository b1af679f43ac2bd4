import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Capacity, Message, MessageState } from '../domain/thread.ts';
import { uuids } from './uuids.ts';

type Row = {
  id: string;
  thread_id: string;
  unit_id: string;
  child_ids: string[];
  home_readers: string[];
  author_id: string | null;
  author_as: Capacity;
  sent_at: string;
  state: MessageState;
  body: string | null;
  only_staff: string[] | null;
};

const fromRow = (row: Row): Message => ({
  id: row.id,
  threadId: row.thread_id,
  unitId: row.unit_id,
  childIds: row.child_ids,
  homeReaderIds: row.home_readers,
  authorId: row.author_id,
  authorAs: row.author_as,
  sentAt: new Date(row.sent_at),
  state: row.state,
  body: row.body,
  onlyStaffIds: row.only_staff,
});

const columns = sql`message.id, message.thread_id, message.unit_id, message.child_ids, message.home_readers, message.author_id,
  message.author_as, message.sent_at, message.state, message.body, message.only_staff`;

const select = async (tx: Tx, where: SQL): Promise<Message[]> =>
  (await tx.execute<Row>(sql`select ${columns} from message where ${where}`)).map(fromRow);

export const byIds = (tx: Tx, ids: readonly string[]): Promise<Message[]> =>
  select(tx, sql`id = any (${uuids(ids)})`);

/** What its writer has sent under a key of their own. */
export const underKey = async (tx: Tx, authorId: string, key: string): Promise<Message | undefined> =>
  (await select(tx, sql`author_id = ${authorId} and idempotency_key = ${key}`))[0];

/** A message to be stored. */
export interface NewMessage extends Omit<Message, 'sentAt' | 'authorId' | 'body' | 'onlyStaffIds'> {
  readonly authorId: string;
  readonly body: string;
  readonly idempotencyKey: string;
}

/** Stores a message; null when one stands under the key, also one that was committed a moment ago. */
export async function insert(tx: Tx, message: NewMessage): Promise<Message | null> {
  const seats = `{${message.childIds.map((childId) => `${childId}:${message.unitId}`).join()}}`;
  const [stored] = await tx.execute<Row>(sql`
    insert into message (id, thread_id, unit_id, child_ids, seats, home_readers, author_id, author_as, state, body, idempotency_key)
    values (${message.id}, ${message.threadId}, ${message.unitId}, ${uuids(message.childIds)}, ${seats}::text[],
      ${uuids(message.homeReaderIds)}, ${message.authorId}, ${message.authorAs}, ${message.state}, ${message.body},
      ${message.idempotencyKey})
    on conflict (author_id, idempotency_key) do nothing
    returning ${columns}`);
  return stored === undefined ? null : fromRow(stored);
}

/** The place in a thread, newest message first, that a page goes on after. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

/** A page of a thread to read: `first + 1` messages at most, so that whoever asks knows whether there are more. */
export interface Listing {
  readonly threadId: string;
  readonly after: Place | null;
  readonly first: number;
}

/** Reads pages of many threads with one statement, in the order they are given. */
export async function list(tx: Tx, listings: readonly Listing[]): Promise<Message[][]> {
  const wanted = listings.map(({ threadId, after, first }, place) => ({
    ...{ threadId, first, place, afterAt: after?.at ?? null, afterId: after?.id ?? null },
  }));
  const rows = await tx.execute<Row & { place: number }>(sql`
    select wanted.place, ${columns}
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted(
      place int, "threadId" uuid, "afterAt" timestamptz, "afterId" uuid, first int)
    cross join lateral (
      select * from message
      where thread_id = wanted."threadId"
        and (wanted."afterAt" is null or (sent_at, id) < (wanted."afterAt", wanted."afterId"))
      order by sent_at desc, id desc limit wanted.first + 1) message
    order by wanted.place, message.sent_at desc, message.id desc`);
  const pages: Message[][] = listings.map(() => []);
  for (const row of rows) pages[row.place]!.push(fromRow(row));
  return pages;
}

/** That something new is there to read in a thread. */
export async function deliver(tx: Tx, { id, threadId }: Pick<Message, 'id' | 'threadId'>): Promise<void> {
  await tx.execute(sql`
    update thread set is_held = false, last_message_at = greatest(last_message_at, (select sent_at from message where id = ${id}))
    where id = ${threadId}`);
}

/** Lets a held message go; false when it is held no more. */
export async function release(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    update message set state = 'SENT' where id = ${id} and state = 'HELD' returning id`);
  return rows.length > 0;
}

/** Messages that say something, of the threads that reached somebody: newest first, `first + 1` at most. */
export async function search(
  tx: Tx,
  { personId, kind }: { readonly personId: string; readonly kind: Capacity },
  { words, after, first }: { readonly words: string; readonly after: Place | null; readonly first: number },
): Promise<Message[]> {
  const query = sql`websearch_to_tsquery('norwegian', ${words})`;
  const rows = await tx.execute<Row>(sql`
    select ${columns}
    from inbox_entry e
    join message on message.thread_id = e.thread_id
    where e.person_id = ${personId} and e.capacity = ${kind} and message.search @@ ${query}
      ${after === null ? sql`` : sql`and (message.sent_at, message.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by message.sent_at desc, message.id desc limit ${first + 1}`);
  return rows.map(fromRow);
}

/** Hides what a message says; false when there is nothing to hide any more. */
export async function putAway(
  tx: Tx,
  { id, why, by }: { readonly id: string; readonly why: 'WITHDRAWN' | 'MOVED'; readonly by: string },
): Promise<boolean> {
  const [row] = await tx.execute<{ done: boolean }>(sql`select put_away(${id}, ${why}, ${by}) as done`);
  return row!.done;
}

/** As the service: what a moved message said is kept until the archive has the entry (RET-02). */
export const keepUntilFiled = async (tx: Tx, id: string, entryId: string): Promise<void> =>
  void (await tx.execute(sql`select keep_until_filed(${id}, ${entryId})`));

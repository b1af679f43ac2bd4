import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import { type InboxEntry, unreadMost } from '../domain/inbox.ts';
import type { ReadReceipt } from '../domain/read-receipt.ts';
import type { Capacity, Message, Thread } from '../domain/thread.ts';
import { uuids } from './uuids.ts';

type Row = {
  person_id: string;
  capacity: Capacity;
  thread_id: string;
  unit_id: string;
  child_ids: string[];
  last_message_at: string;
  is_unread: boolean;
  is_archived: boolean;
  read_at: string | null;
};

const fromRow = (row: Row): InboxEntry => ({
  personId: row.person_id,
  capacity: row.capacity,
  threadId: row.thread_id,
  unitId: row.unit_id,
  childIds: row.child_ids,
  lastMessageAt: new Date(row.last_message_at),
  isUnread: row.is_unread,
  isArchived: row.is_archived,
  readAt: row.read_at === null ? null : new Date(row.read_at),
});

const columns = sql`person_id, capacity, thread_id, unit_id, child_ids, last_message_at, is_unread, is_archived, read_at`;

const select = async (tx: Tx, rest: SQL): Promise<InboxEntry[]> =>
  (await tx.execute<Row>(sql`select ${columns} from inbox_entry where ${rest}`)).map(fromRow);

/** Whose inbox. */
export interface Owner {
  readonly personId: string;
  readonly kind: Capacity;
}
const of = ({ personId, kind }: Owner): SQL => sql`person_id = ${personId} and capacity = ${kind}`;

/** A page of an inbox, newest message first: `first + 1` at most. */
export const list = (
  tx: Tx,
  owner: Owner,
  {
    isArchived,
    after,
    first,
  }: {
    readonly isArchived: boolean;
    readonly after: { readonly at: string; readonly id: string } | null;
    readonly first: number;
  },
): Promise<InboxEntry[]> =>
  select(
    tx,
    sql`${of(owner)} and is_archived = ${isArchived}
      ${after === null ? sql`` : sql`and (last_message_at, thread_id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
      order by last_message_at desc, thread_id desc limit ${first + 1}`,
  );

/** What is unread, the newest first, and no more than is counted. */
export const unread = (tx: Tx, owner: Owner): Promise<InboxEntry[]> =>
  select(
    tx,
    sql`${of(owner)} and is_unread and not is_archived order by last_message_at desc limit ${unreadMost}`,
  );

export const ofThreads = (tx: Tx, owner: Owner, threadIds: readonly string[]): Promise<InboxEntry[]> =>
  select(tx, sql`${of(owner)} and thread_id = any (${uuids(threadIds)})`);

export async function keepMark(tx: Tx, entry: InboxEntry): Promise<void> {
  await tx.execute(sql`
    update inbox_entry set is_unread = ${entry.isUnread}, is_archived = ${entry.isArchived},
      read_at = ${entry.readAt?.toISOString() ?? null}
    where person_id = ${entry.personId} and capacity = ${entry.capacity} and thread_id = ${entry.threadId}`);
}

/** Puts a message into the inboxes of those whom it reaches, unread for all but who wrote it. */
export async function put(
  tx: Tx,
  message: Pick<Message, 'threadId' | 'authorId' | 'authorAs' | 'sentAt'>,
  reached: readonly { readonly personId: string; readonly capacity: Capacity }[],
): Promise<void> {
  const rows = reached.map(({ personId, capacity }) => ({
    ...{ person_id: personId, capacity },
    is_unread: personId !== message.authorId || capacity !== message.authorAs,
  }));
  await tx.execute(sql`
    insert into inbox_entry (person_id, capacity, thread_id, unit_id, child_ids, seats, last_message_at, is_unread)
    select r.person_id, r.capacity, t.id, t.unit_id, t.child_ids, t.seats, ${message.sentAt.toISOString()}, r.is_unread
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person_id uuid, capacity text, is_unread boolean),
      thread t where t.id = ${message.threadId}
    on conflict (person_id, capacity, thread_id) do update set is_archived = false,
      is_unread = excluded.is_unread, last_message_at = greatest(inbox_entry.last_message_at, excluded.last_message_at)`);
}

/**
 * The messages of a thread that reached somebody since: their notices may still be on their way. What is held, or was written to
 * others, has not reached them: of that they are told when it does.
 */
export async function noticesSince(
  tx: Tx,
  { threadId, personId, capacity }: Pick<InboxEntry, 'threadId' | 'personId' | 'capacity'>,
  since: Date | null,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from message where thread_id = ${threadId} and state <> 'HELD'
      and (${capacity} = 'staff' or ${personId}::uuid = any (home_readers)) ${since === null ? sql`` : sql`and sent_at > ${since.toISOString()}`}
    order by sent_at desc limit 50`);
  return rows.map(({ id }) => id);
}

/** How many of whom some messages went home to have read them, as far as whoever asks may be told. */
export async function countHomeReaders(
  tx: Tx,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, ReadReceipt>> {
  if (messageIds.length === 0) return new Map();
  const rows = await tx.execute<{ message_id: string; readers: number; among: number }>(
    sql`select message_id, readers, among from count_home_readers(${uuids(messageIds)})`,
  );
  return new Map(rows.map(({ message_id, readers, among }) => [message_id, { readerCount: readers, among }]));
}

/** The threads of a unit, newest message first: `first + 1` at most. */
export async function threadIdsOfUnit(
  tx: Tx,
  unitId: string,
  {
    after,
    first,
  }: { readonly after: { readonly at: string; readonly id: string } | null; readonly first: number },
): Promise<readonly Thread['id'][]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from thread where unit_id = ${unitId}
      ${after === null ? sql`` : sql`and (last_message_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by last_message_at desc, id desc limit ${first + 1}`);
  return rows.map(({ id }) => id);
}

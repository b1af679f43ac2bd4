import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { MailboxEntry, Trace } from '../domain/mailbox.ts';
import type { Capacity, MessageState } from '../domain/thread.ts';
import type { Place } from './messages.ts';
import { uuids } from './uuids.ts';

type Row = {
  thread_id: string;
  unit_id: string;
  child_ids: string[];
  waits_since: string | null;
  settled_at: string | null;
  taken_by: string | null;
  taken_at: string | null;
};

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
const fromRow = (row: Row): MailboxEntry => ({
  ...{ threadId: row.thread_id, unitId: row.unit_id, childIds: row.child_ids },
  ...{ waitsSince: instant(row.waits_since), settledAt: instant(row.settled_at) },
  ...{ takenBy: row.taken_by, takenAt: instant(row.taken_at) },
});

const select = async (tx: Tx, rest: SQL): Promise<MailboxEntry[]> =>
  (
    await tx.execute<Row>(sql`
      select thread_id, unit_id, child_ids, waits_since, settled_at, taken_by, taken_at from mailbox_entry where ${rest}`)
  ).map(fromRow);

export const ofThreads = (tx: Tx, threadIds: readonly string[]): Promise<MailboxEntry[]> =>
  select(tx, sql`thread_id = any (${uuids(threadIds)})`);

/** What waits at a unit, or for a group of it as its children are today: longest first, `first + 1` at most. */
export const waiting = (
  tx: Tx,
  {
    unitId,
    groupId,
    after,
    first,
  }: {
    readonly unitId: string;
    readonly groupId: string | null;
    readonly after: Place | null;
    readonly first: number;
  },
): Promise<MailboxEntry[]> =>
  select(
    tx,
    sql`unit_id = ${unitId} and waits_since is not null
      ${
        groupId === null
          ? sql``
          : sql`and child_ids && array(
              select child_id from access.enrolment where unit_id = ${unitId} and ${groupId}::uuid = any (group_ids)
                and from_day <= (select access.today()) and (to_day is null or (select access.today()) < to_day))`
      }
      ${after === null ? sql`` : sql`and (waits_since, thread_id) > (${after.at}::timestamptz, ${after.id}::uuid)`}
      order by waits_since, thread_id limit ${first + 1}`,
  );

/** As the service: what there is to know of the messages of a thread, which nobody adds to until the transaction ends. */
export async function tracesOf(tx: Tx, threadId: string): Promise<readonly Trace[]> {
  await tx.execute(sql`select from thread where id = ${threadId} for no key update`);
  const rows = await tx.execute<{
    author_id: string | null;
    author_as: Capacity;
    sent_at: string;
    state: MessageState;
    home_readers: string[];
  }>(
    sql`select author_id, author_as, sent_at, state, home_readers from message where thread_id = ${threadId}`,
  );
  return rows.map((row) => ({
    ...{ authorId: row.author_id, authorAs: row.author_as, sentAt: new Date(row.sent_at) },
    ...{ state: row.state, homeReaderIds: row.home_readers },
  }));
}

/** As the service: since when a thread waits. A thread that never has is in no mailbox. */
export async function keepWaiting(tx: Tx, threadId: string, since: Date | null): Promise<void> {
  if (since === null)
    await tx.execute(sql`update mailbox_entry set waits_since = null where thread_id = ${threadId}`);
  else
    await tx.execute(sql`
      insert into mailbox_entry (thread_id, unit_id, child_ids, seats, waits_since)
      select id, unit_id, child_ids, seats, ${since.toISOString()} from thread where id = ${threadId}
      on conflict (thread_id) do update set waits_since = excluded.waits_since`);
}

/** As the service: somebody has a thread from now on, or nobody. False when it was another's a moment ago. */
export async function keepTaken(
  tx: Tx,
  threadId: string,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into mailbox_entry as e (thread_id, unit_id, child_ids, seats, taken_by, taken_at)
    select id, unit_id, child_ids, seats, ${to}::uuid, case when ${to}::uuid is not null then now() end
    from thread where id = ${threadId}
    on conflict (thread_id) do update set taken_by = excluded.taken_by, taken_at = excluded.taken_at
      where e.taken_by is not distinct from ${from}::uuid
    returning thread_id`);
  return rows.length > 0;
}

/** As the service: what has come so far needs no answer. */
export const settle = async (tx: Tx, threadId: string): Promise<void> =>
  void (await tx.execute(sql`
    update mailbox_entry set settled_at = now() where thread_id = ${threadId}`));

export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_mailboxes(${personId})`);
}

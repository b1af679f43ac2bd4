import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { idsOf } from './json.ts';

/** What goes to the archive: a case when it is closed, and a complaint. */
export interface Entry {
  readonly entryId: string;
  readonly requestId: string;
  readonly kind: 'CASE' | 'COMPLAINT';
}

/** Has an entry told to the archive, soon and until there is a receipt (RET-02). */
export const add = (tx: Tx, { entryId, requestId, kind }: Entry): Promise<unknown> =>
  tx.execute(sql`
    insert into information_entry (entry_id, request_id, kind) values (${entryId}, ${requestId}, ${kind})`);

/** Entries without a receipt that were never told, or not since an instant; locked until the transaction ends. */
export async function toSubmit(tx: Tx, before: Date, most: number): Promise<readonly Entry[]> {
  const rows = await tx.execute<{ entry_id: string; request_id: string; kind: Entry['kind'] }>(sql`
    select entry_id, request_id, kind from information_entry
    where archived_at is null and (submitted_at is null or submitted_at < ${before.toISOString()}::timestamptz)
    order by entry_id limit ${most} for update skip locked`);
  return rows.map((row) => ({ entryId: row.entry_id, requestId: row.request_id, kind: row.kind }));
}

export async function markSubmitted(tx: Tx, entryIds: readonly string[], at: Date): Promise<void> {
  await tx.execute(sql`
    update information_entry set submitted_at = ${at.toISOString()}::timestamptz where entry_id = any (${idsOf(entryIds)})`);
}

/** Keeps the archive's id; answers whose entry it was, the first time that the archive says so. */
export async function markArchived(
  tx: Tx,
  entryId: string,
  archiveId: string,
  at: Date,
): Promise<string | undefined> {
  const [row] = await tx.execute<{ request_id: string }>(sql`
    update information_entry set archive_id = ${archiveId}, archived_at = ${at.toISOString()}::timestamptz
    where entry_id = ${entryId} and archived_at is null returning request_id`);
  return row?.request_id;
}

/** Of some requests, whether the archive has all that went to it. Those of which nothing went are left out. */
export async function archiveStates(
  tx: Tx,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  if (requestIds.length === 0) return new Map();
  const rows = await tx.execute<{ request_id: string; is_archived: boolean }>(sql`
    select request_id, bool_and(archived_at is not null) as is_archived from information_entry
    where request_id = any (${idsOf(requestIds)}) group by request_id`);
  return new Map(rows.map(({ request_id, is_archived }) => [request_id, is_archived]));
}

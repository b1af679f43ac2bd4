import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

/** What the archive is to have, sealed. All of it is the service's. */
export interface SealedEntry {
  readonly entryId: string;
  readonly sealed: string;
}

export const insert = async (
  tx: Tx,
  { entryId, caseId, sealed }: SealedEntry & { readonly caseId: string },
): Promise<void> =>
  void (await tx.execute(sql`
    insert into archive_entry (entry_id, case_id, sealed) values (${entryId}, ${caseId}, ${sealed})`));

/** The archive has it: its content goes. What is not ours, or was filed before, changes nothing. */
export const markFiled = async (
  tx: Tx,
  { entryId, archiveId }: { readonly entryId: string; readonly archiveId: string },
): Promise<void> =>
  void (await tx.execute(sql`
    update archive_entry set sealed = null, filed_at = now(), archive_id = ${archiveId}
    where entry_id = ${entryId} and filed_at is null`));

/** Entries without a receipt that were told long ago, as if told just now; locked until the transaction ends. */
export async function takeUnheard(tx: Tx, before: Date, most: number): Promise<readonly SealedEntry[]> {
  const rows = await tx.execute<{ entry_id: string; sealed: string }>(sql`
    update archive_entry set told_at = now() where entry_id in (
      select entry_id from archive_entry where filed_at is null and told_at < ${before.toISOString()}::timestamptz
      order by told_at limit ${most} for update skip locked)
    returning entry_id, sealed`);
  return rows.map(({ entry_id: entryId, sealed }) => ({ entryId, sealed }));
}

/** Seconds since the oldest entry was told that the archive does not have. */
export async function waitingSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(first_told_at)), 0)::float8 as seconds from archive_entry where filed_at is null`);
  return row!.seconds;
}

import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

export interface SealedEntry {
  readonly entryId: string;
  readonly sealed: string;
}

export async function insert(tx: Tx, { entryId, sealed }: SealedEntry): Promise<void> {
  await tx.execute(sql`insert into archive_entry (entry_id, sealed) values (${entryId}, ${sealed})`);
}

/** The archive has it: its content goes (RET-02). What is not ours, or was filed before, changes nothing. */
export async function markFiled(
  tx: Tx,
  {
    entryId,
    archiveId,
    caseNumber,
  }: { readonly entryId: string; readonly archiveId: string; readonly caseNumber: string | null },
): Promise<void> {
  await tx.execute(sql`
    update archive_entry set sealed = null, filed_at = now(), archive_id = ${archiveId}, case_number = ${caseNumber}
    where entry_id = ${entryId} and filed_at is null`);
}

/** Entries without a receipt that were told long ago, as if told just now; locked until the transaction ends. */
export async function takeUnheard(tx: Tx, beforeMs: number, most: number): Promise<readonly SealedEntry[]> {
  const rows = await tx.execute<{ entry_id: string; sealed: string }>(sql`
    update archive_entry set told_at = now() where entry_id in (
      select entry_id from archive_entry where filed_at is null and told_at < now() - ${beforeMs} * interval '1 millisecond'
      order by told_at limit ${most} for update skip locked)
    returning entry_id, sealed`);
  return rows.map((row) => ({ entryId: row.entry_id, sealed: row.sealed }));
}

/** Seconds since the oldest entry was made that the archive does not have. */
export async function waitingSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(made_at)), 0)::float8 as seconds from archive_entry where filed_at is null`);
  return row?.seconds ?? 0;
}

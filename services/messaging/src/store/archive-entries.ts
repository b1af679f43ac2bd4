import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

export interface SealedEntry {
  readonly entryId: string;
  readonly sealed: string;
  /** What opens each of its files; none that was refused. */
  readonly files: readonly { readonly fileId: string; readonly place: number; readonly sealed: string }[];
}

type EntryRow = { entry_id: string; sealed: string; files: SealedEntry['files'] | null };

const filesOfEntry = sql`(select jsonb_agg(jsonb_build_object('fileId', f.id, 'place', f.place, 'sealed', f.sealed) order by f.place)
  from archive_file f where f.entry_id = archive_entry.entry_id) as files`;

const toSealed = ({ entry_id: entryId, sealed, files }: EntryRow): SealedEntry => ({
  ...{ entryId, sealed, files: files ?? [] },
});

/** Keeps an entry. One that waits for files has not been told to anybody. */
export async function insert(
  tx: Tx,
  {
    entryId,
    sealed,
    isWaiting,
  }: { readonly entryId: string; readonly sealed: string; readonly isWaiting: boolean },
): Promise<void> {
  await tx.execute(sql`
    insert into archive_entry (entry_id, sealed, told_at)
    values (${entryId}, ${sealed}, case when not ${isWaiting} then now() end)`);
}

/** An entry of which no file waits any more, as told just now; once. */
export async function takeWhole(tx: Tx, entryId: string): Promise<SealedEntry | null> {
  const [row] = await tx.execute<EntryRow>(sql`
    update archive_entry set told_at = now()
    where entry_id = ${entryId} and told_at is null and not exists (select from attachment a where a.entry_id = ${entryId})
    returning entry_id, sealed, ${filesOfEntry}`);
  return row === undefined ? null : toSealed(row);
}

/** The archive has it: its content goes, with that of its files (RET-02). What is not ours, or was filed before, changes nothing. */
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
  await tx.execute(sql`delete from archive_file where entry_id = ${entryId}`);
}

/** Entries without a receipt that were told long ago, as if told just now; locked until the transaction ends. */
export async function takeUnheard(tx: Tx, beforeMs: number, most: number): Promise<readonly SealedEntry[]> {
  const rows = await tx.execute<EntryRow>(sql`
    update archive_entry set told_at = now() where entry_id in (
      select entry_id from archive_entry where filed_at is null and told_at < now() - ${beforeMs} * interval '1 millisecond'
      order by told_at limit ${most} for update skip locked)
    returning entry_id, sealed, ${filesOfEntry}`);
  return rows.map(toSealed);
}

/** Seconds since the oldest entry was made that the archive does not have. */
export async function waitingSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(made_at)), 0)::float8 as seconds from archive_entry where filed_at is null`);
  return row?.seconds ?? 0;
}

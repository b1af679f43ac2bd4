import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

export interface Filed {
  readonly entryId: string;
  readonly archiveId: string;
  readonly caseNumber: string | null;
}

/** What opens a file that goes with an entry, sealed as it came. */
export interface SealedFile {
  readonly fileId: string;
  readonly place: number;
  readonly sealed: string;
}

/** Keeps an entry until the archive has it. Answers the receipt of one that it has: whoever tells it again has not heard of it. */
export async function keep(
  tx: Tx,
  {
    entryId,
    sealed,
    files,
  }: { readonly entryId: string; readonly sealed: string; readonly files: readonly SealedFile[] },
): Promise<Filed | null> {
  const [row] = await tx.execute<{ filed: Filed | null }>(sql`
    with kept as (
      insert into archive_entry (entry_id, sealed, files) values (${entryId}, ${sealed}, ${JSON.stringify(files)}::jsonb) on conflict (entry_id) do nothing)
    select jsonb_build_object('entryId', entry_id, 'archiveId', archive_id, 'caseNumber', case_number) as filed
    from archive_entry where entry_id = ${entryId} and filed_at is not null`);
  return row?.filed ?? null;
}

export interface Due {
  readonly entryId: string;
  readonly sealed: string;
  readonly files: readonly SealedFile[];
  readonly attempt: number;
  /** The documents that the archive has already. */
  readonly filedPlaces: readonly number[];
}

/** Takes one entry that is due, and says when it is due again if nobody says more of it. */
export async function takeDue(tx: Tx, againInMs: number): Promise<Due | null> {
  const [row] = await tx.execute<{ due: Due }>(sql`
    update archive_entry e set attempt = attempt + 1, next_at = now() + ${againInMs} * interval '1 millisecond'
    where e.entry_id = (select entry_id from archive_entry where next_at <= now() order by next_at limit 1 for update skip locked)
    returning jsonb_build_object('entryId', entry_id, 'sealed', sealed, 'files', files, 'attempt', attempt, 'filedPlaces',
      coalesce((select jsonb_agg(place) from archive_message m where m.entry_id = e.entry_id and state = 'FILED'), '[]')) as due`);
  return row?.due ?? null;
}

export async function wait(tx: Tx, entryId: string, ms: number): Promise<void> {
  await tx.execute(sql`
    update archive_entry set next_at = now() + ${ms} * interval '1 millisecond' where entry_id = ${entryId} and filed_at is null`);
}

export async function sending(tx: Tx, entryId: string, place: number): Promise<void> {
  await tx.execute(sql`
    insert into archive_message (entry_id, place, state) values (${entryId}, ${place}, 'SENDING')
    on conflict (entry_id, place) do update set state = 'SENDING', code = null`);
}

export async function sent(tx: Tx, entryId: string, place: number, messageId: string): Promise<void> {
  await tx.execute(sql`
    update archive_message set state = 'SENT', message_id = ${messageId}
    where entry_id = ${entryId} and place = ${place} and state = 'SENDING'`);
}

/** What was about to be handed over and did not come through, or nobody knows whether: it is handed over again. */
export async function notSent(tx: Tx, entryId: string | null): Promise<void> {
  await tx.execute(sql`
    update archive_message set state = 'REFUSED', code = null
    where state = 'SENDING' and (${entryId}::uuid is null or entry_id = ${entryId}::uuid)`);
}

/** Whether anything is about to be handed over whose id nobody knows yet. */
export async function isSending(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute(sql`select 1 from archive_message where state = 'SENDING' limit 1`);
  return row !== undefined;
}

/** The archive has a document. Answers its entry; null for a message that is nobody's. */
export async function markFiled(tx: Tx, messageId: string, archiveId: string): Promise<string | null> {
  const [row] = await tx.execute<{ entry_id: string }>(sql`
    update archive_message set state = 'FILED', archive_id = ${archiveId}, code = null where message_id = ${messageId}
    returning entry_id`);
  return row?.entry_id ?? null;
}

/** The archive says no to a document. Answers its entry and how often it was tried. */
export async function markRefused(
  tx: Tx,
  messageId: string,
  code: string,
): Promise<{ readonly entryId: string; readonly attempt: number } | null> {
  const [row] = await tx.execute<{ entryId: string; attempt: number }>(sql`
    update archive_message m set state = 'REFUSED', code = ${code} from archive_entry e
    where m.message_id = ${messageId} and m.state <> 'FILED' and e.entry_id = m.entry_id
    returning m.entry_id as "entryId", e.attempt`);
  return row ?? null;
}

/** Keeps the receipt of an entry of which the archive has every document, and lets go of its content; once. */
export async function close(
  tx: Tx,
  entryId: string,
  documents: number,
  caseNumber: string | null,
): Promise<Filed | null> {
  const [row] = await tx.execute<{ archive_id: string }>(sql`
    update archive_entry e set sealed = null, files = '[]', next_at = null, filed_at = now(), case_number = ${caseNumber},
      archive_id = (select archive_id from archive_message m where m.entry_id = e.entry_id and place = 0)
    where entry_id = ${entryId} and filed_at is null and ${documents} = (
      select count(*) from archive_message m where m.entry_id = e.entry_id and state = 'FILED')
    returning archive_id`);
  return row === undefined ? null : { entryId, archiveId: row.archive_id, caseNumber };
}

/** The sealed content of an entry that is not closed. */
export async function sealedOf(tx: Tx, entryId: string): Promise<string | null> {
  const [row] = await tx.execute<{ sealed: string | null }>(sql`
    select sealed from archive_entry where entry_id = ${entryId} and filed_at is null`);
  return row?.sealed ?? null;
}

/** Seconds since the oldest entry came that the archive does not have. */
export async function waitingSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(heard_at)), 0)::float8 as seconds from archive_entry where filed_at is null`);
  return row?.seconds ?? 0;
}

export async function refusedCount(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(distinct entry_id)::int as count from archive_message where state = 'REFUSED' and code is not null`);
  return row?.count ?? 0;
}

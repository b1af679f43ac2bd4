import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import { uuids } from './uuids.ts';

/** A file that has been looked at and waits to be sealed for the archive, or was refused. */
export interface WaitingFile {
  readonly id: string;
  readonly entryId: string;
  readonly place: number;
  readonly mediaType: string;
  readonly state: 'READY' | 'REFUSED';
}

const bring = async (tx: Tx, entryId: string, call: SQL): Promise<number> => {
  const [row] = await tx.execute<{ count: number }>(sql`
    with brought as (select ${call} as count)
    update archive_entry set files = brought.count from brought where entry_id = ${entryId} returning brought.count`);
  return row!.count;
};

/** Has a sender's own files go with an entry, in the order given. Answers how many there were. */
export const bringOfSender = (
  tx: Tx,
  entryId: string,
  senderId: string,
  ids: readonly string[],
): Promise<number> => bring(tx, entryId, sql`bring_files_of_sender(${entryId}, ${senderId}, ${uuids(ids)})`);

/** The same with those of a message that has been moved. */
export const bringOfMessage = (
  tx: Tx,
  entryId: string,
  messageId: string,
  ids: readonly string[],
): Promise<number> =>
  bring(tx, entryId, sql`bring_files_of_message(${entryId}, ${messageId}, ${uuids(ids)})`);

/** The file that has waited for longest and is due. */
export async function next(tx: Tx, now: Date): Promise<WaitingFile | null> {
  const [row] = await tx.execute<{
    id: string;
    entry_id: string;
    place: number;
    media_type: string;
    state: WaitingFile['state'];
  }>(sql`
    select id, entry_id, place, media_type, state from attachment
    where entry_id is not null and state <> 'SCANNING' and look_at <= ${now.toISOString()}::timestamptz
    order by look_at limit 1`);
  return row === undefined
    ? null
    : {
        ...{ id: row.id, entryId: row.entry_id, place: row.place },
        ...{ mediaType: row.media_type, state: row.state },
      };
}

/** That it could not be sealed: soon again, and later each time. */
export async function later(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.execute(sql`
    update attachment set looks = looks + 1,
      look_at = ${now.toISOString()}::timestamptz + least(interval '1 minute', interval '1 second' * (2 ^ least(looks, 6)))
    where id = ${id}`);
}

/** Takes a file off those that wait, alone with its entry; false where somebody else has. Its own content is erased then. */
export async function takeOff(tx: Tx, { id, entryId }: WaitingFile): Promise<boolean> {
  await tx.execute(sql`select from archive_entry where entry_id = ${entryId} for update`);
  return (await tx.execute(sql`delete from attachment where id = ${id} returning id`)).length > 0;
}

export async function insert(
  tx: Tx,
  file: Pick<WaitingFile, 'entryId' | 'place'> & { readonly fileId: string; readonly sealed: string },
): Promise<void> {
  await tx.execute(sql`
    insert into archive_file (id, entry_id, place, sealed)
    values (${file.fileId}, ${file.entryId}, ${file.place}, ${file.sealed})`);
}

/** Counts a file that was refused. Answers the form that it went with, and who sent that; null where there is neither any more. */
export async function countRefused(
  tx: Tx,
  entryId: string,
): Promise<{ readonly formId: string; readonly senderId: string } | null> {
  await tx.execute(
    sql`update archive_entry set files_refused = files_refused + 1 where entry_id = ${entryId}`,
  );
  const [row] = await tx.execute<{ form_id: string; sender_id: string }>(
    sql`select form_id, sender_id from contact_form where entry_id = ${entryId}`,
  );
  return row === undefined ? null : { formId: row.form_id, senderId: row.sender_id };
}

import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

export interface Pointer {
  /** Null before anything was read for the first time. */
  readonly sequence: number | null;
  readonly etag: string | null;
}

export async function pointer(tx: Tx): Promise<Pointer> {
  const [row] = await tx.execute<{ sequence: string | null; etag: string | null }>(sql`
    select sequence, etag from feed_pointer`);
  return { sequence: row?.sequence == null ? null : Number(row.sequence), etag: row?.etag ?? null };
}

/** Sets the pointer where there is none yet. Answers whether there was none. */
export async function start(tx: Tx, sequence: number): Promise<boolean> {
  const rows = await tx.execute(sql`
    update feed_pointer set sequence = ${sequence}, caught_up_at = now() where sequence is null returning 1`);
  return rows.length > 0;
}

/** Moves the pointer, if it still is where it was thought to be: no page is ever taken in twice, whoever else is at it. */
export async function move(tx: Tx, from: number, to: number): Promise<boolean> {
  const rows = await tx.execute(sql`
    update feed_pointer set sequence = ${to}, etag = null where sequence = ${from} returning 1`);
  return rows.length > 0;
}

/** Notes that there was nothing after the pointer. A tag that is given stands for that answer. */
export async function caughtUp(tx: Tx, at: number, etag: string | null): Promise<void> {
  await tx.execute(sql`update feed_pointer set caught_up_at = now(), etag = ${etag} where sequence = ${at}`);
}

export interface FeedEventRow {
  readonly sequence: number;
  readonly personId: string;
  readonly type: string;
  /** A document that is still to be read; null for none. */
  readonly documentId: string | null;
}

export async function insertEvents(tx: Tx, events: readonly FeedEventRow[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ sequence, personId, type, documentId }) => ({
    ...{ sequence, person_id: personId, type, document_id: documentId },
  }));
  await tx.execute(sql`
    insert into feed_event (sequence, person_id, type, document_id)
    select sequence, person_id, type, document_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as new (sequence bigint, person_id uuid, type text, document_id text)
    on conflict do nothing`);
}

export async function markHandled(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.execute(sql`
    update feed_event set handled_at = now()
    where handled_at is null
      and person_id = any (array(select jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)::uuid))`);
}

export interface Unexamined {
  readonly sequence: number;
  readonly personId: string;
  readonly documentId: string;
}

/** Events whose own document is still to be read, the oldest first. */
export async function unexamined(tx: Tx, except: readonly string[], most: number): Promise<Unexamined[]> {
  const rows = await tx.execute<{ sequence: string; person_id: string; document_id: string }>(sql`
    select sequence, person_id, document_id from feed_event
    where document_id is not null
      and document_id <> all (array(select jsonb_array_elements_text(${JSON.stringify(except)}::jsonb)))
    order by sequence limit ${most}`);
  return rows.map((row) => ({
    sequence: Number(row.sequence),
    personId: row.person_id,
    documentId: row.document_id,
  }));
}

/** Notes that documents have been read; answers the events among these that they had not been read for before. */
export async function examined(tx: Tx, events: readonly Unexamined[]): Promise<Unexamined[]> {
  const rows = events.map(({ sequence, personId }) => ({ sequence, person_id: personId }));
  const done = await tx.execute<{ sequence: string; person_id: string }>(sql`
    update feed_event set document_id = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as read (sequence bigint, person_id uuid)
    where feed_event.sequence = read.sequence and feed_event.person_id = read.person_id and document_id is not null
    returning feed_event.sequence, feed_event.person_id`);
  const keys = new Set(done.map((row) => `${row.sequence} ${row.person_id}`));
  return events.filter(({ sequence, personId }) => keys.has(`${sequence} ${personId}`));
}

/** Drops events that a restored register will number anew. */
export async function forgetAfter(tx: Tx, sequence: number): Promise<void> {
  await tx.execute(sql`delete from feed_event where sequence > ${sequence}`);
}

export async function forgetOld(tx: Tx, days: number): Promise<void> {
  await tx.execute(
    sql`delete from feed_event where handled_at < now() - ${days} * interval '1 day' and document_id is null`,
  );
}

/**
 * Up to when all that the register said has been heard, read and told, where that is so much later than what was told last
 * that it is worth telling; noted as told. Nothing while people may be missing from the list.
 */
export async function followedUpTo(tx: Tx, everyMs: number): Promise<string | undefined> {
  const [row] = await tx.execute<{ up_to: string }>(sql`
    update feed_pointer set told_up_to = sure.up_to
    from (
      select least(caught_up_at, (select min(unsure_since) from reading where register = 'freg')) as up_to from feed_pointer) as sure
    where (sure.up_to >= told_up_to + ${everyMs} * interval '1 millisecond' or told_up_to is null)
      and (select is_whole from follow_list)
    returning told_up_to as up_to`);
  return row === undefined ? undefined : new Date(row.up_to).toISOString();
}

/** Where the feed is, seconds since it was last known to be read to its end, and since all of it was read and told. */
export async function place(
  tx: Tx,
): Promise<{ sequence: number; lagSeconds: number; unsureSeconds: number }> {
  const [row] = await tx.execute<{ sequence: string | null; lag: number | null; unsure: number | null }>(sql`
    select sequence, extract(epoch from now() - caught_up_at)::float8 as lag,
      extract(epoch from now() - least(caught_up_at, (select min(unsure_since) from reading where register = 'freg')))::float8 as unsure
    from feed_pointer`);
  return { sequence: Number(row?.sequence ?? 0), lagSeconds: row?.lag ?? 0, unsureSeconds: row?.unsure ?? 0 };
}

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
}

export async function insertEvents(tx: Tx, events: readonly FeedEventRow[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ sequence, personId, type }) => ({ sequence, person_id: personId, type }));
  await tx.execute(sql`
    insert into feed_event (sequence, person_id, type)
    select sequence, person_id, type
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (sequence bigint, person_id uuid, type text)
    on conflict do nothing`);
}

export async function markHandled(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.execute(sql`
    update feed_event set handled_at = now()
    where handled_at is null
      and person_id = any (array(select jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)::uuid))`);
}

/** Drops events that a restored register will number anew. */
export async function forgetAfter(tx: Tx, sequence: number): Promise<void> {
  await tx.execute(sql`delete from feed_event where sequence > ${sequence}`);
}

export async function forgetOld(tx: Tx, days: number): Promise<void> {
  await tx.execute(sql`delete from feed_event where handled_at < now() - ${days} * interval '1 day'`);
}

/**
 * Up to when all that the register said has been heard, read and told, where that is so much later than what was told last
 * that it is worth telling; noted as told.
 */
export async function followedUpTo(tx: Tx, everyMs: number): Promise<string | undefined> {
  const [row] = await tx.execute<{ up_to: string }>(sql`
    update feed_pointer set told_up_to = sure.up_to
    from (
      select least(caught_up_at, (select min(unsure_since) from reading)) as up_to from feed_pointer) as sure
    where sure.up_to >= told_up_to + ${everyMs} * interval '1 millisecond' or told_up_to is null
    returning told_up_to as up_to`);
  return row === undefined ? undefined : new Date(row.up_to).toISOString();
}

/** Where the feed is, seconds since it was last known to be read to its end, and since all of it was read and told. */
export async function place(
  tx: Tx,
): Promise<{ sequence: number; lagSeconds: number; unsureSeconds: number }> {
  const [row] = await tx.execute<{ sequence: string | null; lag: number | null; unsure: number | null }>(sql`
    select sequence, extract(epoch from now() - caught_up_at)::float8 as lag,
      extract(epoch from now() - least(caught_up_at, (select min(unsure_since) from reading)))::float8 as unsure
    from feed_pointer`);
  return { sequence: Number(row?.sequence ?? 0), lagSeconds: row?.lag ?? 0, unsureSeconds: row?.unsure ?? 0 };
}

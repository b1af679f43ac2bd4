import type { Tx } from '@ranselpost/kit/database';
import type { UnitRecord } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import { sql } from 'drizzle-orm';
import type { UnitRow, UnitSource } from '../domain/to-unit-record.ts';

/** Whether units were looked through so long ago, or never, that it is time again. */
export async function isDue(tx: Tx, everyMs: number): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from unit_poll where done_at is null or done_at <= now() - ${everyMs} * interval '1 millisecond'`);
  return rows.length > 0;
}

export async function done(tx: Tx): Promise<void> {
  await tx.execute(sql`update unit_poll set done_at = now()`);
}

/** Seconds since all of them were looked through; since the first one was told, as long as that has not happened. */
export async function lagSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ lag: number }>(sql`
    select coalesce(extract(epoch from now() - coalesce(done_at, (select min(read_at) from unit))), 0)::float8 as lag
    from unit_poll`);
  return row?.lag ?? 0;
}

/**
 * Which units to read: of those that a register lists, what is new, was changed, or has not been read for long, since not
 * every register says what changed; and what it listed before and does not now, to hear what has become of it.
 */
export async function toRead(
  tx: Tx,
  source: UnitSource,
  rows: readonly UnitRow[],
  longestDays: number,
): Promise<readonly UnitRow[]> {
  const found = await tx.execute<{ row: UnitRow }>(sql`
    with listed as (
      select r->>'organisationNumber' as number, r->>'changedAt' as changed_at
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as r)
    select jsonb_build_object('organisationNumber', number, 'changedAt', listed.changed_at) as row
    from listed left join unit on organisation_number = number
    where organisation_number is null or source <> ${source} or unit.changed_at is distinct from listed.changed_at
      or not is_told or not (record->>'isListed')::boolean or read_at < now() - ${longestDays} * interval '1 day'
    union all
    select jsonb_build_object('organisationNumber', organisation_number, 'changedAt', changed_at)
    from unit where source = ${source} and not exists (select from listed where number = organisation_number)
      and (not is_told or (record->>'isListed')::boolean)`);
  return found.map(({ row }) => row);
}

/** What to tell of a unit. */
export interface Telling {
  readonly revision: number;
  readonly record: UnitRecord;
}

export interface UnitReading extends UnitRow {
  readonly source: UnitSource;
  readonly record: UnitRecord;
}

/** Writes down a reading; answers what is to be told of it, or undefined when the same was told last. */
export async function settle(tx: Tx, reading: UnitReading): Promise<Telling | undefined> {
  const { organisationNumber, source, changedAt, record } = reading;
  const rows = await tx.execute<{ revision: string }>(sql`
    with before as (
      select is_told and record = ${JSON.stringify(record)}::jsonb as is_same from unit where organisation_number = ${organisationNumber}),
    kept as (
      insert into unit as known (organisation_number, source, changed_at, read_at, revision, record, is_told)
      values (${organisationNumber}, ${source}, ${changedAt}, now(), floor(extract(epoch from now()))::bigint,
        ${JSON.stringify(record)}::jsonb, true)
      on conflict (organisation_number) do update set source = excluded.source, changed_at = excluded.changed_at,
        read_at = now(), record = excluded.record, is_told = true,
        revision = case when known.is_told and known.record = excluded.record
          then known.revision else greatest(known.revision + 1, excluded.revision) end
      returning revision)
    select revision from kept where not exists (select from before where is_same)`);
  return rows[0] === undefined ? undefined : { revision: Number(rows[0].revision), record };
}

/** Writes down that the registers have a unit no more; answers what is to be told of it, if that was not told before. */
export async function strikeOff(tx: Tx, organisationNumber: string): Promise<Telling | undefined> {
  const [row] = await tx.execute<{ revision: string; record: UnitRecord }>(sql`
    update unit set record = record || '{"isListed": false}', is_told = true, read_at = now(),
      revision = greatest(revision + 1, floor(extract(epoch from now()))::bigint)
    where organisation_number = ${organisationNumber} and (not is_told or (record->>'isListed')::boolean)
    returning revision, record`);
  return row === undefined ? undefined : { revision: Number(row.revision), record: row.record };
}

/** Has all of them told again, whatever was told last. */
export async function tellAllAgain(tx: Tx): Promise<void> {
  await tx.execute(sql`update unit set is_told = false`);
  await tx.execute(sql`update unit_poll set done_at = null`);
}

import type { Tx } from '@ranselpost/kit/database';
import type { UnitRecord } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import { sql } from 'drizzle-orm';
import type { KnownUnit } from '../domain/unit-findings.ts';
import { json } from './json.ts';

/** What the open registers say of a unit, and when they were read. */
export interface RegisterView extends UnitRecord {
  readonly readAt: string;
}

export interface RecordedUnit {
  readonly revision: number;
  readonly readAt: string;
  readonly record: UnitRecord;
}

/**
 * Keeps what the registers say of some units, each once; an older word than the one that is kept is not heard (S-24). Answers the units that by this
 * have a private owner and had none, or the other way round, as changed.
 */
export async function save(tx: Tx, units: readonly RecordedUnit[]): Promise<readonly string[]> {
  if (units.length === 0) return [];
  const rows = await tx.execute<{ unit_id: string }>(sql`
    with said as (
      select u->'record'->>'organisationNumber' as organisation_number, (u->>'revision')::bigint as revision,
        (u->>'readAt')::timestamptz as read_at, u->'record' as record
      from jsonb_array_elements(${json(units)}) as u),
    before as (
      select organisation_number, known.record ->> 'ownership' as ownership from unit_register known join said using (organisation_number)),
    saved as (
      insert into unit_register as known (organisation_number, revision, read_at, record)
      select organisation_number, revision, read_at, record from said
      on conflict (organisation_number) do update
        set revision = excluded.revision, read_at = excluded.read_at, record = excluded.record
      where known.revision < excluded.revision
      returning organisation_number, record ->> 'ownership' as ownership)
    update unit set revision = unit.revision + 1 from saved left join before using (organisation_number)
    where unit.organisation_number = saved.organisation_number
      and coalesce(saved.ownership = 'PRIVATE', false) <> coalesce(before.ownership = 'PRIVATE', false)
    returning unit.unit_id`);
  return rows.map(({ unit_id }) => unit_id);
}

export async function known(tx: Tx): Promise<readonly KnownUnit[]> {
  const rows = await tx.execute<{ unit: KnownUnit }>(sql`
    select jsonb_build_object('unitId', unit_id, 'kind', kind, 'organisationNumber', organisation_number) as unit
    from unit where is_active and kind <> 'AFTER_SCHOOL'`);
  return rows.map(({ unit }) => unit);
}

export async function recorded(tx: Tx): Promise<readonly RegisterView[]> {
  const rows = await tx.execute<{ entry: RegisterView }>(sql`
    select record || jsonb_build_object('readAt', read_at) as entry from unit_register`);
  return rows.map(({ entry }) => entry);
}

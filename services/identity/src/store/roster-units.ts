import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

const unitKinds = sql`('SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL')`;
const groupKinds = sql`('BASIS', 'TEACHING', 'CONTACT')`;

/** Has the units and groups of a source go by the keys that its file has for them now. */
export async function renameUnits(tx: Tx, source: string): Promise<void> {
  for (const [table, id] of [
    ['unit', 'unit_id'],
    ['child_group', 'group_id'],
  ] as const)
    await tx.execute(sql`
      update ${sql.raw(table)} t set source_key = g.source_key from staged_group g
      where t.source = ${source} and t.${sql.raw(id)} = g.our_id and t.source_key <> g.source_key`);
}

/** Takes over some units of the staged file; answers the last key and the ids of those that are new or changed. */
export async function takeOverUnits(
  tx: Tx,
  source: string,
  cursor: string,
  most: number,
): Promise<{ readonly last: string | undefined; readonly changed: readonly string[] }> {
  const last = await lastKey(tx, unitKinds, cursor, most);
  const rows = await tx.execute<{ unit_id: string }>(sql`
    insert into unit as known (unit_id, source, source_key, kind, name, organisation_number)
    select our_id, ${source}, source_key, kind, name, organisation_number from staged_group
    where kind in ${unitKinds} and source_key > ${cursor} and source_key <= ${last ?? ''}
    on conflict (source, source_key) do update set kind = excluded.kind, name = excluded.name,
      organisation_number = excluded.organisation_number, is_active = true, revision = known.revision + 1
    where (known.kind, known.name, known.organisation_number, known.is_active)
      is distinct from (excluded.kind, excluded.name, excluded.organisation_number, true)
    returning unit_id`);
  return { last, changed: rows.map(({ unit_id }) => unit_id) };
}

/** Hangs after-school units under their schools, once all are there. */
export async function tieUnits(tx: Tx, source: string): Promise<void> {
  await tx.execute(sql`
    update unit set parent_id = parent.unit_id
    from staged_group g join unit parent on parent.source = ${source} and parent.source_key = g.parent_key
    where unit.source = ${source} and unit.source_key = g.source_key and unit.parent_id is distinct from parent.unit_id`);
}

/** Takes over some groups. One that stands under no unit is passed over: it belongs to nobody's charge. */
export async function takeOverGroups(
  tx: Tx,
  source: string,
  cursor: string,
  most: number,
): Promise<string | undefined> {
  const last = await lastKey(tx, groupKinds, cursor, most);
  await tx.execute(sql`
    insert into child_group as known (group_id, source, source_key, unit_id, kind, name)
    select g.our_id, ${source}, g.source_key, u.our_id, g.kind, g.name
    from staged_group g join staged_group u on u.source_key = g.unit_key
    where g.kind in ${groupKinds} and g.source_key > ${cursor} and g.source_key <= ${last ?? ''}
    on conflict (source, source_key) do update set unit_id = excluded.unit_id, kind = excluded.kind, name = excluded.name,
      is_active = true
    where (known.unit_id, known.kind, known.name, known.is_active)
      is distinct from (excluded.unit_id, excluded.kind, excluded.name, true)`);
  return last;
}

/** Closes the units and groups of a source that its file does not have any more; answers the units. */
export async function closeMissing(tx: Tx, source: string): Promise<readonly string[]> {
  await tx.execute(sql`
    update child_group set is_active = false where source = ${source} and is_active
      and source_key not in (select source_key from staged_group where kind in ${groupKinds} and unit_key is not null)`);
  const rows = await tx.execute<{ unit_id: string }>(sql`
    update unit set is_active = false, revision = revision + 1 where source = ${source} and is_active
      and source_key not in (select source_key from staged_group where kind in ${unitKinds}) returning unit_id`);
  return rows.map(({ unit_id }) => unit_id);
}

export type UnitChange = 'APPEARS' | 'CHANGES' | 'CLOSES';

/** A unit or a group, by its source's key and our id, and what the staged file makes of it. */
export interface ComparedUnit {
  readonly key: string;
  /** Null: it has no id before it is taken over. */
  readonly id: string | null;
  /** What it is called here until then. */
  readonly handle: string;
  readonly kind: string;
  /** Of a group, the unit it is in. */
  readonly unitHandle: string | null;
  readonly change: UnitChange | null;
}

/** Every unit and group of a source, of the staged file and of those it does not have any more. */
export async function compared(tx: Tx, source: string): Promise<readonly ComparedUnit[]> {
  const rows = await tx.execute<{ one: ComparedUnit }>(sql`
    with known as (
      select source_key, unit_id as id, kind, name, organisation_number, null::uuid as unit_id, is_active
        from unit where source = ${source}
      union all
      select source_key, group_id, kind, name, null, unit_id, is_active from child_group where source = ${source}),
    stated as (
      select g.source_key, g.our_id as id, g.kind, g.name,
        case when g.unit_key = g.source_key then g.organisation_number end as organisation_number,
        case when g.unit_key <> g.source_key then u.our_id end as unit_id
      from staged_group g join staged_group u on u.source_key = g.unit_key)
    select jsonb_build_object('key', coalesce(s.source_key, k.source_key), 'id', k.id, 'handle', coalesce(s.id, k.id),
      'kind', coalesce(s.kind, k.kind), 'unitHandle', coalesce(s.unit_id, k.unit_id), 'change', case
        when k.id is null then 'APPEARS'
        when s.id is null then case when k.is_active then 'CLOSES' end
        when (k.source_key, k.kind, k.name, k.organisation_number, k.unit_id, k.is_active)
          is distinct from (s.source_key, s.kind, s.name, s.organisation_number, s.unit_id, true) then 'CHANGES' end) as one
    from stated s full join known k on k.id = s.id order by coalesce(s.source_key, k.source_key), coalesce(s.id, k.id)`);
  return rows.map(({ one }) => one);
}

async function lastKey(
  tx: Tx,
  kinds: typeof unitKinds,
  cursor: string,
  most: number,
): Promise<string | undefined> {
  const [row] = await tx.execute<{ last: string | null }>(sql`
    select max(source_key) as last from (
      select source_key from staged_group where kind in ${kinds} and source_key > ${cursor} order by source_key limit ${most}) as page`);
  return row?.last ?? undefined;
}

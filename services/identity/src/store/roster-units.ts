import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import { json } from './json.ts';

const unitKinds = sql`('SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL')`;
const groupKinds = sql`('BASIS', 'TEACHING', 'CONTACT')`;

/** Takes over some units of the staged file; answers the last key and the ids of those that are new or changed. */
export async function takeOverUnits(
  tx: Tx,
  source: string,
  cursor: string,
  most: number,
  newId: () => string,
): Promise<{ readonly last: string | undefined; readonly changed: readonly string[] }> {
  const keys = await nextKeys(tx, unitKinds, cursor, most);
  const ids = keys.map((key) => ({ key, id: newId() }));
  const rows = await tx.execute<{ unit_id: string }>(sql`
    insert into unit as known (unit_id, source, source_key, kind, name, organisation_number)
    select (i->>'id')::uuid, ${source}, g.source_key, g.kind, g.name, g.organisation_number
    from jsonb_array_elements(${json(ids)}) as i join staged_group g on g.source_key = i->>'key'
    on conflict (source, source_key) do update set kind = excluded.kind, name = excluded.name,
      organisation_number = excluded.organisation_number, is_active = true, revision = known.revision + 1
    where (known.kind, known.name, known.organisation_number, known.is_active)
      is distinct from (excluded.kind, excluded.name, excluded.organisation_number, true)
    returning unit_id`);
  return { last: keys.at(-1), changed: rows.map(({ unit_id }) => unit_id) };
}

/** Hangs after-school units under their schools, once all are there. */
export async function tieUnits(tx: Tx, source: string): Promise<void> {
  await tx.execute(sql`
    update unit set parent_id = parent.unit_id
    from staged_group g join unit parent on parent.source = ${source} and parent.source_key = g.parent_key
    where unit.source = ${source} and unit.source_key = g.source_key and unit.parent_id is distinct from parent.unit_id`);
}

/** Takes over some groups. One whose parent is no unit is passed over: it belongs to nobody's charge. */
export async function takeOverGroups(
  tx: Tx,
  source: string,
  cursor: string,
  most: number,
  newId: () => string,
): Promise<string | undefined> {
  const keys = await nextKeys(tx, groupKinds, cursor, most);
  const ids = keys.map((key) => ({ key, id: newId() }));
  await tx.execute(sql`
    insert into child_group as known (group_id, source, source_key, unit_id, kind, name)
    select (i->>'id')::uuid, ${source}, g.source_key, u.unit_id, g.kind, g.name
    from jsonb_array_elements(${json(ids)}) as i join staged_group g on g.source_key = i->>'key'
    join unit u on u.source = ${source} and u.source_key = g.parent_key
    on conflict (source, source_key) do update set unit_id = excluded.unit_id, kind = excluded.kind, name = excluded.name,
      is_active = true
    where (known.unit_id, known.kind, known.name, known.is_active)
      is distinct from (excluded.unit_id, excluded.kind, excluded.name, true)`);
  return keys.at(-1);
}

/** Closes the units and groups of a source that its file does not have any more; answers the units. */
export async function closeMissing(tx: Tx, source: string): Promise<readonly string[]> {
  await tx.execute(sql`
    update child_group set is_active = false where source = ${source} and is_active
      and source_key not in (select source_key from staged_group where kind in ${groupKinds})`);
  const rows = await tx.execute<{ unit_id: string }>(sql`
    update unit set is_active = false, revision = revision + 1 where source = ${source} and is_active
      and source_key not in (select source_key from staged_group where kind in ${unitKinds}) returning unit_id`);
  return rows.map(({ unit_id }) => unit_id);
}

async function nextKeys(
  tx: Tx,
  kinds: typeof unitKinds,
  cursor: string,
  most: number,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ source_key: string }>(sql`
    select source_key from staged_group where kind in ${kinds} and source_key > ${cursor} order by source_key limit ${most}`);
  return rows.map(({ source_key }) => source_key);
}

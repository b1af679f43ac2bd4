import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { OpenImport } from './roster-staging.ts';
import { json } from './json.ts';

/** Who a source's keys are, of those that were in its last roster; and whether a national number of theirs is known. */
export async function personsBy(
  tx: Tx,
  source: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, { readonly personId: string; readonly hasNumber: boolean }>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.execute<{ key: string; person_id: string; has_number: boolean }>(sql`
    with asked as (select * from jsonb_array_elements_text(${json(keys)}) as asked (key)),
    names as (
      select key, key as name from asked
      union all select key, f.former_key from asked join staged_former f on f.kind = 'person' and f.source_key = key)
    select distinct on (key) key, r.person_id,
      exists (select from person_number n where n.person_id = r.person_id) as has_number
    from names join roster_person r on r.source = ${source} and r.source_key = name
    order by key, r.source_key <> key`);
  return new Map(
    rows.map(({ key, person_id, has_number }) => [key, { personId: person_id, hasNumber: has_number }]),
  );
}

/** The keys that a source has for some people. */
export async function keysOf(
  tx: Tx,
  source: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx.execute<{ person_id: string; key: string }>(sql`
    select person_id, min(source_key) as key from roster_person
    where source = ${source} and person_id in (select jsonb_array_elements_text(${json(personIds)})::uuid) group by 1`);
  return new Map(rows.map(({ person_id, key }) => [person_id, key]));
}

/** Keeps what the staged roster says of some people as what its source said last, and writes only what is new. */
export async function keepPersons(tx: Tx, source: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const asked = sql`array(select jsonb_array_elements_text(${json(keys)}))`;
  await tx.execute(sql`
    delete from roster_place r where source = ${source} and person_key = any (${asked})
      and not exists (select from staged_member m
        where m.person_key = r.person_key and m.target_key = r.target_key and m.post = r.post
          and (m.from_day, m.to_day) is not distinct from (r.from_day, r.to_day))`);
  await tx.execute(sql`
    insert into roster_place (source, person_key, target_key, post, from_day, to_day)
    select distinct ${source}, m.person_key, m.target_key, m.post, m.from_day, m.to_day from staged_member m
    where m.person_key = any (${asked}) and m.post <> 'OTHER' and not exists (select from roster_place r
      where r.source = ${source} and r.person_key = m.person_key and r.target_key = m.target_key and r.post = m.post
        and (r.from_day, r.to_day) is not distinct from (m.from_day, m.to_day))`);
  await tx.execute(sql`
    insert into roster_person as known (source, source_key, person_id, login)
    select ${source}, source_key, person_id, login from staged_person
    where source_key = any (${asked}) and person_id is not null and not is_dropped
    on conflict (source, source_key) do update set person_id = excluded.person_id, login = excluded.login
    where (known.person_id, known.login) is distinct from (excluded.person_id, excluded.login)`);
}

/** Forgets whom and what the staged roster does not have any more, and keeps its units and groups. */
export async function keepTheRest(
  tx: Tx,
  { source, type }: Pick<OpenImport, 'source' | 'type'>,
): Promise<void> {
  const isFull = type === 'full';
  const former = sql`(select former_key from staged_former where kind = 'person')`;
  await tx.execute(sql`
    delete from roster_place r where source = ${source}
      and (person_key in ${former} or (${isFull} and not exists (
        select from staged_person p where p.source_key = r.person_key)))`);
  await tx.execute(sql`
    delete from roster_person r where source = ${source}
      and (source_key in ${former} or source_key in (select source_key from staged_person where is_dropped)
        or (${isFull} and not exists (select from staged_person p where p.source_key = r.source_key)))`);
  await tx.execute(sql`
    delete from roster_group r where source = ${source}
      and not exists (select from staged_group g where g.source_key = r.source_key)`);
  await tx.execute(sql`
    insert into roster_group as known (source, source_key, kind, name, organisation_number, parent_key, from_day, to_day)
    select ${source}, source_key, kind, name, organisation_number, parent_key, from_day, to_day from staged_group
    on conflict (source, source_key) do update set kind = excluded.kind, name = excluded.name,
      organisation_number = excluded.organisation_number, parent_key = excluded.parent_key,
      from_day = excluded.from_day, to_day = excluded.to_day
    where (known.kind, known.name, known.organisation_number, known.parent_key, known.from_day, known.to_day) is distinct from
      (excluded.kind, excluded.name, excluded.organisation_number, excluded.parent_key, excluded.from_day, excluded.to_day)`);
}

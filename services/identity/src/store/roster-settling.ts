import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { RosterFault } from '../domain/roster.ts';

const unitKinds = sql`('SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL')`;
const groupKinds = sql`('BASIS', 'TEACHING', 'CONTACT')`;

/** Most files have nothing of the kind, and need no second look at every row. */
const isThere = async (tx: Tx, rows: SQL): Promise<boolean> =>
  (await tx.execute<{ is_there: boolean }>(sql`select exists (${rows}) as is_there`))[0]?.is_there === true;

/** Has everything in the staged file go by the keys of today. */
export async function renameKeys(tx: Tx): Promise<void> {
  if (!(await isThere(tx, sql`select from staged_former`))) return;
  await tx.execute(sql`
    update staged_member set person_key = f.source_key from staged_former f
    where f.kind = 'person' and person_key = f.former_key`);
  await tx.execute(sql`
    update staged_member set target_key = f.source_key from staged_former f
    where f.kind = 'group' and target_key = f.former_key`);
  await tx.execute(sql`
    update staged_group set parent_key = f.source_key from staged_former f
    where f.kind = 'group' and parent_key = f.former_key`);
}

/**
 * Makes of a file of changes a whole one for everybody it touches: those it names, and those in a group it names. What it
 * says of somebody's post in a place takes the place of what was said of that before.
 */
export async function fillUp(tx: Tx, source: string): Promise<void> {
  const now = (kind: 'person' | 'group', key: string) => sql`
    coalesce((select f.source_key from staged_former f where f.kind = ${kind} and f.former_key = ${sql.raw(key)}),
      ${sql.raw(key)})`;
  await tx.execute(sql`
    insert into staged_person (source_key, candidate_id, person_id, login, line)
    select distinct on (key) key, gen_random_uuid(), person_id, login, 0
    from (select ${now('person', 'r.source_key')} as key, r.* from roster_person r where r.source = ${source}) as r
    where key in (
      select person_key from staged_member
      union select ${now('person', 'p.person_key')} from roster_place p
        where p.source = ${source} and ${now('group', 'p.target_key')} in (select source_key from staged_group))
    order by key, source_key on conflict do nothing`);
  await tx.execute(sql`
    insert into staged_group (source_key, kind, name, organisation_number, parent_key, our_id, from_day, to_day, line)
    select ${now('group', 'r.source_key')}, kind, name, organisation_number, ${now('group', 'r.parent_key')},
      gen_random_uuid(), from_day, to_day, 0
    from roster_group r where source = ${source} on conflict do nothing`);
  await tx.execute(sql`
    insert into staged_member (target_key, person_key, post, from_day, to_day, line)
    select target_key, person_key, post, from_day, to_day, 0
    from (select ${now('group', 'r.target_key')} as target_key, ${now('person', 'r.person_key')} as person_key, post,
        from_day, to_day from roster_place r where source = ${source}) as r
    where person_key in (select source_key from staged_person) and not exists (
      select from staged_member m
      where m.person_key = r.person_key and m.target_key = r.target_key and m.post = r.post)`);
  // A unit that is gone takes what was known to be in it with it.
  await tx.execute(sql`
    with recursive gone as (
      select source_key from staged_group where is_dropped
      union select g.source_key from gone join staged_group g on g.parent_key = gone.source_key where g.line = 0)
    update staged_group set is_dropped = true where source_key in (select source_key from gone) and not is_dropped`);
}

/** Takes out what the file names only to say that it is gone, and every place of it. */
export async function takeOutDropped(tx: Tx): Promise<void> {
  const dropped = sql`
    select from staged_person where is_dropped union all select from staged_group where is_dropped
    union all select from staged_member where is_dropped`;
  if (!(await isThere(tx, dropped))) return;
  await tx.execute(sql`
    delete from staged_member m where is_dropped
      or exists (select from staged_person p where p.source_key = m.person_key and p.is_dropped)
      or exists (select from staged_group g where g.source_key = m.target_key and g.is_dropped)`);
  await tx.execute(sql`delete from staged_group where is_dropped`);
  await tx.execute(sql`update staged_person set login = null where is_dropped and login is not null`);
}

/** Finds the unit above each group, and what is known already of units, groups and people. */
export async function findKnown(tx: Tx, source: string): Promise<void> {
  await tx.execute(sql`
    with recursive up as (
      select source_key, source_key as above, 0 as steps from staged_group where kind in ${unitKinds} or kind in ${groupKinds}
      union all
      select up.source_key, g.parent_key, steps + 1 from up join staged_group g on g.source_key = up.above
      where g.kind not in ${unitKinds} and g.parent_key <> g.source_key and steps < 20)
    update staged_group set unit_key = above from up join staged_group u on u.source_key = above
    where staged_group.source_key = up.source_key and u.kind in ${unitKinds}`);
  const knownAs = (table: string, id: string) => sql`
    update staged_group g set our_id = known.id from (
      select coalesce(f.source_key, t.source_key) as key, (array_agg(${sql.raw(id)} order by f.source_key is not null))[1] as id
      from ${sql.raw(table)} t left join staged_former f on f.kind = 'group' and f.former_key = t.source_key
      where t.source = ${source} group by 1) as known
    where known.key = g.source_key`;
  await tx.execute(sql`${knownAs('unit', 'unit_id')} and g.kind in ${unitKinds}`);
  await tx.execute(sql`${knownAs('child_group', 'group_id')} and g.kind in ${groupKinds}`);
  await tx.execute(sql`
    update staged_person p set person_id = n.person_id from person_number n where n.lookup_hash = p.lookup_hash`);
  await tx.execute(sql`
    update staged_person p set person_id = r.person_id
    from roster_person r left join staged_former f on f.kind = 'person' and f.former_key = r.source_key
    where r.source = ${source} and p.person_id is null and p.source_key = coalesce(f.source_key, r.source_key)
      and (p.lookup_hash is null or not exists (select from person_number n where n.person_id = r.person_id))`);
}

const sourcedId = 'sourcedid/id';

/**
 * What does not hold together: names of what the file does not have, keys that are both old and new, circles, and places
 * that say two things of the same days. Answers the first `most` with how many there are.
 */
export async function contradictions(
  tx: Tx,
  most: number,
): Promise<{ readonly total: number; readonly faults: readonly RosterFault[] }> {
  const rows = await tx.execute<{ total: number; fault: RosterFault }>(sql`
    with recursive rooted as (
      select source_key from staged_group g where parent_key = source_key
        or not exists (select from staged_group p where p.source_key = g.parent_key)
      union select g.source_key from rooted r join staged_group g on g.parent_key = r.source_key),
    faults as (
      select 'unknown-target' as kind, file, line, ${sourcedId} as what from staged_member m
        where not is_dropped and not exists (select from staged_group g where g.source_key = m.target_key)
      union all
      select 'unknown-person', file, line, ${sourcedId} from staged_member m
        where not is_dropped and not exists (select from staged_person p where p.source_key = m.person_key)
      union all
      select 'unknown-parent', file, line, ${sourcedId} from staged_group g
        where not is_dropped and not exists (
          select from staged_group p where p.source_key = g.parent_key and not p.is_dropped)
      union all
      select 'contradicts', file, line, 'relationship' from staged_group g
        where not exists (select from rooted r where r.source_key = g.source_key)
      union all
      select 'contradicts', file, line, 'sourcedid' from staged_person p
        where exists (select from staged_former f where f.kind = 'person' and f.former_key = p.source_key)
      union all
      select 'contradicts', file, line, 'sourcedid' from staged_group g
        where exists (select from staged_former f where f.kind = 'group' and f.former_key = g.source_key)
      union all
      select distinct 'contradicts', m.file, m.line, 'role' from staged_member m join staged_member o
        on o.person_key = m.person_key and o.target_key = m.target_key and o.post = m.post
        where not m.is_dropped and not o.is_dropped and m.post <> 'OTHER'
          and (m.from_day, m.to_day) is distinct from (o.from_day, o.to_day)
          and daterange(m.from_day, m.to_day) && daterange(o.from_day, o.to_day))
    select (count(*) over ())::integer as total, jsonb_build_object('kind', kind, 'file', file, 'line', line, 'what', what) as fault
    from faults order by file nulls first, line limit ${most}`);
  return { total: rows[0]?.total ?? 0, faults: rows.map(({ fault }) => fault) };
}

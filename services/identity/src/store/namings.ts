import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Period } from '../domain/municipal-roles.ts';
import type { NamingLevel } from '../domain/naming.ts';
import type { Protection } from '../domain/protection.ts';
import { type PersonView, person } from './cases.ts';
import { idsOf } from './json.ts';

export interface StoredNaming extends Period {
  readonly namingId: string;
  readonly childId: string;
  readonly personId: string;
  readonly level: NamingLevel;
}

const columns = sql`jsonb_build_object('namingId', n.naming_id, 'childId', n.child_id, 'personId', n.person_id, 'level', n.level,
  'from', n.from_day, 'to', n.to_day)`;

/** The person of a naming `n` has the child in their charge, now or soon, but for being named. */
export const isInCharge = (today: string): SQL => sql`exists (
  select from staff_role r
  join enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
  where r.person_id = n.person_id and e.child_id = n.child_id
    and (r.to_day is null or (r.to_day > ${today}::date and r.to_day > r.from_day))
    and (e.to_day is null or (e.to_day > ${today}::date and e.to_day > e.from_day)))`;

export async function hasInCharge(
  tx: Tx,
  { childId, personId }: Pick<StoredNaming, 'childId' | 'personId'>,
  today: string,
): Promise<boolean> {
  const [row] = await tx.execute<{ has: boolean }>(sql`
    select ${isInCharge(today)} as has from (select ${childId}::uuid as child_id, ${personId}::uuid as person_id) as n`);
  return row?.has ?? false;
}

export async function load(tx: Tx, namingId: string): Promise<StoredNaming | undefined> {
  const [row] = await tx.execute<{ naming: StoredNaming }>(
    sql`select ${columns} as naming from staff_naming n where naming_id = ${namingId}`,
  );
  return row?.naming;
}

/** Those of somebody for a child that are not over. */
export async function ofPerson(
  tx: Tx,
  { childId, personId }: Pick<StoredNaming, 'childId' | 'personId'>,
  today: string,
): Promise<readonly StoredNaming[]> {
  const rows = await tx.execute<{ naming: StoredNaming }>(sql`
    select ${columns} as naming from staff_naming n
    where child_id = ${childId} and person_id = ${personId} and to_day > ${today}::date`);
  return rows.map(({ naming }) => naming);
}

export async function insert(tx: Tx, naming: StoredNaming & { readonly decisionId: string }): Promise<void> {
  await tx.execute(sql`
    insert into staff_naming (naming_id, child_id, person_id, level, from_day, to_day, decision_id)
    values (${naming.namingId}, ${naming.childId}, ${naming.personId}, ${naming.level}, ${naming.from}, ${naming.to},
      ${naming.decisionId})`);
}

/** Ends one sooner than it was to: on a day, or as it begins. */
export async function end(tx: Tx, namingId: string, day: string, endedBy: string): Promise<void> {
  await tx.execute(sql`
    update staff_naming set to_day = greatest(from_day, ${day}::date), ended_by = ${endedBy} where naming_id = ${namingId}`);
}

/** Ends all that there are for a child: to be protected anew is to be looked at anew. */
export async function endAll(tx: Tx, childId: string, day: string, endedBy: string): Promise<void> {
  await tx.execute(sql`
    update staff_naming set to_day = greatest(from_day, ${day}::date), ended_by = ${endedBy}
    where child_id = ${childId} and to_day > greatest(from_day, ${day}::date)`);
}

export interface NamingView extends Period {
  readonly id: string;
  readonly childId: string;
  readonly staff: PersonView;
  readonly level: NamingLevel;
}

/** Who is named for some children, today or later, by first day. */
export async function ofChildren(
  tx: Tx,
  childIds: readonly string[],
  today: string,
): Promise<readonly NamingView[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<{ naming: NamingView }>(sql`
    select jsonb_build_object('id', n.naming_id, 'childId', n.child_id, 'staff', ${person('p')}, 'level', n.level,
      'from', n.from_day, 'to', n.to_day) as naming
    from staff_naming n join person p on p.person_id = n.person_id
    where n.child_id = any (${idsOf(childIds)}) and n.to_day > ${today}::date order by n.from_day, n.naming_id`);
  return rows.map(({ naming }) => naming);
}

/** What protection concerns a child, as those see it who decide about it. */
export async function heldBy(tx: Tx, childId: string): Promise<Protection> {
  const [row] = await tx.execute<{ protection: Protection }>(
    sql`select protection from case_file where child_id = ${childId}`,
  );
  return row?.protection ?? 'NONE';
}

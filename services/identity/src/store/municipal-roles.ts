import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { KnownRosterRole, MunicipalRole, Period } from '../domain/municipal-roles.ts';
import { idsOf, json } from './json.ts';
import { loginOf } from './logins.ts';

export interface StoredMunicipalRole {
  readonly roleId: string;
  readonly personId: string;
  readonly role: MunicipalRole;
  readonly from: string;
  readonly to: string | null;
}

const columns = sql`jsonb_build_object('roleId', role_id, 'personId', person_id, 'role', role, 'from', from_day, 'to', to_day)`;

/** All that some people hold, held or are to hold, by first day. */
export async function of(tx: Tx, personIds: readonly string[]): Promise<readonly StoredMunicipalRole[]> {
  if (personIds.length === 0) return [];
  const rows = await tx.execute<{ role: StoredMunicipalRole }>(sql`
    select ${columns} as role from municipal_role where person_id = any (${idsOf(personIds)}) order by from_day, role_id`);
  return rows.map(({ role }) => role);
}

export async function load(tx: Tx, roleId: string): Promise<StoredMunicipalRole | undefined> {
  const [row] = await tx.execute<{ role: StoredMunicipalRole }>(
    sql`select ${columns} as role from municipal_role where role_id = ${roleId}`,
  );
  return row?.role;
}

export interface NewMunicipalRole extends Period {
  readonly roleId: string;
  readonly personId: string;
  readonly role: MunicipalRole;
  /** The decision it rests on; null where the operator appoints. */
  readonly decisionId: string | null;
}

export async function insert(tx: Tx, role: NewMunicipalRole): Promise<void> {
  await tx.execute(sql`
    insert into municipal_role (role_id, person_id, role, from_day, to_day, source, decision_id)
    values (${role.roleId}, ${role.personId}, ${role.role}, ${role.from}, ${role.to},
      ${role.decisionId === null ? 'operator' : 'decision'}, ${role.decisionId})`);
}

/** Ends one sooner than it was to: on a day, or as it begins. */
export async function end(tx: Tx, roleId: string, day: string, endedBy: string): Promise<void> {
  await tx.execute(sql`
    update municipal_role set to_day = greatest(from_day, ${day}::date), ended_by = ${endedBy} where role_id = ${roleId}`);
}

/** Given by a roster, and by no other one than this. */
const ofRoster = (source: string) => sql`
  r.source = 'roster' and not exists (
    select from roster_person p
    join roster_place l on l.source = p.source and l.person_key = p.source_key
    join roster_group g on g.source = l.source and g.source_key = l.target_key and g.kind = 'OWNER'
    where p.person_id = r.person_id and p.source <> ${source})`;

export async function ofRosterTo(
  tx: Tx,
  source: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownRosterRole[]>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx.execute<{ person_id: string; list: readonly KnownRosterRole[] }>(sql`
    select r.person_id, jsonb_agg(jsonb_build_object('roleId', role_id, 'role', role, 'unitId', null, 'groupId', null,
      'from', from_day, 'to', to_day, 'isEndedHere', ended_by is not null)) as list
    from municipal_role r where r.person_id = any (${idsOf(personIds)}) and ${ofRoster(source)} group by r.person_id`);
  return new Map(rows.map(({ person_id, list }) => [person_id, list]));
}

export async function saveOfRoster(
  tx: Tx,
  roles: readonly (Omit<KnownRosterRole, 'isEndedHere'> & { readonly personId: string })[],
): Promise<void> {
  if (roles.length === 0) return;
  await tx.execute(sql`
    insert into municipal_role as known (role_id, person_id, role, from_day, to_day, source)
    select (r->>'roleId')::uuid, (r->>'personId')::uuid, r->>'role', (r->>'from')::date, (r->>'to')::date, 'roster'
    from jsonb_array_elements(${json(roles)}) as r
    on conflict (person_id, role, from_day) where source = 'roster' or to_day > from_day do update set to_day = excluded.to_day
    where known.source = 'roster' and known.ended_by is null`);
}

/** Who has a role of this roster's on a day or later. */
export const heldByRoster = (source: string, day: string) => sql`
  select r.person_id from municipal_role r
  where ${ofRoster(source)} and ended_by is null and (to_day is null or (to_day > ${day}::date and to_day > from_day))`;

/** A role with the name that its holder signs in by. */
export interface HeldRole extends StoredMunicipalRole {
  readonly login: string | null;
}

/** Those that have not ended, by their ids, which sort by age: one more than wanted when there is more. */
export async function current(
  tx: Tx,
  { today, after, first }: { readonly today: string; readonly after: string | null; readonly first: number },
): Promise<readonly HeldRole[]> {
  const rows = await tx.execute<{ role: HeldRole }>(sql`
    select ${columns} || jsonb_build_object('login', ${loginOf}) as role from municipal_role r
    where (to_day is null or to_day > ${today}::date) and (${after}::uuid is null or role_id > ${after}::uuid)
    order by role_id limit ${first + 1}`);
  return rows.map(({ role }) => role);
}

import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { KnownEnrolment } from '../domain/enrolments.ts';
import type { KnownRole } from '../domain/staff-roles.ts';
import { idsOf, json } from './json.ts';
import { heldByRoster } from './municipal-roles.ts';

/** The enrolments of some children at units of one source: what other rosters say stays theirs. */
export async function enrolmentsOf(
  tx: Tx,
  source: string,
  childIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownEnrolment[]>> {
  if (childIds.length === 0) return new Map();
  const rows = await tx.execute<{ child_id: string; list: readonly KnownEnrolment[] }>(sql`
    select e.child_id, jsonb_agg(jsonb_build_object('enrolmentId', enrolment_id, 'unitId', e.unit_id,
      'groupIds', to_jsonb(group_ids), 'from', from_day, 'to', to_day)) as list
    from enrolment e join unit u on u.unit_id = e.unit_id
    where u.source = ${source} and e.child_id = any (${idsOf(childIds)}) group by e.child_id`);
  return new Map(rows.map(({ child_id, list }) => [child_id, list]));
}

export async function saveEnrolments(
  tx: Tx,
  enrolments: readonly (KnownEnrolment & { readonly childId: string })[],
): Promise<void> {
  if (enrolments.length === 0) return;
  await tx.execute(sql`
    insert into enrolment (enrolment_id, child_id, unit_id, group_ids, from_day, to_day)
    select (e->>'enrolmentId')::uuid, (e->>'childId')::uuid, (e->>'unitId')::uuid,
      array(select jsonb_array_elements_text(e->'groupIds')::uuid), (e->>'from')::date, (e->>'to')::date
    from jsonb_array_elements(${json(enrolments)}) as e
    on conflict (enrolment_id) do update set group_ids = excluded.group_ids, to_day = excluded.to_day`);
}

/** The roles of some people at units of one source, as far as it gave them: what a leader gave is not its to end. */
export async function rolesOf(
  tx: Tx,
  source: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownRole[]>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx.execute<{ person_id: string; list: readonly KnownRole[] }>(sql`
    select r.person_id, jsonb_agg(jsonb_build_object('roleId', role_id, 'role', role, 'unitId', r.unit_id,
      'groupId', group_id, 'from', from_day, 'to', to_day)) as list
    from staff_role r join unit u on u.unit_id = r.unit_id
    where u.source = ${source} and r.person_id = any (${idsOf(personIds)}) and r.assigned_by is null group by r.person_id`);
  return new Map(rows.map(({ person_id, list }) => [person_id, list]));
}

export async function saveRoles(
  tx: Tx,
  roles: readonly (KnownRole & { readonly personId: string })[],
): Promise<void> {
  if (roles.length === 0) return;
  await tx.execute(sql`
    insert into staff_role (role_id, person_id, role, unit_id, group_id, from_day, to_day)
    select (r->>'roleId')::uuid, (r->>'personId')::uuid, r->>'role', (r->>'unitId')::uuid, (r->>'groupId')::uuid,
      (r->>'from')::date, (r->>'to')::date
    from jsonb_array_elements(${json(roles)}) as r
    on conflict (role_id) do update set to_day = excluded.to_day`);
}

/** Login names are taken over whole: a name that somebody else had is theirs no more. */
export async function saveLogins(
  tx: Tx,
  source: string,
  logins: readonly { readonly login: string; readonly personId: string }[],
): Promise<void> {
  if (logins.length === 0) return;
  await tx.execute(sql`
    insert into staff_login as known (login, person_id, source)
    select l->>'login', (l->>'personId')::uuid, ${source} from jsonb_array_elements(${json(logins)}) as l
    on conflict (login) do update set person_id = excluded.person_id, source = excluded.source, is_current = true
    where (known.person_id, known.source, known.is_current) is distinct from (excluded.person_id, excluded.source, true)`);
}

/** The next people with something current by a source whom its file does not name, by id. */
export async function unnamed(
  tx: Tx,
  source: string,
  day: string,
  after: string | null,
  most: number,
): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from (
      select e.child_id as id from enrolment e join unit u on u.unit_id = e.unit_id
        where u.source = ${source} and (e.to_day is null or (e.to_day > ${day}::date and e.to_day > e.from_day))
      union
      select r.person_id from staff_role r join unit u on u.unit_id = r.unit_id
        where u.source = ${source} and r.assigned_by is null
          and (r.to_day is null or (r.to_day > ${day}::date and r.to_day > r.from_day))
      union ${heldByRoster(source, day)}) as current
    where (${after}::uuid is null or id > ${after}::uuid) and not exists (
      select from staged_person p where p.person_id = current.id)
    order by id limit ${most}`);
  return rows.map(({ id }) => id);
}

const loginsOf = (source: string, isFull: boolean) => sql`
  source = ${source} and is_current and login not in (select login from staged_person where login is not null)
  and (${isFull} or person_id in (select person_id from staged_person where person_id is not null))`;

export async function closeLogins(tx: Tx, source: string, isFull: boolean): Promise<void> {
  await tx.execute(sql`update staff_login set is_current = false where ${loginsOf(source, isFull)}`);
}

/** How many names to sign in by the staged file would give and take away. */
export async function comparedLogins(
  tx: Tx,
  source: string,
  isFull: boolean,
): Promise<{ readonly begin: number; readonly end: number }> {
  const [row] = await tx.execute<{ begin: number; end: number }>(sql`
    select (select count(*)::integer from staged_person p where login is not null and not exists (
        select from staff_login l where l.login = p.login and l.is_current and l.person_id = p.person_id)) as begin,
      (select count(*)::integer from staff_login where ${loginsOf(source, isFull)}) as end`);
  return row!;
}

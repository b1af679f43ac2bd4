import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { StaffRole, UnitKind } from '../domain/staff-roles.ts';
import { idsOf } from './json.ts';
import { loginOf } from './logins.ts';

/** A role at a unit. Local: a leader gave it, and no roster ends it. */
export interface StoredRole extends StaffRole {
  readonly roleId: string;
  readonly personId: string;
  readonly isLocal: boolean;
}

const columns = sql`jsonb_build_object('roleId', role_id, 'personId', person_id, 'role', role, 'unitId', unit_id,
  'groupId', group_id, 'from', from_day, 'to', to_day, 'isLocal', assigned_by is not null)`;

export async function load(tx: Tx, roleId: string): Promise<StoredRole | undefined> {
  const [row] = await tx.execute<{ role: StoredRole }>(
    sql`select ${columns} as role from staff_role where role_id = ${roleId}`,
  );
  return row?.role;
}

/** The roles of somebody at a unit that leaders gave them. */
export async function ofPersonAt(tx: Tx, personId: string, unitId: string): Promise<readonly StoredRole[]> {
  const rows = await tx.execute<{ role: StoredRole }>(sql`
    select ${columns} as role from staff_role
    where person_id = ${personId} and unit_id = ${unitId} and assigned_by is not null`);
  return rows.map(({ role }) => role);
}

export async function insert(tx: Tx, role: Omit<StoredRole, 'isLocal'>, assignedBy: string): Promise<void> {
  await tx.execute(sql`
    insert into staff_role (role_id, person_id, role, unit_id, group_id, from_day, to_day, assigned_by)
    values (${role.roleId}, ${role.personId}, ${role.role}, ${role.unitId}, ${role.groupId}, ${role.from}, ${role.to}, ${assignedBy})`);
}

/** Ends one sooner than it was to: on a day, or as it begins. */
export async function end(tx: Tx, roleId: string, day: string): Promise<void> {
  await tx.execute(sql`
    update staff_role set to_day = greatest(from_day, ${day}::date) where role_id = ${roleId} and assigned_by is not null`);
}

/** The kind of a unit in use, with one of its groups where one is named; undefined where there is no such place. */
export async function placeOf(tx: Tx, unitId: string, groupId: string | null): Promise<UnitKind | undefined> {
  const [row] = await tx.execute<{ kind: UnitKind }>(sql`
    select kind from unit u where u.unit_id = ${unitId} and u.is_active
      and (${groupId}::uuid is null or exists (
        select from child_group g where g.group_id = ${groupId} and g.unit_id = u.unit_id and g.is_active))`);
  return row?.kind;
}

/** A substitute's role with the name that they sign in by. */
export interface SubstituteRole extends StoredRole {
  readonly login: string | null;
}

/** Who stands in at some units, today or later, by first day. */
export async function substitutesAt(
  tx: Tx,
  unitIds: readonly string[],
  today: string,
): Promise<readonly SubstituteRole[]> {
  if (unitIds.length === 0) return [];
  const rows = await tx.execute<{ role: SubstituteRole }>(sql`
    select ${columns} || jsonb_build_object('login', ${loginOf}) as role from staff_role r
    where unit_id = any (${idsOf(unitIds)}) and assigned_by is not null and to_day > ${today}::date
    order by from_day, role_id`);
  return rows.map(({ role }) => role);
}

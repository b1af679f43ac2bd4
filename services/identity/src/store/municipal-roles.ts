import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { MunicipalRole, Period } from '../domain/municipal-roles.ts';
import { idsOf } from './json.ts';

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

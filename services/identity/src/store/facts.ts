import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { MunicipalRole } from '../domain/municipal-roles.ts';
import type { ToldGuardian } from '../domain/guardians-fact.ts';
import { idsOf } from './json.ts';

type Counted = 'guardians' | 'enrolments' | 'roles';

/** The revision that a fact is told under: never below the floor, once it has been told at all. */
export const toldAs = (column: SQL): SQL =>
  sql`case when ${column} > 0 then greatest(${column}, (select revision_floor from snapshot)) else 0 end`;

/**
 * Counts one more change of a fact about some people, and answers the revisions to tell it under: above what was told
 * before, also by this database before it was restored (S-24).
 */
export async function nextRevisions(
  tx: Tx,
  fact: Counted,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (personIds.length === 0) return new Map();
  const column = sql.raw(`${fact}_revision`);
  const rows = await tx.execute<{ person_id: string; revision: number }>(sql`
    update person set ${column} = greatest(${column} + 1,
      (select revision_floor from snapshot) + case when ${column} > 0 then 1 else 0 end) where person_id = any (${idsOf(personIds)})
    returning person_id, ${column} as revision`);
  return new Map(rows.map(({ person_id, revision }) => [person_id, revision]));
}

export interface ToldEnrolments {
  readonly childId: string;
  readonly revision: number;
  readonly enrolments: readonly {
    readonly enrolmentId: string;
    readonly unitId: string;
    readonly groupIds: readonly string[];
    readonly from: string;
    readonly to: string | null;
  }[];
  /** Null for a child who is not protected. */
  readonly namedStaff:
    readonly { readonly personId: string; readonly from: string; readonly to: string }[] | null;
}

const enrolmentsOf = sql`
  select child_id, jsonb_agg(jsonb_build_object('enrolmentId', enrolment_id, 'unitId', unit_id,
    'groupIds', to_jsonb(group_ids), 'from', from_day, 'to', to_day) order by from_day, unit_id) as list from enrolment`;

/** Of a child `p` who is protected, who is named for it at that level, today or later; null for any other. */
const namedStaff = (today: string): SQL => sql`
  case when p.held_protection in ('FORTROLIG', 'STRENGT_FORTROLIG') then coalesce((
    select jsonb_agg(jsonb_build_object('personId', n.person_id, 'from', n.from_day, 'to', n.to_day) order by n.from_day, n.naming_id)
    from staff_naming n where n.child_id = p.person_id and n.to_day > ${today}::date and n.to_day > n.from_day
      and protection_rank(n.level) >= protection_rank(p.held_protection)), '[]') end`;

/** All enrolments of some children, with whom of the staff they are open to and the revision they were told under last. */
export async function enrolments(
  tx: Tx,
  childIds: readonly string[],
  today: string,
): Promise<readonly ToldEnrolments[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<{ fact: ToldEnrolments }>(sql`
    with lists as (${enrolmentsOf} where child_id = any (${idsOf(childIds)}) group by child_id)
    select jsonb_build_object('childId', p.person_id, 'revision', ${toldAs(sql`p.enrolments_revision`)}, 'enrolments', coalesce(list, '[]'),
      'namedStaff', ${namedStaff(today)}) as fact
    from person p left join lists on lists.child_id = p.person_id where p.person_id = any (${idsOf(childIds)}) order by p.person_id`);
  return rows.map(({ fact }) => fact);
}

export interface ToldRoles {
  readonly personId: string;
  readonly revision: number;
  readonly roles: readonly {
    readonly roleId: string;
    readonly role: string;
    readonly unitId: string;
    readonly groupId: string | null;
    readonly from: string;
    readonly to: string | null;
  }[];
  readonly municipalRoles: readonly {
    readonly roleId: string;
    readonly role: MunicipalRole;
    readonly from: string;
    readonly to: string | null;
  }[];
}

export async function roles(tx: Tx, personIds: readonly string[]): Promise<readonly ToldRoles[]> {
  if (personIds.length === 0) return [];
  const rows = await tx.execute<{ fact: ToldRoles }>(sql`
    with lists as (
      select person_id, jsonb_agg(jsonb_build_object('roleId', role_id, 'role', role, 'unitId', unit_id, 'groupId', group_id,
        'from', from_day, 'to', to_day) order by from_day, unit_id, role) as list
      from staff_role where person_id = any (${idsOf(personIds)}) group by person_id),
    municipal as (
      select person_id, jsonb_agg(jsonb_build_object('roleId', role_id, 'role', role, 'from', from_day, 'to', to_day)
        order by from_day, role_id) as list
      from municipal_role where person_id = any (${idsOf(personIds)}) group by person_id)
    select jsonb_build_object('personId', p.person_id, 'revision', ${toldAs(sql`p.roles_revision`)}, 'roles', coalesce(lists.list, '[]'),
      'municipalRoles', coalesce(municipal.list, '[]')) as fact
    from person p left join lists on lists.person_id = p.person_id left join municipal on municipal.person_id = p.person_id
    where p.person_id = any (${idsOf(personIds)}) order by p.person_id`);
  return rows.map(({ fact }) => fact);
}

export interface ToldGuardians {
  readonly childId: string;
  readonly revision: number;
  readonly guardians: readonly ToldGuardian[];
}

/** Who has access to some children on a day, as it was told last. */
export async function guardians(
  tx: Tx,
  childIds: readonly string[],
  today: string,
): Promise<readonly ToldGuardians[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<{ fact: ToldGuardians }>(sql`
    with once as (
      select distinct on (child_id, person_id) child_id, person_id, grant_id, ground,
        nullif(max(coalesce(ends_on, 'infinity')) over (partition by child_id, person_id), 'infinity') as ends_on
      from access_grant
      where child_id = any (${idsOf(childIds)}) and state = 'ACTIVE' and (ends_on is null or ends_on > ${today}::date)
      order by child_id, person_id, ground desc),
    lists as (
      select child_id, jsonb_agg(jsonb_build_object('personId', person_id, 'grantId', grant_id, 'ground', ground,
        'endsOn', ends_on) order by person_id) as list
      from once group by child_id)
    select jsonb_build_object('childId', p.person_id, 'revision', ${toldAs(sql`p.guardians_revision`)}, 'guardians', coalesce(list, '[]')) as fact
    from person p left join lists on lists.child_id = p.person_id
    where p.person_id = any (${idsOf(childIds)}) order by p.person_id`);
  return rows.map(({ fact }) => fact);
}

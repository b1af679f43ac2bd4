import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Grant } from '../domain/grants.ts';
import { type ToldEnrolments, type ToldGuardians, type ToldRoles, toldAs } from './facts.ts';
import { grantColumns } from './grants.ts';
import { idsOf, json } from './json.ts';
import type { StoredRestriction } from './restrictions.ts';

/** The grants of those who have access to a child here and had none by a later word. */
export async function lostGrants(tx: Tx, words: readonly ToldGuardians[]): Promise<readonly Grant[]> {
  if (words.length === 0) return [];
  const rows = await tx.execute<{ grant: Grant }>(sql`
    select ${grantColumns} as grant from access_grant where grant_id in (
      select g.grant_id from jsonb_array_elements(${json(words)}) as word
      join person c on c.person_id = (word->>'childId')::uuid
        and ${toldAs(sql`c.guardians_revision`)} < (word->>'revision')::bigint
      join access_grant g on g.child_id = c.person_id and g.state = 'ACTIVE'
      where not exists (
        select from jsonb_array_elements(word->'guardians') as told where (told->>'personId')::uuid = g.person_id))
    order by grant_id`);
  return rows.map(({ grant }) => grant);
}

/** Children of whom somebody has access by the register, in the order of their ids, after one of them. */
export async function withGrants(tx: Tx, after: string, most: number): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select distinct child_id from access_grant
    where state <> 'ENDED' and ground = 'PARENTAL_RESPONSIBILITY' and child_id > ${after}::uuid order by 1 limit ${most}`);
  return rows.map(({ child_id }) => child_id);
}

/** What the register said of some people does not count any more until it has been read again. */
export async function unread(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.execute(sql`
    update person set is_in_register = null where person_id = any (${idsOf(personIds)})`);
}

/** Puts a restriction in force that had been imposed by a later word; false where it is known. */
export async function restrict(
  tx: Tx,
  restriction: Omit<StoredRestriction, 'noteId' | 'liftedAt'>,
): Promise<boolean> {
  const [row] = await tx.execute<{ is_new: boolean }>(
    sql`select repeat_restriction(${json(restriction)}) as is_new`,
  );
  return row?.is_new ?? false;
}

/** Ends a role for the municipality that had ended by a later word. */
export async function endMunicipalRole(
  tx: Tx,
  roleId: string,
  { to, endedBy }: { readonly to: string; readonly endedBy: string | null },
): Promise<void> {
  await tx.execute(sql`select end_role_again(${roleId}::uuid, ${to}::date, ${endedBy}::uuid)`);
}

/** Ends roles that had ended by a later word, on the day it named or today. Gives nobody any. */
export async function endRoles(tx: Tx, words: readonly ToldRoles[], today: string): Promise<void> {
  if (words.length === 0) return;
  await tx.execute(sql`
    update staff_role r set to_day = greatest(r.from_day, ends.day)
    from (
      select own.role_id, case when told is null then ${today}::date else (told->>'to')::date end as day
      from jsonb_array_elements(${json(words)}) as word
      join person p on p.person_id = (word->>'personId')::uuid and ${toldAs(sql`p.roles_revision`)} < (word->>'revision')::bigint
      join staff_role own on own.person_id = p.person_id
      left join lateral jsonb_array_elements(word->'roles') as told on (told->>'roleId')::uuid = own.role_id) as ends
    where r.role_id = ends.role_id and ends.day < coalesce(r.to_day, 'infinity')`);
}

/** The same for places of children, and for the groups that a place had been in. */
export async function endEnrolments(tx: Tx, words: readonly ToldEnrolments[], today: string): Promise<void> {
  if (words.length === 0) return;
  await tx.execute(sql`
    update enrolment e set
      to_day = case when ends.day is null then e.to_day else least(e.to_day, greatest(e.from_day, ends.day)) end,
      group_ids = array(select unnest(e.group_ids) intersect select unnest(ends.group_ids))
    from (
      select own.enrolment_id, case when told is null then ${today}::date else (told->>'to')::date end as day,
        case when told is null then own.group_ids
             else array(select jsonb_array_elements_text(told->'groupIds')::uuid) end as group_ids
      from jsonb_array_elements(${json(words)}) as word
      join person c on c.person_id = (word->>'childId')::uuid and ${toldAs(sql`c.enrolments_revision`)} < (word->>'revision')::bigint
      join enrolment own on own.child_id = c.person_id
      left join lateral jsonb_array_elements(word->'enrolments') as told on (told->>'enrolmentId')::uuid = own.enrolment_id) as ends
    where e.enrolment_id = ends.enrolment_id
      and (ends.day < coalesce(e.to_day, 'infinity') or not e.group_ids <@ ends.group_ids)`);
}

import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { sql } from 'drizzle-orm';
import { idsOf } from './json.ts';

/** What is asked about: some children, or some groups. Nothing: the actor's own grounds alone. */
export interface Asked {
  readonly childIds?: readonly string[];
  readonly groupIds?: readonly string[];
}

/**
 * What a policy needs to know of an actor. Names the actor in each condition by itself, so that it is right with and
 * without row-level security (S-12).
 */
export async function loadAccessFacts(
  tx: Tx,
  actor: Actor,
  today: LocalDate,
  { childIds = [], groupIds = [] }: Asked = {},
): Promise<AccessFacts> {
  const person = 'personId' in actor ? actor.personId : null;
  const [row] = await tx.execute<{ facts: Omit<AccessFacts, 'today'> }>(sql`
    with own as (
      select distinct child_id from access_grant
      where person_id = ${person} and state = 'ACTIVE' and (ends_on is null or ends_on > ${today}::date)
        and (select access.answers_to('guardian'))),
    roles as (select * from staff_role where person_id = ${person})
    select jsonb_build_object(
      'guardianOf', coalesce((select jsonb_agg(child_id) from own), '[]'),
      'roles', coalesce((
        select jsonb_agg(jsonb_build_object('role', role, 'unitId', unit_id, 'groupId', group_id, 'from', from_day, 'to', to_day))
        from roles), '[]'),
      'enrolments', coalesce((
        select jsonb_agg(jsonb_build_object('childId', child_id, 'unitId', unit_id, 'groupIds', to_jsonb(group_ids), 'from', from_day, 'to', to_day,
          'isProtected', exists (select from case_file f where f.child_id = e.child_id and f.protection in ('FORTROLIG', 'STRENGT_FORTROLIG'))))
        from enrolment e where child_id in (select child_id from own) or child_id = any (${idsOf(childIds)})
          or (unit_id in (select unit_id from roles) and group_ids && ${idsOf(groupIds)})), '[]'),
      'namedFor', coalesce((
        select jsonb_agg(jsonb_build_object('childId', n.child_id, 'from', n.from_day, 'to', n.to_day))
        from staff_naming n join case_file f on f.child_id = n.child_id
        where n.person_id = ${person} and protection_rank(n.level) >= protection_rank(f.protection)), '[]')) as facts`);
  return { today, ...row!.facts };
}

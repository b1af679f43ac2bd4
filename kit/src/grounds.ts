import { sql } from 'drizzle-orm';
import type { Tx } from './database.ts';
import type { Actor } from './pure/actor.ts';
import type { LocalDate } from './pure/dates.ts';
import type { AccessFacts } from './pure/grounds.ts';
import type { UnitFeature } from './pure/features.ts';

/** What a policy needs to know, with how features stand at the units that the actor or the children have to do with. */
export interface CopyFacts extends AccessFacts {
  readonly features: readonly UnitFeature[];
}

/** Loads from the access copy what a policy needs to know of an actor and some children. */
export async function loadAccessFacts(
  tx: Tx,
  actor: Actor,
  childIds: readonly string[],
  today: LocalDate,
): Promise<CopyFacts> {
  const person = 'personId' in actor ? actor.personId : null;
  const children = sql`(select jsonb_array_elements_text(${JSON.stringify(childIds)}::jsonb)::uuid)`;
  const [facts] = await tx.execute<{ facts: Omit<CopyFacts, 'today'> }>(sql`
    select jsonb_build_object(
      'guardianOf', coalesce((
        select jsonb_agg(child_id) from access.guardian where person_id = ${person} and child_id in ${children}
          and (ends_on is null or ends_on > ${today}::date) and (select access.answers_to('guardian'))), '[]'),
      'roles', coalesce((
        select jsonb_agg(jsonb_build_object('role', role, 'unitId', unit_id, 'groupId', group_id, 'from', from_day, 'to', to_day))
        from access.staff_role where person_id = ${person}), '[]'),
      'enrolments', coalesce((
        select jsonb_agg(jsonb_build_object('childId', child_id, 'unitId', unit_id, 'groupIds', to_jsonb(group_ids), 'from', from_day, 'to', to_day,
          'isProtected', named_staff is not null))
        from access.enrolment where child_id in ${children}), '[]'),
      'namedFor', coalesce((
        select jsonb_agg(distinct jsonb_build_object('childId', child_id, 'from', named."from", 'to', named."to"))
        from access.enrolment, jsonb_to_recordset(named_staff) as named("personId" uuid, "from" date, "to" date)
        where child_id in ${children} and named."personId" = ${person}), '[]'),
      'features', coalesce((
        select jsonb_agg(jsonb_build_object('unitId', unit_id, 'feature', feature, 'state', state, 'opensOn', opens_on, 'isReadable', is_readable))
        from access.feature where unit_id in (
          select unit_id from access.staff_role where person_id = ${person}
          union select unit_id from access.enrolment where child_id in ${children})), '[]')) as facts`);
  return { today, ...facts!.facts };
}

import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Audience, UnitKind } from '../domain/audience.ts';
import { type Place, placeKey } from '../domain/place.ts';
import { uuids } from './uuids.ts';

/** Everybody who could come to read what is written of some children at a unit, as far as whoever asks has a ground for them. */
export async function load(tx: Tx, childIds: readonly string[], unitId: string): Promise<Audience> {
  const children = uuids(childIds);
  const [row] = await tx.execute<{ audience: Audience }>(sql`
    select jsonb_build_object(
      'unitKind', (select kind from access.unit where unit_id = ${unitId} and is_active),
      'places', coalesce((
        select jsonb_agg(jsonb_build_object('childId', child_id, 'groupIds', to_jsonb(group_ids), 'from', from_day, 'to', to_day,
          'namedStaff', named_staff))
        from access.enrolment where child_id = any (${children}) and unit_id = ${unitId}), '[]'),
      'staff', coalesce((
        select jsonb_agg(jsonb_build_object('personId', person_id, 'role', role, 'groupId', group_id)
          order by role, person_id, group_id)
        from staff_of(${unitId})), '[]'),
      'guardians', coalesce((
        select jsonb_agg(jsonb_build_object('childId', child_id, 'personId', person_id) order by child_id, person_id)
        from guardians_of(${children})), '[]'),
      'away', coalesce((
        select jsonb_agg(jsonb_build_object('id', id, 'unitId', unit_id, 'personId', person_id, 'from', from_day, 'to', to_day,
          'reply', reply, 'standInId', stand_in))
        from out_of_office where unit_id = ${unitId} and from_day <= (select access.today()) and to_day > (select access.today())), '[]')) as audience`);
  return row!.audience;
}

/** Which of some units are kindergartens. */
export async function kindergartens(tx: Tx, unitIds: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.execute<{ unit_id: string }>(sql`
    select unit_id from access.unit where kind = 'KINDERGARTEN'
      and unit_id in (select jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb)::uuid)`);
  return rows.map(({ unit_id }) => unit_id);
}

/** Of some children those whom somebody is a guardian of, in whichever capacity they are signed in. */
export async function ownChildren(
  tx: Tx,
  personId: string,
  childIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select child_id from access.guardian where person_id = ${personId} and child_id = any (${uuids(childIds)})`);
  return rows.map(({ child_id }) => child_id);
}

/** Of which kinds some units are. */
export async function kindsOf(tx: Tx, unitIds: readonly string[]): Promise<readonly UnitKind[]> {
  const rows = await tx.execute<{ kind: UnitKind }>(sql`
    select distinct kind from access.unit
    where unit_id in (select jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb)::uuid)`);
  return rows.map(({ kind }) => kind);
}

/** Whether there are such places, whoever may speak there. */
export async function arePlaces(tx: Tx, places: readonly Place[]): Promise<boolean> {
  const [row] = await tx.execute<{ known: boolean }>(
    sql`select are_places(${`{${places.map(placeKey).join()}}`}::text[]) as known`,
  );
  return row!.known;
}

/** The guardians of some children, and nothing else of their audience. */
export async function guardians(tx: Tx, childIds: readonly string[]): Promise<Pick<Audience, 'guardians'>> {
  const rows = await tx.execute<{ child_id: string; person_id: string }>(
    sql`select child_id, person_id from guardians_of(${uuids(childIds)}) order by child_id, person_id`,
  );
  return { guardians: rows.map(({ child_id, person_id }) => ({ childId: child_id, personId: person_id })) };
}

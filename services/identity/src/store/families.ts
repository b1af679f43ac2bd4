import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { Grant } from '../domain/grants.ts';
import type { AdultFacts, ChildFacts } from '../domain/guardianship.ts';
import type { Naming } from '../domain/naming.ts';
import type { Entry } from '../domain/responsibility.ts';
import type { Restriction } from '../domain/restrictions.ts';
import type { Closed } from '../domain/work-items.ts';
import { grantColumns } from './grants.ts';
import { idsOf, json } from './json.ts';

/** Everything that a child's guardians are worked out from. */
export interface Family {
  readonly child: Omit<ChildFacts, 'documented'>;
  readonly childIsMerged: boolean;
  readonly revision: number;
  /** Its guardians have been worked out before, with everybody read. */
  readonly isSettled: boolean;
  readonly adults: readonly (AdultFacts & { readonly isMerged: boolean })[];
  /** Those that have not ended. */
  readonly grants: readonly Grant[];
  /** Those in force, with the ids that count now. */
  readonly restrictions: readonly Restriction[];
  readonly places: readonly { readonly from: LocalDate; readonly to: LocalDate | null }[];
  /** Of staff, on the days that they have the child in their charge by a role. */
  readonly namings: readonly Naming[];
  readonly openItems: readonly string[];
  /** The last of each kind that staff closed. Of a review, none that is due again. */
  readonly closedItems: readonly Closed[];
}

export async function load(tx: Tx, childIds: readonly string[]): Promise<readonly Family[]> {
  if (childIds.length === 0) return [];
  const rows = await tx.execute<{ family: Family }>(sql`
    with asked as (select * from person where person_id = any (${idsOf(childIds)})),
    entries as (
      select child_id, jsonb_agg(jsonb_build_object('value', value, 'holder', jsonb_build_object('kind', holder_kind, 'personId', holder_id))
        order by value, holder_kind, holder_id) as list
      from responsibility where child_id = any (${idsOf(childIds)}) group by child_id),
    grants as (
      select child_id, jsonb_agg(${grantColumns}) as list
      from access_grant where child_id = any (${idsOf(childIds)}) and state <> 'ENDED' group by child_id),
    adults as (
      select t.child_id, jsonb_agg(jsonb_build_object('personId', a.person_id, 'isRead', a.is_in_register is not null,
        'isInRegister', a.is_in_register is true, 'isDead', a.is_dead, 'hasNationalNumber', a.has_national_number,
        'hasFalseIdentity', a.has_false_identity, 'isUnreadable', a.is_unreadable, 'wasSplit', a.was_split,
        'protection', a.protection, 'isMerged', a.merged_into is not null)) as list
      from (
        select child_id, holder_id as person_id from responsibility
          where child_id = any (${idsOf(childIds)}) and holder_id is not null
        union
        select child_id, person_id from access_grant where child_id = any (${idsOf(childIds)}) and state <> 'ENDED'
      ) as t join person a on a.person_id = t.person_id group by t.child_id),
    restrictions as (
      select human(child_id) as child_id, jsonb_agg(jsonb_build_object('restrictionId', restriction_id,
        'personId', human(person_id), 'kind', kind, 'authority', authority, 'closesAccess', closes_access,
        'reviewOn', review_on)) as list
      from restriction where child_id = any (with_merged(${idsOf(childIds)})) and lifted_at is null group by 1),
    namings as (
      select n.child_id, jsonb_agg(jsonb_build_object('level', n.level, 'from', greatest(n.from_day, charge.from_day),
        'to', least(n.to_day, charge.to_day))) as list
      from staff_naming n, lateral (
        select min(greatest(r.from_day, e.from_day)) as from_day,
          max(least(coalesce(r.to_day, 'infinity'), coalesce(e.to_day, 'infinity'))) as to_day
        from staff_role r join enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
        where r.person_id = n.person_id and e.child_id = n.child_id) as charge
      where n.child_id = any (${idsOf(childIds)}) and charge.to_day is not null group by n.child_id),
    places as (
      select child_id, jsonb_agg(jsonb_build_object('from', from_day, 'to', to_day)) as list
      from enrolment where child_id = any (${idsOf(childIds)}) group by child_id),
    items as (
      select child_id, jsonb_agg(kind) as list from work_item
      where child_id = any (${idsOf(childIds)}) and closed_at is null group by child_id),
    closed as (
      select child_id, jsonb_agg(jsonb_build_object('kind', kind, 'about', about)) as list from (
        select distinct on (child_id, kind) child_id, kind, about, closed_at from work_item
        where child_id = any (${idsOf(childIds)}) and closed_at is not null and about is not null
        order by child_id, kind, closed_at desc) as last
      where kind <> 'RESTRICTION_REVIEW' or closed_at > now() - interval '90 days' group by child_id)
    select jsonb_build_object(
      'child', jsonb_build_object('childId', c.person_id, 'isRead', c.is_in_register is not null,
        'isInRegister', c.is_in_register is true, 'birthDate', c.birth_date, 'hasNationalNumber', c.has_national_number,
        'hasFalseIdentity', c.has_false_identity, 'isUnreadable', c.is_unreadable, 'wasSplit', c.was_split,
        'protection', c.protection, 'heldProtection', c.held_protection,
        'isRepresented', c.is_represented, 'entries', coalesce(entries.list, '[]')),
      'childIsMerged', c.merged_into is not null, 'revision', c.register_revision, 'isSettled', c.settled_at is not null,
      'adults', coalesce(adults.list, '[]'), 'grants', coalesce(grants.list, '[]'),
      'restrictions', coalesce(restrictions.list, '[]'), 'openItems', coalesce(items.list, '[]'),
      'places', coalesce(places.list, '[]'), 'namings', coalesce(namings.list, '[]'),
      'closedItems', coalesce(closed.list, '[]')) as family
    from asked c
    left join entries on entries.child_id = c.person_id left join adults on adults.child_id = c.person_id
    left join grants on grants.child_id = c.person_id left join items on items.child_id = c.person_id
    left join restrictions on restrictions.child_id = c.person_id left join namings on namings.child_id = c.person_id
    left join places on places.child_id = c.person_id left join closed on closed.child_id = c.person_id
    order by c.person_id`);
  return rows.map(({ family }) => family);
}

/** The children whose guardians may change with something about these people: their own, and any they are named for. */
export async function concernedBy(tx: Tx, personIds: readonly string[]): Promise<readonly string[]> {
  if (personIds.length === 0) return [];
  const rows = await tx.execute<{ child_id: string }>(sql`
    select child_id from responsibility where holder_id = any (${idsOf(personIds)})
    union select child_id from access_grant where person_id = any (${idsOf(personIds)}) and state <> 'ENDED'
    union select person_id from person where person_id = any (${idsOf(personIds)}) and is_child
    union select child_id from access_grant where child_id = any (${idsOf(personIds)}) and state <> 'ENDED'`);
  return rows.map(({ child_id }) => child_id);
}

/** Children with a grant whose last day is over. */
export async function withGrantOver(tx: Tx, today: string, most: number): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select distinct child_id from access_grant where state <> 'ENDED' and ends_on <= ${today}::date limit ${most}`);
  return rows.map(({ child_id }) => child_id);
}

/** Puts the entries of some children in the place of those they had. */
export async function replaceEntries(
  tx: Tx,
  children: readonly {
    readonly childId: string;
    readonly entries: readonly (Entry & { since: string | null })[];
  }[],
): Promise<void> {
  if (children.length === 0) return;
  await tx.execute(
    sql`delete from responsibility where child_id = any (${idsOf(children.map(({ childId }) => childId))})`,
  );
  await tx.execute(sql`
    insert into responsibility (child_id, value, holder_kind, holder_id, since)
    select (c->>'childId')::uuid, e->>'value', e->'holder'->>'kind', (e->'holder'->>'personId')::uuid, e->>'since'
    from jsonb_array_elements(${json(children)}) as c cross join jsonb_array_elements(c->'entries') as e`);
}

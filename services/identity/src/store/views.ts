import type { Tx } from '@ranselpost/kit/database';
import type { PersonActor } from '@ranselpost/kit/pure/actor';
import { sql } from 'drizzle-orm';
import type { Protection } from '../domain/protection.ts';
import type { StaffRoleKind, UnitKind } from '../domain/staff-roles.ts';
import { idsOf } from './json.ts';
import type { RegisterView } from './unit-register.ts';

export interface NameView {
  readonly given: string;
  readonly middle: string | null;
  readonly family: string;
}

export interface UnitView {
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: string;
  /** Null where no register knows it. */
  readonly register: RegisterView | null;
}

export interface GroupView {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
}

export interface GuardianView {
  readonly id: string;
  readonly name: NameView | null;
  readonly protection: Protection;
}

export interface EnrolmentView {
  readonly id: string;
  readonly childId: string;
  readonly unitId: string;
  readonly groupIds: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

export interface ChildView {
  readonly id: string;
  readonly name: NameView | null;
  readonly guardians: readonly GuardianView[];
  readonly enrolments: readonly EnrolmentView[];
}

export interface RoleView {
  readonly id: string;
  readonly kind: StaffRoleKind;
  readonly unitId: string;
  readonly groupId: string | null;
  readonly from: string;
  readonly to: string | null;
}

/** A name in parts, of a person in the query; null while it is not known. */
export const name = (person: string) =>
  sql.raw(`case when ${person}.given is not null and ${person}.family is not null then
    jsonb_build_object('given', ${person}.given, 'middle', ${person}.middle, 'family', ${person}.family) end`);

/** Some children with their guardians and their places from today on. */
export async function children(tx: Tx, ids: readonly string[], today: string): Promise<readonly ChildView[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<{ child: ChildView }>(sql`
    select jsonb_build_object('id', c.person_id, 'name', ${name('c')},
      'guardians', coalesce((
        select jsonb_agg(jsonb_build_object('id', a.person_id, 'name', ${name('a')}, 'protection', a.protection) order by a.given, a.person_id)
        from person a where a.person_id in (
          select g.person_id from access_grant g
          where g.child_id = c.person_id and g.state = 'ACTIVE' and (g.ends_on is null or g.ends_on > ${today}::date))), '[]'),
      'enrolments', coalesce((
        select jsonb_agg(jsonb_build_object('id', e.enrolment_id, 'childId', e.child_id, 'unitId', e.unit_id,
          'groupIds', to_jsonb(e.group_ids), 'from', e.from_day, 'to', e.to_day) order by e.from_day, e.enrolment_id)
        from enrolment e where e.child_id = c.person_id and (e.to_day is null or e.to_day > ${today}::date)), '[]')) as child
    from person c where c.person_id = any (${idsOf(ids)})`);
  return rows.map(({ child }) => child);
}

/** What some children are called where there is little room: the given name, and of the family name a letter. */
export async function shortNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select person_id as id, given || ' ' || left(family, 1) || '.' as name from person
    where person_id = any (${idsOf(ids)}) and given is not null and family is not null`);
  return new Map(rows.map(({ id, name: short }) => [id, short]));
}

export async function units(tx: Tx, ids: readonly string[]): Promise<readonly UnitView[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<UnitView & Record<string, unknown>>(
    sql`select u.unit_id as id, u.kind, u.name, r.record || jsonb_build_object('readAt', r.read_at) as register
      from unit u left join unit_register r on r.organisation_number = u.organisation_number
      where u.unit_id = any (${idsOf(ids)})`,
  );
  return [...rows];
}

export async function groups(tx: Tx, ids: readonly string[]): Promise<readonly GroupView[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<{ id: string; name: string; unit_id: string }>(
    sql`select group_id as id, name, unit_id from child_group where group_id = any (${idsOf(ids)})`,
  );
  return rows.map(({ id, name: text, unit_id }) => ({ id, name: text, unitId: unit_id }));
}

/**
 * Of some children at units those in whose charge whoever asks is there, as row-level security has worked it out: a case that they
 * have a part in is none (ADR-05, ADR-10).
 */
export async function seated(
  tx: Tx,
  places: readonly { readonly childId: string; readonly unitId: string }[],
): Promise<ReadonlySet<string>> {
  if (places.length === 0) return new Set();
  const seats = places.map(({ childId, unitId }) => `${childId}:${unitId}`);
  const rows = await tx.execute<{ seat: string }>(sql`
    select seat from jsonb_array_elements_text(${JSON.stringify(seats)}::jsonb) as seat
    where seat = any ((select access.seats())::text[])`);
  return new Set(rows.map(({ seat }) => seat));
}

export interface OwnView {
  readonly name: NameView | null;
  /** By the contact register. */
  readonly language: string | null;
  /** By themself, here. */
  readonly chosenLanguage: string | null;
  readonly roles: readonly RoleView[];
}

/** The person who asks: name and language, and as staff the roles of today. */
export async function viewer(tx: Tx, { personId, kind }: PersonActor, today: string): Promise<OwnView> {
  const [row] = await tx.execute<{ viewer: OwnView }>(sql`
    select jsonb_build_object('name', ${name('p')}, 'language', p.language,
      'chosenLanguage', (
        select language from person_settings where person_id = ${personId} and capacity = ${kind}),
      'roles', coalesce((
        select jsonb_agg(jsonb_build_object('id', role_id, 'kind', role, 'unitId', unit_id, 'groupId', group_id,
          'from', from_day, 'to', to_day) order by from_day, role_id)
        from staff_role where person_id = ${personId} and from_day <= ${today}::date and (to_day is null or to_day > ${today}::date)), '[]')) as viewer
    from person p where p.person_id = ${personId}`);
  return row?.viewer ?? { name: null, language: null, chosenLanguage: null, roles: [] };
}

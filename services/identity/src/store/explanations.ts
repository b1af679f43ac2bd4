import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { AuditFacts, StaffAsKnown } from '../domain/explain-policy.ts';
import type { Ground } from '../domain/grants.ts';
import { idsOf, json } from './json.ts';
import { type GuardianView, type NameView, name } from './views.ts';

export interface RecordView {
  readonly id: string;
  readonly version: number;
  readonly fetchedAt: string;
}

export interface GuardianAccessView {
  readonly id: string;
  readonly childId: string;
  readonly guardian: GuardianView;
  readonly ground: Ground;
  readonly since: string;
  readonly endsOn: string | null;
  readonly record: RecordView | null;
}

export interface StaffAccessView {
  readonly id: string;
  readonly childId: string;
  readonly staff: StaffAsKnown & { readonly name: NameView | null };
  readonly role: string;
  readonly unitId: string;
  readonly groupId: string | null;
  readonly from: string;
  readonly to: string | null;
}

export interface ReadingView {
  readonly block: number;
  readonly place: number;
  readonly childId: string;
  readonly readAt: string;
  readonly kind: string;
  readonly staff: StaffAsKnown & { readonly name: NameView | null };
  readonly role: string;
  readonly rule: string;
  readonly unitId: string | null;
}

const guardianAccess = sql`jsonb_build_object('id', g.grant_id, 'childId', g.child_id, 'ground', g.ground, 'endsOn', g.ends_on,
  'guardian', jsonb_build_object('id', g.person_id, 'name', ${name('a')}, 'protection', coalesce(a.protection, 'NONE')), 'since', b.since,
  'record', case when b.read_at is not null then
    jsonb_build_object('id', g.child_id, 'version', b.register_revision, 'fetchedAt', b.read_at) end)`;

/** Of some ids, those that are children here, as far as an auditor goes; nothing for anybody else. */
export async function auditable(tx: Tx, ids: readonly string[]): Promise<AuditFacts['children']> {
  return tx.execute<AuditFacts['children'][number] & Record<string, unknown>>(sql`
    select child_id as "childId", is_own_case as "isOwnCase" from access.auditable(${idsOf(ids)})`);
}

/** Grants that are open today, with what they rest on. */
export async function guardiansOf(
  tx: Tx,
  childIds: readonly string[],
  today: string,
): Promise<readonly GuardianAccessView[]> {
  const rows = await tx.execute<{ access: GuardianAccessView }>(sql`
    with open as materialized (
      select grant_id, child_id, person_id, ground, ends_on from access_grant
      where child_id = any (${idsOf(childIds)}) and state = 'ACTIVE' and (ends_on is null or ends_on > ${today}::date))
    select ${guardianAccess} as access
    from open g left join person a on a.person_id = g.person_id
    join access.grounds_of(array(select grant_id from open)) b on b.grant_id = g.grant_id
    order by a.given, g.grant_id`);
  return rows.map(({ access }) => access);
}

/** Who a member of staff is to those whose child it is. `s` holds `child_id` and `person_id`, and is materialised. */
const member = sql`jsonb_build_object('personId', s.person_id, 'name', ${name('n')},
  'protection', coalesce(p.protection, n.protection, 'NONE'),
  'asGuardian', case when exists (select from access_grant g where g.child_id = s.child_id and g.person_id = s.person_id and g.state = 'ACTIVE')
    then 'now' when exists (select from access_grant g where g.child_id = s.child_id and g.person_id = s.person_id and g.state <> 'ENDED')
    then 'held' else 'no' end)`;
const known = sql`left join access.staff_names(array(select person_id from s)) n on n.person_id = s.person_id
  left join person p on p.person_id = s.person_id`;
const staffAccess = sql`jsonb_build_object('id', s.role_id, 'childId', s.child_id, 'staff', ${member}, 'role', s.role,
  'unitId', s.unit_id, 'groupId', s.group_id, 'from', s.from_day, 'to', s.to_day)`;

/** Staff with charge of some children today. */
export async function staffOver(tx: Tx, childIds: readonly string[]): Promise<readonly StaffAccessView[]> {
  const rows = await tx.execute<{ access: StaffAccessView }>(sql`
    with s as materialized (select * from access.staff_over(${idsOf(childIds)}))
    select ${staffAccess} as access from s ${known} order by s.unit_id, s.role, s.role_id`);
  return rows.map(({ access }) => access);
}

/** A page of the readings of one child: newest first, one more than wanted where there are more. */
export interface ReadingsWanted {
  readonly childId: string;
  readonly after: { readonly block: number; readonly place: number } | null;
  readonly first: number;
}

/** Reads many pages with one statement. */
export async function readings(tx: Tx, wanted: readonly ReadingsWanted[]): Promise<ReadingView[][]> {
  const pages: ReadingView[][] = wanted.map(() => []);
  if (wanted.length === 0) return pages;
  const rows = await tx.execute<{ page: number; reading: ReadingView }>(sql`
    with s as materialized (
      select w.page, l.* from jsonb_to_recordset(${json(
        wanted.map(({ childId, after, first }, page) => ({ page, childId, first, ...after })),
      )}) as w(page int, "childId" uuid, first int, block bigint, place int)
      cross join lateral (
        select block, place, child_id, reader_id as person_id, kind, unit_id, role, rule, read_at from access_log
        where child_id = w."childId" and (w.block is null or (block, place) < (w.block, w.place))
        order by block desc, place desc limit w.first + 1) l)
    select s.page, jsonb_build_object('block', s.block, 'place', s.place, 'childId', s.child_id, 'readAt', s.read_at,
      'kind', s.kind, 'role', s.role, 'rule', s.rule, 'unitId', s.unit_id, 'staff', ${member}) as reading
    from s ${known} order by s.page, s.block desc, s.place desc`);
  for (const { page, reading } of rows) pages[page]!.push(reading);
  return pages;
}

/** A page of those who can see the children of a unit, staff first; one more than wanted where there are more. */
export interface ReviewWanted {
  readonly unitId: string;
  readonly after: ReviewPlace | null;
  readonly first: number;
}

export interface ReviewPlace {
  readonly kind: 'staff' | 'guardian';
  /** The child, for a guardian: children come one after the other. */
  readonly childId: string | null;
  readonly id: string;
}

export async function staffAt(
  tx: Tx,
  { unitId, after, first }: ReviewWanted,
): Promise<readonly Omit<StaffAccessView, 'childId'>[]> {
  if (after?.kind === 'guardian') return [];
  const rows = await tx.execute<{ access: StaffAccessView }>(sql`
    with s as materialized (
      select *, null::uuid as child_id from access.staff_at(${unitId}) r
      where ${after?.id ?? null}::uuid is null or role_id > ${after?.id ?? null}::uuid
      order by role_id limit ${first + 1})
    select ${staffAccess} as access from s ${known} order by s.role_id`);
  return rows.map(({ access }) => access);
}

export async function guardiansAt(
  tx: Tx,
  { unitId, after, first }: ReviewWanted,
  today: string,
): Promise<readonly GuardianAccessView[]> {
  const place = after?.kind === 'guardian' ? after : null;
  const rows = await tx.execute<{ access: GuardianAccessView }>(sql`
    with open as materialized (
      select grant_id, child_id, person_id, ground, ends_on from access_grant
      where child_id = any ((select access.charges())::uuid[]) and child_id in (
        select child_id from enrolment
        where unit_id = ${unitId} and from_day <= ${today}::date and (to_day is null or to_day > ${today}::date))
      and state = 'ACTIVE' and (ends_on is null or ends_on > ${today}::date)
      and (${place?.id ?? null}::uuid is null or (child_id, grant_id) > (${place?.childId ?? null}::uuid, ${place?.id ?? null}::uuid))
      order by child_id, grant_id limit ${first + 1})
    select ${guardianAccess} as access
    from open g left join person a on a.person_id = g.person_id
    join access.grounds_of(array(select grant_id from open)) b on b.grant_id = g.grant_id
    order by g.child_id, g.grant_id`);
  return rows.map(({ access }) => access);
}

import type { Tx } from '@ranselpost/kit/database';
import type { Feature, FeatureState } from '@ranselpost/kit/pure/features';
import type { NoticeChoices } from '@ranselpost/kit/pure/dispatch';
import type { NoticeCategory, NoticeImportance } from '@ranselpost/schema/events/notice-due';
import { type SQL, sql } from 'drizzle-orm';
import type { Delivery } from '../domain/notice.ts';

/** Whom a notice is for, and by which children. */
export interface Recipient {
  readonly personId: string;
  readonly capacity: 'guardian' | 'staff';
  readonly childIds: readonly string[];
}

export interface NewNotice {
  readonly noticeId: string;
  readonly source: string;
  readonly category: NoticeCategory;
  readonly importance: NoticeImportance;
  readonly rank: number;
  readonly unitId: string | null;
  readonly subjectId: string;
  readonly occurredAt: string;
  /** A named person has let it go, although it is about a protected child. */
  readonly isReleased?: true | undefined;
  readonly recipients: readonly Recipient[];
}

/** Keeps one row for each recipient who has none yet, or notes that one which is held was let go. What was dropped before it was due is done with at once. */
export async function keep(tx: Tx, notice: NewNotice): Promise<void> {
  const { noticeId, source, category, importance, rank, unitId, subjectId, occurredAt } = notice;
  const isReleased = notice.isReleased === true;
  await tx.execute(sql`
    insert into notice (notice_id, person_id, capacity, source, category, importance, rank, unit_id, child_ids, subject_id,
      occurred_at, is_released, state, reason, next_at, settled_at)
    select ${noticeId}::uuid, r."personId", r.capacity, ${source}, ${category}, ${importance}, ${rank}, ${unitId}::uuid,
      array(select jsonb_array_elements_text(r."childIds")::uuid), ${subjectId}::uuid, ${occurredAt}::timestamptz, ${isReleased}::boolean,
      case when d.is_dropped then 'DONE' else 'WAITING' end, case when d.is_dropped then 'DROPPED' end,
      case when d.is_dropped then null else now() end, case when d.is_dropped then now() end
    from jsonb_to_recordset(${JSON.stringify(notice.recipients)}::jsonb) as r("personId" uuid, capacity text, "childIds" jsonb),
      lateral (select exists (select from notice_drop d where d.notice_id = ${noticeId}
        and (d.person_id is null or d.person_id = r."personId")) as is_dropped) as d
    on conflict (notice_id, person_id) do nothing`);
  if (isReleased)
    await tx.execute(sql`
      update notice set is_released = true
      where notice_id = ${noticeId} and state = 'HELD' and reason = 'PROTECTED' and person_id in (
        select "personId" from jsonb_to_recordset(${JSON.stringify(notice.recipients)}::jsonb) as r("personId" uuid))`);
}

/** Has a notice go out to nobody any more, or not to these. */
export async function drop(
  tx: Tx,
  noticeId: string,
  personIds: readonly string[] | undefined,
): Promise<void> {
  const people = personIds === undefined ? null : JSON.stringify(personIds);
  await tx.execute(sql`
    insert into notice_drop (notice_id, person_id)
    select ${noticeId}::uuid, person_id from (
      select null::uuid as person_id where ${people}::jsonb is null
      union all select value::uuid from jsonb_array_elements_text(${people}::jsonb)) as dropped
    on conflict do nothing`);
  const isDropped = sql`notice_id = ${noticeId} and (${people}::jsonb is null
    or person_id in (select value::uuid from jsonb_array_elements_text(${people}::jsonb)))`;
  await stayMerged(tx, isDropped);
  await tx.execute(sql`
    update notice set state = 'DONE', reason = 'DROPPED', next_at = null, settled_at = now()
    where ${isDropped} and state <> 'DONE'`);
}

/** What went with another is done with for good: it goes out no more, whatever becomes of that one. */
const stayMerged = async (tx: Tx, which: SQL): Promise<void> =>
  void (await tx.execute(
    sql`update notice set merged_into = null where merged_into is not null and ${which}`,
  ));

/**
 * What somebody is told of by one child alone waits no more once they have lost that child, also when they should get it back
 * (GUA-10). By other children they are told still.
 */
export async function dropForChild(tx: Tx, personId: string, childId: string): Promise<void> {
  await stayMerged(tx, sql`person_id = ${personId} and child_ids = array[${childId}::uuid]`);
  await tx.execute(sql`
    update notice set child_ids = array_remove(child_ids, ${childId}::uuid)
    where person_id = ${personId} and (state <> 'DONE' or merged_into is not null) and ${childId}::uuid = any (child_ids) and cardinality(child_ids) > 1`);
  await tx.execute(sql`
    update notice set state = 'DONE', reason = 'NO_GROUND', next_at = null, settled_at = now()
    where person_id = ${personId} and state <> 'DONE' and child_ids = array[${childId}::uuid]`);
}

/** What was taken to be sent, with all that is known of the person at this moment. */
export interface Taken {
  readonly noticeId: string;
  readonly personId: string;
  readonly capacity: 'guardian' | 'staff';
  readonly category: NoticeCategory;
  readonly importance: NoticeImportance;
  readonly createdAt: Date;
  readonly attempt: number;
  readonly hasGround: boolean;
  readonly isProtected: boolean;
  readonly features: Readonly<Partial<Record<Feature, FeatureState>>> | null;
  readonly contact: string | null;
  /** Up to when what the register said of them counts. */
  readonly knownAt: string | null;
  readonly choices: {
    readonly language: string | null;
    readonly notices: {
      readonly kind: keyof NoticeChoices;
      readonly channels: NoticeChoices[keyof NoticeChoices];
    }[];
    readonly quietFrom: string | null;
    readonly quietTo: string | null;
    readonly digestAt: string | null;
  } | null;
  readonly childIds: readonly string[];
  /** By which names those of the children may be called that the person has a ground for now. */
  readonly names: readonly { readonly childId: string; readonly sealed: string }[];
  readonly devices: readonly { readonly subscriptionId: string; readonly sealed: string }[];
  readonly failing: readonly ('EMAIL' | 'SMS')[];
  readonly before: readonly Delivery[];
}

/**
 * Takes what is due, up to a number, so that nobody else does for as long as the lease lasts. Nothing, while the access copy
 * cannot prove that it is fresh (S-04); nothing for guardians, while nobody knows what the population register says (GUA-01).
 */
export async function take(
  tx: Tx,
  {
    most,
    leaseMs,
    maxStaleness,
  }: { readonly most: number; readonly leaseMs: number; readonly maxStaleness: number },
): Promise<readonly Taken[]> {
  const rows = await tx.execute<{ taken: Omit<Taken, 'createdAt'> & { createdAt: string } }>(sql`
    with picked as materialized (
      select notice_id, person_id from notice
      where state in ('WAITING', 'UNDER_WAY') and next_at <= now()
        and (select is_whole and as_of > now() - ${maxStaleness} * interval '1 second'
               and verified_at > now() - ${maxStaleness} * interval '1 second' from access.copy_state)
        and (capacity <> 'guardian' or (select access.answers_to('guardian')))
      order by rank, next_at limit ${most} for update skip locked),
    taken as (
      update notice n set state = 'UNDER_WAY', reason = null, attempt = n.attempt + 1,
        next_at = now() + ${leaseMs} * interval '1 millisecond'
      from picked p where n.notice_id = p.notice_id and n.person_id = p.person_id
      returning n.*)
    select jsonb_build_object(
      'noticeId', t.notice_id, 'personId', t.person_id, 'capacity', t.capacity, 'category', t.category,
      'importance', t.importance, 'createdAt', t.created_at, 'attempt', t.attempt,
      'hasGround', may_be_told(t.person_id, t.capacity, t.child_ids),
      'isProtected', is_held_back(t.person_id, t.child_ids, t.is_released),
      'features', case when t.unit_id is not null then coalesce(
        (select jsonb_object_agg(f.feature, f.state) from access.feature f where f.unit_id = t.unit_id), '{}') end,
      'contact', c.sealed, 'knownAt', case when c.failed_at is null
        then greatest(c.read_at, (select contacts_up_to from outlook)) else c.read_at end,
      'choices', case when s.person_id is not null then jsonb_build_object('language', s.language, 'notices', s.notices,
        'quietFrom', s.quiet_from, 'quietTo', s.quiet_to, 'digestAt', s.digest_at) end,
      'childIds', t.child_ids,
      'names', coalesce((select jsonb_agg(jsonb_build_object('childId', k.child_id, 'sealed', k.sealed) order by k.child_id)
        from child_name k where t.capacity = 'guardian' and k.person_id = t.person_id and k.child_id = any (t.child_ids)
          and may_be_told(t.person_id, 'guardian', array[k.child_id])
          and not is_shielded(t.person_id, array[k.child_id])), '[]'),
      'devices', coalesce((select jsonb_agg(jsonb_build_object('subscriptionId', d.subscription_id, 'sealed', d.sealed))
        from push_subscription d where d.person_id = t.person_id and d.capacity = t.capacity), '[]'),
      'failing', coalesce((select jsonb_agg(f.channel) from failing f where f.person_id = t.person_id), '[]'),
      'before', coalesce((select jsonb_agg(jsonb_build_object('channel', d.channel, 'subscriptionId', d.subscription_id,
        'state', d.state)) from delivery d where d.notice_id = t.notice_id and d.person_id = t.person_id), '[]')) as taken
    from taken t
    left join contact c on c.person_id = t.person_id
    left join choice s on s.person_id = t.person_id and s.capacity = t.capacity`);
  return rows.map(({ taken }) => ({ ...taken, createdAt: new Date(taken.createdAt) }));
}

export interface Key {
  readonly noticeId: string;
  readonly personId: string;
}

/** What becomes of a notice: done with, held, or waiting until an instant. */
export interface Move extends Key {
  readonly state: 'WAITING' | 'HELD' | 'DONE';
  readonly reason: string;
  readonly nextAt: Date | null;
  /** The notice that it goes out with. */
  readonly mergedInto?: string;
}

export async function move(tx: Tx, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.execute(sql`
    update notice n set state = m.state, reason = m.reason, next_at = m."nextAt",
      settled_at = case when m.state = 'DONE' then now() end, merged_into = m."mergedInto"
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
      as m("noticeId" uuid, "personId" uuid, state text, reason text, "nextAt" timestamptz, "mergedInto" uuid)
    where n.notice_id = m."noticeId" and n.person_id = m."personId" and n.state = 'UNDER_WAY'`);
}

/** Lets go on what was held for a feature that is open now, or for somebody's protection that is over. */
export async function release(
  tx: Tx,
  featuresOf: Readonly<Record<string, readonly Feature[]>>,
): Promise<void> {
  await tx.execute(sql`
    update notice n set state = 'WAITING', reason = null, next_at = now()
    where n.state = 'HELD' and n.reason = 'FEATURE' and not exists (
      select from jsonb_array_elements_text(${JSON.stringify(featuresOf)}::jsonb -> n.category) as wanted
      where not exists (select from access.feature f
        where f.unit_id = n.unit_id and f.feature = wanted and f.state = 'OPEN'))`);
  await tx.execute(sql`
    update notice n set state = 'WAITING', reason = null, next_at = now()
    where n.state = 'HELD' and n.reason = 'PROTECTED' and not is_held_back(n.person_id, n.child_ids, n.is_released)`);
}

/** Forgets what was done with long ago, with its proof of delivery. */
export async function forgetOld(tx: Tx, days: number): Promise<void> {
  await tx.execute(sql`
    delete from notice where (notice_id, person_id) in (
      select notice_id, person_id from notice
      where state = 'DONE' and settled_at < now() - ${days} * interval '1 day' limit 10000)`);
  await tx.execute(sql`delete from notice_drop where dropped_at < now() - ${days} * interval '1 day'`);
}

/** Seconds since the oldest notice became due that nobody has taken. */
export async function lagSeconds(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ lag: number | null }>(sql`
    select extract(epoch from now() - min(next_at))::float8 as lag from notice
    where state in ('WAITING', 'UNDER_WAY') and next_at <= now()`);
  return row?.lag ?? 0;
}

/**
 * The difference of the last days between what was to be told and what became of it (S-25): due for an hour and neither
 * told, dropped nor held; or said to be told while no delivery of it was taken.
 */
export async function difference(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select (select count(*) from notice where state in ('WAITING', 'UNDER_WAY') and next_at < now() - interval '1 hour')::int
      + (select count(*) from notice n where state = 'DONE' and reason = 'TOLD' and settled_at > now() - interval '2 days'
          and not exists (select from delivery d where d.notice_id = n.notice_id and d.person_id = n.person_id
            and d.state in ('ACCEPTED', 'DELIVERED', 'FAILED')))::int as count`);
  return row?.count ?? 0;
}

/** Everything of a person goes: also where they are a child by whom others are told. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`delete from notice where person_id = ${personId}`);
  await tx.execute(sql`delete from notice_drop where person_id = ${personId}`);
  await tx.execute(sql`delete from notice where child_ids = array[${personId}::uuid]`);
  await tx.execute(sql`
    update notice set child_ids = array_remove(child_ids, ${personId}::uuid) where ${personId}::uuid = any (child_ids)`);
}

/** What waits for somebody who is protected from now on goes out no more, nor what waits about them (ADR-12). */
export async function dropAllAbout(tx: Tx, personId: string): Promise<void> {
  const isAbout = sql`(person_id = ${personId} or ${personId}::uuid = any (child_ids))`;
  await stayMerged(tx, isAbout);
  await tx.execute(sql`
    update notice set state = 'DONE', reason = 'PROTECTED', next_at = null, settled_at = now()
    where state <> 'DONE' and ${isAbout}`);
}

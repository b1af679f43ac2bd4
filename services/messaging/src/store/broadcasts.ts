import type { Tx } from '@ranselpost/kit/database';
import type { Feature, UnitFeature } from '@ranselpost/kit/pure/features';
import { type SQL, sql } from 'drizzle-orm';
import type { Audience, Broadcast, BroadcastState, UrgentReason } from '../domain/broadcast.ts';
import type { BulletinText } from '../domain/bulletin-text.ts';
import { fromPlaceKey, placeKey } from '../domain/place.ts';
import { uuids } from './uuids.ts';

type Row = {
  id: string;
  unit_id: string;
  places: string[];
  is_starting: boolean;
  author_id: string | null;
  title: string | null;
  body: string | null;
  urgent_reason: UrgentReason | null;
  state: BroadcastState;
  due_at: string;
  sent_at: string | null;
  withdrawn_at: string | null;
  recipient_count: number | null;
  received_by: string[] | null;
  read_at: string | null;
};

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

const fromRow = (row: Row): Broadcast => ({
  ...{ id: row.id, unitId: row.unit_id, authorId: row.author_id, state: row.state },
  ...{ places: row.places.map(fromPlaceKey), isStarting: row.is_starting },
  text: row.title === null || row.body === null ? null : { title: row.title, body: row.body },
  ...{ urgentReason: row.urgent_reason, recipientCount: row.recipient_count },
  ...{ dueAt: new Date(row.due_at), sentAt: dateOf(row.sent_at), withdrawnAt: dateOf(row.withdrawn_at) },
  ...{ receivedBy: row.received_by, readAt: dateOf(row.read_at) },
});

const columns = sql`b.id, b.unit_id, b.places, b.is_starting, b.author_id, b.title, b.body, b.urgent_reason, b.state, b.due_at,
  b.sent_at, b.withdrawn_at, b.recipient_count`;
const keys = ({ places }: Audience): SQL => sql`${`{${places.map(placeKey).join()}}`}::text[]`;

const select = async (tx: Tx, personId: string | null, where: SQL): Promise<Broadcast[]> =>
  (
    await tx.execute<Row>(sql`
      select ${columns}, r.child_ids as received_by, r.read_at
      from broadcast b left join broadcast_recipient r on r.broadcast_id = b.id and r.person_id = ${personId}
      where ${where}`)
  ).map(fromRow);

export const byIds = (tx: Tx, personId: string | null, ids: readonly string[]): Promise<Broadcast[]> =>
  select(tx, personId, sql`b.id = any (${uuids(ids)})`);

export const underKey = async (tx: Tx, authorId: string, key: string): Promise<Broadcast | null> =>
  (await select(tx, null, sql`b.author_id = ${authorId} and b.idempotency_key = ${key}`))[0] ?? null;

/** The place in a list, newest first, that a page goes on after. */
export interface ListPlace {
  readonly at: Date;
  readonly id: string;
}

export const before = (at: SQL, id: SQL, after: ListPlace | null): SQL =>
  after === null
    ? sql`true`
    : sql`(${at}, ${id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;

/** What somebody has received, newest first: `first + 1` at most. */
export async function received(
  tx: Tx,
  personId: string,
  { first, after }: { readonly first: number; readonly after: ListPlace | null },
): Promise<Broadcast[]> {
  const rows = await tx.execute<Row>(sql`
    select ${columns}, r.child_ids as received_by, r.read_at
    from broadcast_recipient r join broadcast b on b.id = r.broadcast_id
    where r.person_id = ${personId} and ${before(sql`r.sent_at`, sql`r.broadcast_id`, after)}
    order by r.sent_at desc, r.broadcast_id desc limit ${first + 1}`);
  return rows.map(fromRow);
}

/** How much of what somebody has received they have not opened. */
export async function countUnread(tx: Tx, personId: string): Promise<number> {
  const [unread] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from broadcast_recipient r join broadcast b on b.id = r.broadcast_id
    where r.person_id = ${personId} and r.read_at is null and b.state = 'SENT'`);
  return unread!.count;
}

/** What a unit has said and is about to say, the last written first: `first + 1` at most. */
export const ofUnit = (
  tx: Tx,
  unitId: string,
  { first, after }: { readonly first: number; readonly after: ListPlace | null },
): Promise<Broadcast[]> =>
  select(
    tx,
    null,
    sql`b.unit_id = ${unitId} and ${before(sql`b.due_at`, sql`b.id`, after)}
      order by b.due_at desc, b.id desc limit ${first + 1}`,
  );

/** To which places somebody has sent of late. */
export async function usualPlaces(tx: Tx, authorId: string): Promise<string[][]> {
  const rows = await tx.execute<{ places: string[] }>(sql`
    select places from broadcast where author_id = ${authorId} and state <> 'UNDONE' order by written_at desc limit 20`);
  return rows.map(({ places }) => places);
}

/** How many guardians there are at places, and in all, whom whoever asks may count. */
export async function countGuardians(
  tx: Tx,
  audience: Audience,
): Promise<{ readonly all: number; readonly at: ReadonlyMap<string, number> }> {
  const rows = await tx.execute<{ place: string | null; count: number }>(
    sql`select place, count from count_guardians_at(${keys(audience)}, ${audience.isStarting})`,
  );
  const at = new Map(rows.map(({ place, count }) => [place, count]));
  return { all: at.get(null) ?? 0, at: at as ReadonlyMap<string, number> };
}

export async function countReaders(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.execute<{ broadcast_id: string; count: number }>(
    sql`select broadcast_id, count from count_readers(${uuids(ids)})`,
  );
  return new Map(rows.map(({ broadcast_id, count }) => [broadcast_id, count]));
}

/** A broadcast to be stored. */
export interface NewBroadcast extends Audience {
  readonly id: string;
  readonly unitId: string;
  readonly authorId: string;
  readonly idempotencyKey: string;
  readonly text: BulletinText;
  readonly urgentReason: UrgentReason | null;
  readonly writtenAt: Date;
  readonly dueAt: Date;
}

/** Stores a broadcast; false when one stands under the key, also one that was committed a moment ago. */
export async function insert(tx: Tx, wanted: NewBroadcast): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into broadcast (id, unit_id, places, is_starting, author_id, idempotency_key, title, body, urgent_reason,
      written_at, due_at)
    values (${wanted.id}, ${wanted.unitId}, ${keys(wanted)}, ${wanted.isStarting},
      ${wanted.authorId}, ${wanted.idempotencyKey}, ${wanted.text.title}, ${wanted.text.body}, ${wanted.urgentReason},
      ${wanted.writtenAt.toISOString()}, ${wanted.dueAt.toISOString()})
    on conflict do nothing returning id`);
  return rows.length > 0;
}

/** Undoes what waits. False when it waits no more. */
export const undo = async (tx: Tx, id: string): Promise<boolean> =>
  (
    await tx.execute(
      sql`update broadcast set state = 'UNDONE' where id = ${id} and state = 'WAITING' returning id`,
    )
  ).length > 0;

/** Withdraws what is out, with what it said. False when it is not out any more. */
export const withdraw = async (tx: Tx, id: string, at: Date): Promise<boolean> =>
  (
    await tx.execute(sql`
      update broadcast set state = 'WITHDRAWN', withdrawn_at = ${at.toISOString()}, title = null, body = null
      where id = ${id} and state = 'SENT' returning id`)
  ).length > 0;

export async function markRead(tx: Tx, personId: string, id: string, at: Date): Promise<void> {
  await tx.execute(sql`
    update broadcast_recipient set read_at = ${at.toISOString()}
    where broadcast_id = ${id} and person_id = ${personId} and read_at is null`);
}

/** The broadcast that has been due for longest, held for this transaction; null when none is that nobody else holds. */
export async function nextDue(tx: Tx, now: Date): Promise<Broadcast | null> {
  const rows = await tx.execute<Row>(sql`
    select ${columns}, null as received_by, null as read_at from broadcast b
    where b.state = 'WAITING' and b.due_at <= ${now.toISOString()}::timestamptz
    order by b.due_at limit 1 for update skip locked`);
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

/** Where somebody may speak today, and how a feature stands at some units. */
export async function sendingFacts(
  tx: Tx,
  {
    authorId,
    unitIds,
    feature,
  }: {
    readonly authorId: string | null;
    readonly unitIds: readonly string[];
    readonly feature: Feature;
  },
): Promise<{ readonly authorPlaces: readonly string[]; readonly features: readonly UnitFeature[] }> {
  const [facts] = await tx.execute<{ places: string[] | null; features: UnitFeature[] }>(sql`
    select broadcast_places_of(${authorId}) as places, coalesce((
      select jsonb_agg(jsonb_build_object('unitId', unit_id, 'feature', feature, 'state', state, 'opensOn', opens_on,
        'isReadable', is_readable))
      from access.feature where feature = ${feature}
        and unit_id = any (${uuids(unitIds)})), '[]') as features`);
  return { authorPlaces: facts!.places ?? [], features: facts!.features };
}

/** Freezes whom it goes to and sends it, with one statement however many they are; answers how many. */
export async function send(tx: Tx, id: string, at: Date): Promise<number> {
  const [sent] = await tx.execute<{ recipients: number }>(sql`
    with recipients as (
      insert into broadcast_recipient (broadcast_id, person_id, sent_at, child_ids, is_counted)
      select b.id, g.person_id, date_trunc('milliseconds', ${at.toISOString()}::timestamptz), g.child_ids, g.is_counted
      from broadcast b cross join lateral guardians_at(b.places, b.is_starting) as g
      where b.id = ${id}
      returning is_counted),
    counted as (
      select count(*)::int as recipients, (count(*) filter (where is_counted))::int as counted from recipients)
    update broadcast set state = 'SENT', sent_at = date_trunc('milliseconds', ${at.toISOString()}::timestamptz),
      recipient_count = counted.counted
    from counted where id = ${id} returning counted.recipients`);
  return sent!.recipients;
}

export async function leaveUnsent(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`update broadcast set state = 'NOT_SENT' where id = ${id}`);
}

/** What has gone out and of which not everybody has been told yet, held for this transaction. */
export interface Untold {
  readonly id: string;
  readonly unitId: string;
  readonly isUrgent: boolean;
  readonly sentAt: Date;
  readonly toldUpTo: string | null;
}

export async function nextUntold(tx: Tx): Promise<Untold | null> {
  const [row] = await tx.execute<{
    id: string;
    unit_id: string;
    is_urgent: boolean;
    sent_at: string;
    told_up_to: string | null;
  }>(sql`
    select id, unit_id, urgent_reason is not null as is_urgent, sent_at, told_up_to from broadcast
    where state = 'SENT' and not is_told order by sent_at limit 1 for update skip locked`);
  if (row === undefined) return null;
  const { id, unit_id: unitId, is_urgent: isUrgent, sent_at, told_up_to: toldUpTo } = row;
  return { id, unitId, isUrgent, sentAt: new Date(sent_at), toldUpTo };
}

/**
 * Who of the recipients comes after somebody, in the order of their ids, with the children that they still have access to; without
 * those who are protected, of whom nothing leaves by itself (S-08).
 */
export async function recipientsAfter(
  tx: Tx,
  { id, toldUpTo }: Untold,
  most: number,
): Promise<{ personId: string; childIds: string[] }[]> {
  const rows = await tx.execute<{ person_id: string; child_ids: string[] }>(sql`
    select r.person_id, array(
      select g.child_id from access.guardian g where g.person_id = r.person_id and g.child_id = any (r.child_ids)
        and (g.ends_on is null or access.today() < g.ends_on)
        and not exists (select from access.enrolment e where e.child_id = g.child_id and e.named_staff is not null)
      limit 20) as child_ids
    from broadcast_recipient r
    where r.broadcast_id = ${id} and (${toldUpTo}::uuid is null or r.person_id > ${toldUpTo}::uuid)
    order by r.person_id limit ${most}`);
  return rows.map(({ person_id, child_ids }) => ({ personId: person_id, childIds: child_ids }));
}

/** Notes up to whom it has been told; `last` null: to everybody. */
export async function noteTold(tx: Tx, id: string, last: string | null): Promise<void> {
  await tx.execute(sql`
    update broadcast set told_up_to = coalesce(${last}::uuid, told_up_to), is_told = ${last === null} where id = ${id}`);
}

/** Takes away what somebody received and that they wrote it. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_broadcasts_of(${personId})`);
}

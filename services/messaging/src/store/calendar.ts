import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { CalendarFeed } from '../domain/calendar.ts';
import type { MeetingBooking, MeetingSpan } from '../domain/meeting.ts';
import type { UnitEvent } from '../domain/unit-event.ts';
import { uuids } from './uuids.ts';

/** The children of whoever asks. */
export async function ownChildren(tx: Tx): Promise<readonly string[]> {
  const [row] = await tx.execute<{ ids: string[] }>(sql`select access.children() as ids`);
  return row!.ids.toSorted();
}

export interface Window {
  readonly from: Date;
  readonly to: Date;
}
const within = ({ from, to }: Window) =>
  sql`starts_at >= ${from.toISOString()}::timestamptz and starts_at < ${to.toISOString()}::timestamptz`;

export type TalkTime = MeetingSpan & Pick<MeetingBooking, 'id' | 'unitId' | 'childId' | 'bookedBy' | 'party'>;

/** The talks that stand about some children. */
export async function talks(
  tx: Tx,
  childIds: readonly string[],
  window: Window,
): Promise<readonly TalkTime[]> {
  const rows = await tx.execute<{
    id: string;
    unit_id: string;
    child_id: string;
    booked_by: string | null;
    party: string;
    starts_at: string;
    ends_at: string;
  }>(sql`
    select b.id, b.unit_id, b.child_id, b.booked_by, b.party, t.starts_at, t.ends_at
    from meeting_booking b join meeting_time t on t.id = b.time_id
    where b.child_id = any (${uuids(childIds)}) and b.cancelled_at is null and ${within(window)}
    order by t.starts_at, b.id limit 500`);
  return rows.map((row) => ({
    ...{ id: row.id, unitId: row.unit_id, childId: row.child_id, bookedBy: row.booked_by, party: row.party },
    ...{ startsAt: new Date(row.starts_at), endsAt: new Date(row.ends_at) },
  }));
}

export type EventTime = MeetingSpan & Pick<UnitEvent, 'id' | 'unitId' | 'childIds'>;

/** What is announced for some children, with those of them whom it is for. */
export async function events(
  tx: Tx,
  childIds: readonly string[],
  window: Window,
): Promise<readonly EventTime[]> {
  const rows = await tx.execute<{
    id: string;
    unit_id: string;
    child_ids: string[];
    starts_at: string;
    ends_at: string;
  }>(sql`
    select e.id, e.unit_id, array_agg(i.child_id) as child_ids, e.starts_at, e.ends_at
    from unit_event e join unit_event_invitation i on i.event_id = e.id
    where i.child_id = any (${uuids(childIds)}) and e.withdrawn_at is null and ${within(window)}
    group by e.id order by e.starts_at, e.id limit 500`);
  return rows.map((row) => ({
    ...{ id: row.id, unitId: row.unit_id, childIds: row.child_ids },
    ...{ startsAt: new Date(row.starts_at), endsAt: new Date(row.ends_at) },
  }));
}

/** The own address of whoever asks, while it stands. */
export async function ownFeed(tx: Tx, personId: string): Promise<CalendarFeed | null> {
  const [row] = await tx.execute<{ id: string; made_at: string; read_on: string | null }>(
    sql`select id, made_at, read_on::text from calendar_feed where person_id = ${personId}`,
  );
  return row === undefined ? null : { id: row.id, madeAt: new Date(row.made_at), readOn: row.read_on };
}

/** As the service: the address that somebody has from now on, instead of the one named; null where they have another. */
export async function keepFeed(
  tx: Tx,
  feed: {
    readonly id: string;
    readonly personId: string;
    readonly secretHash: string;
    readonly childIds: readonly string[];
  },
  insteadOf: string | null,
): Promise<CalendarFeed | null> {
  const [row] = await tx.execute<{ made_at: string }>(sql`
    insert into calendar_feed (id, person_id, secret_hash, child_ids)
    values (${feed.id}, ${feed.personId}, ${feed.secretHash}, ${uuids(feed.childIds)})
    on conflict (person_id) do update set id = excluded.id, secret_hash = excluded.secret_hash,
      child_ids = excluded.child_ids, made_at = now(), read_on = null
      where calendar_feed.id = ${insteadOf}::uuid or not calendar_feed.child_ids <@ excluded.child_ids
    returning made_at`);
  return row === undefined ? null : { id: feed.id, madeAt: new Date(row.made_at), readOn: null };
}

/** As the service: whose address it is, and by which children they made it. */
export async function feedBy(
  tx: Tx,
  secretHash: string,
): Promise<{ readonly personId: string; readonly childIds: readonly string[] } | null> {
  const [row] = await tx.execute<{ person_id: string; child_ids: string[] }>(
    sql`select person_id, child_ids from calendar_feed where secret_hash = ${secretHash}`,
  );
  return row === undefined ? null : { personId: row.person_id, childIds: row.child_ids };
}

/** As the service: that it was read today, by these children. Writes once a day. */
export const markRead = async (tx: Tx, secretHash: string, childIds: readonly string[]): Promise<void> =>
  void (await tx.execute(sql`
    update calendar_feed set read_on = access.today(), child_ids = ${uuids(childIds)}
    where secret_hash = ${secretHash} and (read_on is distinct from access.today() or child_ids <> ${uuids(childIds)})`));

/** As the service. */
export const removeFeed = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(sql`delete from calendar_feed where person_id = ${personId}`));

/** As the service: the address of this secret, and no other that its owner has made since. */
export const removeFeedAt = async (tx: Tx, secretHash: string): Promise<void> =>
  void (await tx.execute(sql`delete from calendar_feed where secret_hash = ${secretHash}`));

/** As the service: somebody's own address, and those that were made by them as a child (RET-08). */
export const erasePerson = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(
    sql`delete from calendar_feed where person_id = ${personId} or ${personId}::uuid = any (child_ids)`,
  ));

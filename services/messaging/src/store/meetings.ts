import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type {
  MeetingBooking,
  MeetingKind,
  MeetingOffer,
  MeetingSpan,
  MeetingTerms,
  MeetingTime,
  MeetingWay,
} from '../domain/meeting.ts';

type OfferRow = {
  id: string;
  unit_id: string;
  held_by: string | null;
  kind: MeetingKind;
  way: MeetingWay;
  room: string | null;
  booking_ends_days_before: number;
  cancelling_ends_days_before: number;
  is_separate: boolean;
  published_at: string;
  child_ids: string[];
};
type TimeRow = {
  id: string;
  offer_id: string;
  unit_id: string;
  held_by: string | null;
  starts_at: string;
  ends_at: string;
  is_taken: boolean;
  is_withdrawn: boolean;
};
type BookingRow = {
  id: string;
  time_id: string;
  offer_id: string;
  unit_id: string;
  child_id: string;
  booked_by: string | null;
  party: string;
  booked_at: string;
  is_cancelled: boolean;
  reminder_id: string | null;
};

const toOffer = (row: OfferRow): MeetingOffer => ({
  ...{ id: row.id, unitId: row.unit_id, heldBy: row.held_by, childIds: row.child_ids },
  ...{ kind: row.kind, way: row.way, room: row.room, isSeparate: row.is_separate },
  bookingEndsDaysBefore: row.booking_ends_days_before,
  cancellingEndsDaysBefore: row.cancelling_ends_days_before,
  publishedAt: new Date(row.published_at),
});
const toTime = (row: TimeRow): MeetingTime => ({
  ...{ id: row.id, offerId: row.offer_id, unitId: row.unit_id, heldBy: row.held_by },
  ...{ startsAt: new Date(row.starts_at), endsAt: new Date(row.ends_at) },
  ...{ isTaken: row.is_taken, isWithdrawn: row.is_withdrawn },
});
const toBooking = (row: BookingRow): MeetingBooking => ({
  ...{ id: row.id, timeId: row.time_id, offerId: row.offer_id, unitId: row.unit_id, childId: row.child_id },
  ...{ bookedBy: row.booked_by, party: row.party, bookedAt: new Date(row.booked_at) },
  ...{ isCancelled: row.is_cancelled, reminderId: row.reminder_id },
});

const offerColumns = sql`id, unit_id, held_by, kind, way, room, booking_ends_days_before, cancelling_ends_days_before,
  is_separate, published_at, array(
    select child_id from meeting_invitation where offer_id = meeting_offer.id order by child_id) as child_ids`;
const timeColumns = sql`id, offer_id, unit_id, held_by, starts_at, ends_at, is_taken, withdrawn_at is not null as is_withdrawn`;
const bookingColumns = sql`id, time_id, offer_id, unit_id, child_id, booked_by, party, booked_at,
  cancelled_at is not null as is_cancelled, reminder_id`;

/** Lists of ids go in as one value, so that each query has one text. */
const inList = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

export async function childrenInGroup(
  tx: Tx,
  {
    unitId,
    groupId,
    today,
  }: { readonly unitId: string; readonly groupId: string; readonly today: LocalDate },
): Promise<string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select distinct child_id from access.enrolment where unit_id = ${unitId} and ${groupId}::uuid = any (group_ids)
      and from_day <= ${today} and (to_day is null or ${today} < to_day)`);
  return rows.map(({ child_id }) => child_id);
}

export interface Page {
  readonly after: string | null;
  readonly first: number;
}
const offers = async (tx: Tx, where: SQL): Promise<MeetingOffer[]> =>
  (await tx.execute<OfferRow>(sql`select ${offerColumns} from meeting_offer where ${where}`)).map(toOffer);
const page = ({ after, first }: Page): SQL =>
  sql`(${after}::uuid is null or id < ${after}::uuid) order by id desc limit ${first + 1}`;

export const offerById = async (tx: Tx, id: string): Promise<MeetingOffer | null> =>
  (await offers(tx, sql`id = ${id}`))[0] ?? null;
export const offersForChild = (tx: Tx, childId: string, wanted: Page): Promise<MeetingOffer[]> =>
  offers(
    tx,
    sql`id in (select offer_id from meeting_invitation where child_id = ${childId}) and ${page(wanted)}`,
  );
export const offersHeldBy = (tx: Tx, personId: string, wanted: Page): Promise<MeetingOffer[]> =>
  offers(tx, sql`held_by = ${personId} and ${page(wanted)}`);
export const offerUnderKey = async (tx: Tx, personId: string, key: string): Promise<MeetingOffer | null> =>
  (await offers(tx, sql`held_by = ${personId} and idempotency_key = ${key}`))[0] ?? null;

const times = async (tx: Tx, where: SQL): Promise<MeetingTime[]> =>
  (
    await tx.execute<TimeRow>(
      sql`select ${timeColumns} from meeting_time where ${where} order by starts_at, id`,
    )
  ).map(toTime);

export const timesOf = (tx: Tx, offerIds: readonly string[]): Promise<MeetingTime[]> =>
  times(tx, sql`offer_id in ${inList(offerIds)}`);
export const timeById = async (tx: Tx, id: string): Promise<MeetingTime | null> =>
  (await times(tx, sql`id = ${id}`))[0] ?? null;
/** What somebody has offered, from now on. */
export const timesHeldBy = (tx: Tx, personId: string, from: Date): Promise<MeetingTime[]> =>
  times(
    tx,
    sql`held_by = ${personId} and withdrawn_at is null and ends_at > ${from.toISOString()}::timestamptz`,
  );

const bookings = async (tx: Tx, where: SQL): Promise<MeetingBooking[]> =>
  (await tx.execute<BookingRow>(sql`select ${bookingColumns} from meeting_booking where ${where}`)).map(
    toBooking,
  );

/** The bookings of some offers that stand. */
export const bookingsOf = (tx: Tx, offerIds: readonly string[]): Promise<MeetingBooking[]> =>
  bookings(tx, sql`offer_id in ${inList(offerIds)} and cancelled_at is null`);
export const bookingById = async (tx: Tx, id: string): Promise<MeetingBooking | null> =>
  (await bookings(tx, sql`id = ${id}`))[0] ?? null;
export const bookingUnderKey = async (
  tx: Tx,
  personId: string,
  key: string,
): Promise<MeetingBooking | null> =>
  (await bookings(tx, sql`booked_by = ${personId} and idempotency_key = ${key}`))[0] ?? null;

export interface NewOffer extends MeetingTerms {
  readonly id: string;
  readonly unitId: string;
  readonly heldBy: string;
  readonly childIds: readonly string[];
  readonly times: readonly (MeetingSpan & { readonly id: string })[];
  readonly idempotencyKey: string;
}

/** Stores an offer with all its times; false when another was stored a moment ago that leaves no room for it. */
export async function insertOffer(tx: Tx, offer: NewOffer): Promise<boolean> {
  const { id, unitId, heldBy } = offer;
  const stored = await tx.execute(sql`
    insert into meeting_offer (id, unit_id, held_by, kind, way, room, booking_ends_days_before, cancelling_ends_days_before,
      is_separate, idempotency_key)
    values (${id}, ${unitId}, ${heldBy}, ${offer.kind}, ${offer.way}, ${offer.room}, ${offer.bookingEndsDaysBefore},
      ${offer.cancellingEndsDaysBefore}, ${offer.isSeparate}, ${offer.idempotencyKey})
    on conflict do nothing`);
  if (stored.count === 0) return false;
  await tx.execute(sql`
    insert into meeting_invitation (offer_id, child_id, unit_id)
    select ${id}::uuid, child_id, ${unitId}::uuid from ${inList(offer.childIds)} as child(child_id)`);
  const inserted = await tx.execute(sql`
    insert into meeting_time (id, offer_id, unit_id, held_by, starts_at, ends_at)
    select time.id, ${id}::uuid, ${unitId}::uuid, ${heldBy}::uuid, time."startsAt", time."endsAt"
    from jsonb_to_recordset(${JSON.stringify(offer.times)}::jsonb) as time(id uuid, "startsAt" timestamptz, "endsAt" timestamptz)
    on conflict do nothing`);
  return inserted.count === offer.times.length;
}

export interface NewBooking {
  readonly id: string;
  readonly time: MeetingTime;
  readonly childId: string;
  readonly bookedBy: string;
  readonly idempotencyKey: string;
}

/** Stores a booking; null when the time or the child has another that was committed a moment ago. */
export async function insertBooking(
  tx: Tx,
  { id, time, ...booking }: NewBooking,
): Promise<MeetingBooking | null> {
  const [stored] = await tx.execute<BookingRow>(sql`
    insert into meeting_booking (id, time_id, offer_id, unit_id, child_id, booked_by, idempotency_key)
    values (${id}, ${time.id}, ${time.offerId}, ${time.unitId}, ${booking.childId}, ${booking.bookedBy}, ${booking.idempotencyKey})
    on conflict do nothing returning ${bookingColumns}`);
  return stored === undefined ? null : toBooking(stored);
}

/** False when it is cancelled already, also a moment ago. */
export async function cancelBooking(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.execute(
    sql`update meeting_booking set cancelled_at = now() where id = ${id} and cancelled_at is null`,
  );
  return count > 0;
}

/** False when it is not theirs to take back. Taken back before, it stays as it was. */
export async function withdrawTime(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.execute(
    sql`update meeting_time set withdrawn_at = coalesce(withdrawn_at, now()) where id = ${id}`,
  );
  return count > 0;
}

/** As the service: cancels what stood booked at a time. */
export async function cancelAt(tx: Tx, timeId: string): Promise<MeetingBooking[]> {
  const rows = await tx.execute<BookingRow>(sql`
    update meeting_booking set cancelled_at = now() where time_id = ${timeId} and cancelled_at is null
    returning ${bookingColumns}`);
  return rows.map(toBooking);
}

/** As the service: whom a talk is to be told of. Both guardians where it is the child's; of a protected child, who booked. */
export async function partiesTo(
  tx: Tx,
  { childId, bookedBy, party }: Pick<MeetingBooking, 'childId' | 'bookedBy' | 'party'>,
): Promise<{ personId: string; childId: string }[]> {
  const rows = await tx.execute<{ person_id: string }>(sql`
    select person_id from access.guardian where child_id = ${childId} and (ends_on is null or ends_on > (select access.today()))
      and (person_id = ${bookedBy} or ${party}::uuid = child_id and not exists (
        select from access.enrolment e where e.child_id = access.guardian.child_id and e.named_staff is not null))`);
  return rows.map(({ person_id: personId }) => ({ personId, childId }));
}

/** As the service: talks that begin soon and that nobody has been reminded of, where messages are open. Nothing leaves by itself of a protected child (S-08). */
export async function toRemindOf(
  tx: Tx,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<MeetingBooking[]> {
  return bookings(
    tx,
    sql`cancelled_at is null and reminder_id is null and unit_id = any ((select units_open())::uuid[])
      and time_id in (
        select id from meeting_time where starts_at > ${from.toISOString()}::timestamptz and starts_at <= ${to.toISOString()}::timestamptz)
      and not exists (
        select from access.enrolment e where e.child_id = meeting_booking.child_id and e.named_staff is not null)
      order by id limit 500 for update skip locked`,
  );
}

export const markReminded = async (tx: Tx, bookingId: string, reminderId: string): Promise<void> =>
  void (await tx.execute(
    sql`update meeting_booking set reminder_id = ${reminderId} where id = ${bookingId}`,
  ));

/** Takes away a child's meetings, and of others' that somebody had booked or held them. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_meetings(${personId})`);
}

import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { ChildTrip, Trip, UnitTrip } from '../domain/trip.ts';

export const tripJson = sql`json_build_object('tripId', trip_id, 'childId', child_id, 'unitId', unit_id, 'firstDay', first_day,
  'leavesAt', to_char(leaves_at, 'HH24:MI'), 'lastDay', last_day, 'returnsAt', to_char(returns_at, 'HH24:MI'))`;

const idsIn = (ids: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

/**
 * Keeps a trip of some children, beside those whom it has already; who was called off stays so. False where it leaves from elsewhere or at
 * another time than what is there under its id.
 */
export async function insert(
  tx: Tx,
  { childIds, staffIds, ...trip }: UnitTrip,
  plannedBy: string,
): Promise<boolean> {
  await tx.execute(sql`
    insert into trip (trip_id, child_id, unit_id, first_day, leaves_at, last_day, returns_at, planned_by)
    select ${trip.tripId}, child_id, ${trip.unitId}, ${trip.firstDay}, ${trip.leavesAt}, ${trip.lastDay}, ${trip.returnsAt}, ${plannedBy}
    from unnest(${idsIn(childIds)}) as child_id
    order by child_id on conflict do nothing`);
  const [kept] = await tx.execute<{ children: number }>(sql`
    select count(*)::int as children from trip where trip_id = ${trip.tripId} and child_id = any (${idsIn(childIds)})
      and unit_id = ${trip.unitId} and (first_day, leaves_at) = (${trip.firstDay}::date, ${trip.leavesAt}::time)
      and (last_day, returns_at) = (${trip.lastDay}::date, ${trip.returnsAt}::time)`);
  if (kept!.children < childIds.length) return false;
  await tx.execute(sql`
    insert into trip_staff (trip_id, unit_id, person_id)
    select ${trip.tripId}, ${trip.unitId}, person_id from unnest(${idsIn(staffIds)}) as person_id
    order by person_id on conflict do nothing`);
  return true;
}

export async function areStaffAt(
  tx: Tx,
  { unitId, firstDay, lastDay }: Trip,
  personIds: readonly string[],
): Promise<boolean> {
  const [row] = await tx.execute<{ are: boolean }>(sql`
    select are_staff_at(${unitId}, ${idsIn(personIds)}, ${firstDay}, ${lastDay}) as are`);
  return row!.are;
}

/** Calls a trip off for some of its children. */
export async function callOff(tx: Tx, tripId: string, childIds: readonly string[], now: Date): Promise<void> {
  await tx.execute(sql`
    update trip set called_off_at = ${now.toISOString()}::timestamptz
    where trip_id = ${tripId} and child_id = any (${idsIn(childIds)}) and called_off_at is null`);
}

/** A trip, child by child, as far as whoever asks has a ground for them; also those for whom it is off. */
export async function byId(
  tx: Tx,
  tripId: string,
): Promise<readonly (ChildTrip & { readonly isOff: boolean })[]> {
  const rows = await tx.execute<{ trip: ChildTrip; is_off: boolean }>(sql`
    select ${tripJson} as trip, called_off_at is not null as is_off from trip where trip_id = ${tripId} order by child_id`);
  return rows.map(({ trip, is_off }) => ({ ...trip, isOff: is_off }));
}

/** The trips of a unit on a day, child by child. */
export async function ofUnit(tx: Tx, unitId: string, day: LocalDate): Promise<readonly ChildTrip[]> {
  const rows = await tx.execute<{ trip: ChildTrip }>(sql`
    select ${tripJson} as trip from trip
    where unit_id = ${unitId} and first_day <= ${day} and last_day >= ${day} and called_off_at is null
    order by first_day, leaves_at, trip_id, child_id`);
  return rows.map(({ trip }) => trip);
}

/** The trips of some children that are not over by a day. */
export async function ofChildren(
  tx: Tx,
  childIds: readonly string[],
  from: LocalDate,
): Promise<readonly ChildTrip[]> {
  const rows = await tx.execute<{ trip: ChildTrip }>(sql`
    select ${tripJson} as trip from trip
    where child_id = any (${idsIn(childIds)}) and last_day >= ${from} and called_off_at is null
    order by first_day, leaves_at, trip_id`);
  return rows.map(({ trip }) => trip);
}

/** Who goes along, by trip. */
export async function staffOf(
  tx: Tx,
  tripIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.execute<{ trip_id: string; person_id: string }>(sql`
    select trip_id, person_id from trip_staff where trip_id = any (${idsIn(tripIds)}) order by person_id`);
  return new Map(
    [...Map.groupBy(rows, (row) => row.trip_id)].map(([id, found]) => [
      id,
      found.map((row) => row.person_id),
    ]),
  );
}

/** As the service: forgets trips that are over for long, and who went along. */
export async function forget(tx: Tx, before: LocalDate): Promise<void> {
  await tx.execute(sql`delete from trip where last_day < ${before}`);
  await tx.execute(
    sql`delete from trip_staff where not exists (select from trip where trip.trip_id = trip_staff.trip_id)`,
  );
}

/** Takes a child's trips away; of others', who planned them and who went along. */
export const erasePerson = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(sql`select erase_person_from_trips(${personId})`));

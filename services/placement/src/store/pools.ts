import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';

export type Care = 'KINDERGARTEN' | 'SFO';
export type PoolGroup = 'SMALL' | 'LARGE' | 'SFO';

/** The seats of a unit for an age group in a year, or those among them that are held for somebody. */
export interface Pool {
  readonly id: string;
  readonly admissionYear: number;
  readonly unitId: string;
  readonly ageGroup: PoolGroup;
  readonly reserve: string | null;
  readonly care: Care;
  readonly seats: number;
}

const json = sql`jsonb_build_object('id', p.id, 'admissionYear', p.admission_year, 'unitId', p.unit_id, 'ageGroup', p.age_group,
  'reserve', p.reserve, 'care', p.care, 'seats', (select count(*) from seat s where s.pool_id = p.id))`;
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;
const select = async (tx: Tx, where: SQL): Promise<readonly Pool[]> =>
  (await tx.execute<{ pool: Pool }>(sql`select ${json} as pool from pool p where ${where}`)).map(
    ({ pool }) => pool,
  );

export const byIds = (tx: Tx, ids: readonly string[]) => select(tx, sql`p.id in ${among(ids)}`);

/** Of some units, this year's first. */
export const ofUnits = (tx: Tx, unitIds: readonly string[], admissionYear: number | null) =>
  select(
    tx,
    sql`p.unit_id in ${among(unitIds)} and (${admissionYear}::int is null or p.admission_year = ${admissionYear}::int)
      order by p.admission_year desc, p.age_group, p.reserve nulls first`,
  );

/** How many seats of pools are held, whoever's they are. */
export async function committed(tx: Tx, poolIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.execute<{ pool_id: string; committed: number }>(
    sql`select pool_id, committed from committed_seats(array(select * from ${among(poolIds)} as a))`,
  );
  return new Map(rows.map((row) => [row.pool_id, row.committed]));
}

/** A seat that nobody holds, and from when it is free; null for one that was never anybody's. */
export interface FreeSeat {
  readonly number: number;
  readonly freeFrom: LocalDate | null;
}

/** Those that are free for the longest first. */
export async function freeSeats(tx: Tx, poolId: string): Promise<readonly FreeSeat[]> {
  const rows = await tx.execute<{ number: number; free_from: LocalDate | null }>(
    sql`select number, free_from::text from free_seats(${poolId})`,
  );
  return rows.map(({ number, free_from: freeFrom }) => ({ number, freeFrom }));
}

export interface NewSeatChange {
  readonly id: string;
  readonly before: number;
  readonly after: number;
  readonly reason: string | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

export async function insertChange(tx: Tx, { id: poolId, unitId }: Pool, one: NewSeatChange): Promise<void> {
  await tx.execute(sql`
    insert into seat_change (id, pool_id, unit_id, before, after, reason, changed_by, changed_at)
    values (${one.id}, ${poolId}, ${unitId}, ${one.before}, ${one.after}, ${one.reason}, ${one.changedBy},
      ${one.changedAt.toISOString()}::timestamptz)`);
}

export interface SeatsWanted {
  readonly poolId: string;
  readonly seats: number;
}

/** As the service: adds seats, or takes away such as nobody holds, until there are so many. A new seat has a number that none has had. */
export async function setSeats(tx: Tx, wanted: readonly SeatsWanted[]): Promise<void> {
  const all = sql`(select "poolId" as pool_id, seats
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("poolId" uuid, seats int)) as w`;
  await tx.execute(sql`
    insert into seat (pool_id, number)
    select pool_id, last + nth from (
      select pool_id, seats, (select count(*)::int from seat s where s.pool_id = w.pool_id) as now, greatest(
        (select coalesce(max(number), 0) from seat s where s.pool_id = w.pool_id),
        (select coalesce(max(seat_number), 0) from place p where p.pool_id = w.pool_id)) as last
      from ${all}) as so_far, generate_series(1, seats - now) as nth`);
  await tx.execute(sql`
    delete from seat using (
      select s.pool_id, s.number, w.surplus, row_number() over (partition by s.pool_id order by s.number desc) as nth
      from (select pool_id, (select count(*) from seat s where s.pool_id = w.pool_id) - seats as surplus from ${all}) as w
      join seat s on s.pool_id = w.pool_id
      where not exists (select from seat_hold h where h.pool_id = s.pool_id and h.seat_number = s.number)) as free
    where seat.pool_id = free.pool_id and seat.number = free.number and free.nth <= free.surplus`);
}

export type Holder = { readonly offerId: string } | { readonly placeId: string };

export interface Hold {
  readonly poolId: string;
  readonly seatNumber: number;
  readonly childId: string;
}

/** As the service: seats that offers or places hold from now on. */
export async function hold(tx: Tx, holds: readonly (Hold & Holder)[]): Promise<void> {
  if (holds.length === 0) return;
  await tx.execute(sql`
    insert into seat_hold (pool_id, seat_number, child_id, offer_id, place_id)
    select "poolId", "seatNumber", "childId", "offerId", "placeId"
    from jsonb_to_recordset(${JSON.stringify(holds)}::jsonb)
      as h("poolId" uuid, "seatNumber" int, "childId" uuid, "offerId" uuid, "placeId" uuid)`);
}

/** As the service: the seat that an offer has held is the place's that has come of it. */
export const holdByPlace = async (tx: Tx, offerId: string, placeId: string): Promise<void> =>
  void (await tx.execute(
    sql`update seat_hold set offer_id = null, place_id = ${placeId} where offer_id = ${offerId}`,
  ));

/** As the service: nobody holds the seat of an offer any more. */
export const letGoOfOffer = async (tx: Tx, offerId: string): Promise<void> =>
  void (await tx.execute(sql`delete from seat_hold where offer_id = ${offerId}`));

/** As the service: nobody holds the seats of places any more. */
export const letGoOfPlaces = async (tx: Tx, placeIds: readonly string[]): Promise<void> =>
  void (await tx.execute(sql`delete from seat_hold where place_id in ${among(placeIds)}`));

/** As the service: the pools of a year by what they are, made where there were none. */
export async function open(
  tx: Tx,
  admissionYear: number,
  wanted: readonly (Pick<Pool, 'id' | 'unitId' | 'ageGroup' | 'reserve'> & { readonly name: string })[],
): Promise<ReadonlyMap<string, Pool>> {
  const all = sql`jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
    as w(id uuid, "unitId" uuid, "ageGroup" text, reserve text, name text)`;
  await tx.execute(sql`
    insert into pool (id, admission_year, unit_id, age_group, reserve)
    select id, ${admissionYear}, "unitId", "ageGroup", reserve from ${all} on conflict do nothing`);
  const rows = await tx.execute<{ name: string; pool: Pool }>(sql`
    select w.name, ${json} as pool from ${all} join pool p on p.admission_year = ${admissionYear} and p.unit_id = w."unitId"
      and p.age_group = w."ageGroup" and p.reserve is not distinct from w.reserve`);
  return new Map(rows.map(({ name, pool }) => [name, pool]));
}

/** As the service: how many seats of each pool are held, and those that nobody holds, free for the longest first. */
export async function seatsOf(
  tx: Tx,
  poolIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly held: number; readonly free: readonly FreeSeat[] }>> {
  const rows = await tx.execute<{
    pool_id: string;
    number: number;
    free_from: LocalDate | null;
    is_held: boolean;
  }>(sql`
    select s.pool_id, s.number, h.pool_id is not null as is_held, max(p.to_day)::text as free_from
    from seat s left join seat_hold h on h.pool_id = s.pool_id and h.seat_number = s.number
    left join place p on p.pool_id = s.pool_id and p.seat_number = s.number
    where s.pool_id in ${among(poolIds)} group by s.pool_id, s.number, h.pool_id order by max(p.to_day) nulls first, s.number`);
  const found = Map.groupBy(rows, ({ pool_id: poolId }) => poolId);
  return new Map(
    poolIds.map((poolId) => {
      const seats = found.get(poolId) ?? [];
      const free = seats.filter(({ is_held: isHeld }) => !isHeld);
      return [
        poolId,
        {
          held: seats.length - free.length,
          free: free.map(({ number, free_from: freeFrom }) => ({ number, freeFrom })),
        },
      ];
    }),
  );
}

/** As the service: a seat that is another pool's from now on. */
export const dropSeats = async (
  tx: Tx,
  seats: readonly { readonly poolId: string; readonly seatNumber: number }[],
): Promise<void> =>
  void (await tx.execute(sql`
    delete from seat s using jsonb_to_recordset(${JSON.stringify(seats)}::jsonb) as d("poolId" uuid, "seatNumber" int)
    where s.pool_id = d."poolId" and s.number = d."seatNumber"`));

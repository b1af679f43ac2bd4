import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { Care } from './pools.ts';

export type PlaceSource = 'OFFER' | 'TRANSFER' | 'OVERRIDE' | 'APPEAL' | 'HOURS';

/** A child's place. */
export interface StoredPlace {
  readonly id: string;
  readonly childId: string;
  readonly care: Care;
  readonly poolId: string;
  readonly unitId: string;
  readonly seatNumber: number;
  readonly applicationId: string | null;
  readonly from: LocalDate;
  /** The first day without it. */
  readonly to: LocalDate | null;
  readonly source: PlaceSource;
  /** Null: a full place. */
  readonly weeklyHours: number | null;
  /** Whether it has no end yet, or one that is nobody else's beginning. */
  readonly isHeld: boolean;
}

const json = sql`jsonb_build_object('id', id, 'childId', child_id, 'care', care, 'poolId', pool_id, 'unitId', unit_id,
  'seatNumber', seat_number, 'applicationId', application_id, 'from', from_day, 'to', to_day, 'source', source, 'weeklyHours', weekly_hours,
  'isHeld', released_at is null)`;
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;
const select = async (tx: Tx, where: SQL): Promise<readonly StoredPlace[]> =>
  (await tx.execute<{ place: StoredPlace }>(sql`select ${json} as place from place where ${where}`)).map(
    ({ place }) => place,
  );
/** One that was taken over before it began has no days, and never was one. */
const hasDays = sql`(to_day is null or to_day > from_day)`;

export const byIds = (tx: Tx, ids: readonly string[]) => select(tx, sql`id in ${among(ids)}`);
export const byId = async (tx: Tx, id: string): Promise<StoredPlace | undefined> =>
  (await select(tx, sql`id = ${id}`))[0];

/** Of children, latest first. */
export const ofChildren = (tx: Tx, childIds: readonly string[]) =>
  select(tx, sql`child_id in ${among(childIds)} and ${hasDays} order by from_day desc, id desc`);

/** Of children in a kind of care, all that is not over on a day. */
export const notOver = (tx: Tx, childIds: readonly string[], care: Care, day: LocalDate) =>
  select(
    tx,
    sql`child_id in ${among(childIds)} and care = ${care} and (to_day is null or to_day > ${day}) order by from_day, id`,
  );

/** At a unit, who is there on a day and who comes later; one more than wanted where there are more. */
export const atUnit = (
  tx: Tx,
  {
    unitId,
    day,
    first,
    after,
  }: {
    readonly unitId: string;
    readonly day: LocalDate;
    readonly first: number;
    readonly after: { readonly from: LocalDate; readonly id: string } | null;
  },
) =>
  select(
    tx,
    sql`unit_id = ${unitId} and (to_day is null or to_day > ${day}) and ${hasDays}
      and (${after === null} or (from_day, id) > (${after?.from ?? null}::date, ${after?.id ?? null}::uuid))
      order by from_day, id limit ${first + 1}`,
  );

export interface NewPlace extends Omit<StoredPlace, 'isHeld'> {
  readonly offerId: string | null;
  readonly madeAt: Date;
}

/** As the service: places that hold their seats. */
export async function insert(tx: Tx, places: readonly NewPlace[]): Promise<void> {
  await tx.execute(sql`
    insert into place (id, child_id, care, pool_id, unit_id, seat_number, application_id, offer_id, from_day, to_day, source, weekly_hours, made_at)
    select id, "childId", care, "poolId", "unitId", "seatNumber", "applicationId", "offerId", "from", "to", source, "weeklyHours", "madeAt"
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
      as p(id uuid, "childId" uuid, care text, "poolId" uuid, "unitId" uuid, "seatNumber" int, "applicationId" uuid, "offerId" uuid,
        "from" date, "to" date, source text, "weeklyHours" int, "madeAt" timestamptz)`);
}

/** As the service: places end, and their seats are free from that day on. */
export async function end(
  tx: Tx,
  endings: readonly { readonly id: string; readonly to: LocalDate }[],
  at: Date,
): Promise<void> {
  await tx.execute(sql`
    update place set to_day = e."to", released_at = coalesce(released_at, ${at.toISOString()}::timestamptz)
    from jsonb_to_recordset(${JSON.stringify(endings)}::jsonb) as e(id uuid, "to" date) where place.id = e.id`);
}

/** As the service: a place goes on, and its seat is counted in another pool of the unit. */
export const reseat = async (
  tx: Tx,
  moved: readonly { readonly id: string; readonly poolId: string; readonly seatNumber: number }[],
): Promise<void> =>
  void (await tx.execute(sql`
    update place set pool_id = m."poolId", seat_number = m."seatNumber"
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m(id uuid, "poolId" uuid, "seatNumber" int)
    where place.id = m.id`));

export async function insertResignation(
  tx: Tx,
  { id: placeId, childId }: Pick<StoredPlace, 'id' | 'childId'>,
  one: {
    readonly id: string;
    readonly endsOn: LocalDate;
    readonly resignedBy: string;
    readonly resignedAt: Date;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into resignation (id, place_id, child_id, ends_on, resigned_by, resigned_at)
    values (${one.id}, ${placeId}, ${childId}, ${one.endsOn}, ${one.resignedBy}, ${one.resignedAt.toISOString()}::timestamptz)`);
}

export async function insertHoursChange(
  tx: Tx,
  { id: placeId, childId }: Pick<StoredPlace, 'id' | 'childId'>,
  one: {
    readonly id: string;
    readonly weeklyHours: number;
    readonly from: LocalDate;
    readonly changedBy: string;
    readonly changedAt: Date;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into hours_change (id, place_id, child_id, weekly_hours, from_day, changed_by, changed_at)
    values (${one.id}, ${placeId}, ${childId}, ${one.weeklyHours}, ${one.from}, ${one.changedBy}, ${one.changedAt.toISOString()}::timestamptz)`);
}

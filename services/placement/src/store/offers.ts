import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { OfferState } from '../domain/offer.ts';
import type { Care } from './pools.ts';

/** An offer of a seat, with the terms that it was made on. */
export interface StoredOffer {
  readonly id: string;
  readonly applicationId: string;
  readonly childId: string;
  readonly poolId: string;
  readonly unitId: string;
  readonly care: Care;
  readonly seatNumber: number;
  readonly runId: string | null;
  readonly wish: number | null;
  readonly madeBy: string | null;
  readonly madeAt: Date;
  readonly reason: string | null;
  readonly startsOn: LocalDate;
  readonly deadline: Date;
  readonly keepsWaiting: boolean;
  readonly silenceDeclines: boolean;
  /** Null: a full place. */
  readonly weeklyHours: number | null;
  readonly state: OfferState;
  /** When and by whom it was ended, as far as whoever asks may read that. */
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}

type Instants = 'madeAt' | 'deadline' | 'endedAt';
type Json = Omit<StoredOffer, Instants> & { madeAt: string; deadline: string; endedAt: string | null };
/** As it is called in the database and in the engine. */
const states = {
  ...{ sent: 'SENT', accepted: 'ACCEPTED', 'accepted-keep': 'ACCEPTED_KEEP' },
  ...{ declined: 'DECLINED', expired: 'EXPIRED', withdrawn: 'WITHDRAWN' },
} as const satisfies Record<OfferState, string>;

const json = sql`jsonb_build_object('id', o.id, 'applicationId', o.application_id, 'childId', o.child_id, 'poolId', o.pool_id,
  'unitId', o.unit_id, 'care', o.care, 'seatNumber', o.seat_number, 'runId', o.run_id, 'wish', o.wish, 'madeBy', o.made_by,
  'madeAt', o.made_at, 'reason', o.reason, 'startsOn', o.starts_on, 'deadline', o.deadline, 'keepsWaiting', o.keeps_waiting,
  'silenceDeclines', o.silence_declines, 'weeklyHours', o.weekly_hours, 'state', replace(lower(o.state), '_', '-'), 'endedAt', e.ended_at, 'endedBy', e.ended_by)`;
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;
const select = async (tx: Tx, where: SQL): Promise<readonly StoredOffer[]> =>
  (
    await tx.execute<{ offer: Json }>(
      sql`select ${json} as offer from offer o left join offer_ending e on e.offer_id = o.id where ${where}`,
    )
  ).map(({ offer: { madeAt, deadline, endedAt, ...rest } }) => ({
    ...rest,
    ...{ madeAt: new Date(madeAt), deadline: new Date(deadline) },
    endedAt: endedAt === null ? null : new Date(endedAt),
  }));

export const byIds = (tx: Tx, ids: readonly string[]) => select(tx, sql`o.id in ${among(ids)}`);
export const byId = async (tx: Tx, id: string): Promise<StoredOffer | undefined> =>
  (await byIds(tx, [id]))[0];

/** Of children, latest first. */
export const ofChildren = (tx: Tx, childIds: readonly string[]) =>
  select(tx, sql`o.child_id in ${among(childIds)} order by o.made_at desc, o.id desc`);
export type NewOffer = Omit<StoredOffer, 'state' | 'endedAt' | 'endedBy'>;

/** As a case worker, in their own name. */
export async function insertByHand(tx: Tx, one: NewOffer & { readonly madeBy: string }): Promise<void> {
  await tx.execute(sql`
    insert into offer (id, application_id, child_id, pool_id, unit_id, care, seat_number, wish, made_by, made_at, reason, starts_on,
      deadline, keeps_waiting, silence_declines, weekly_hours)
    values (${one.id}, ${one.applicationId}, ${one.childId}, ${one.poolId}, ${one.unitId}, ${one.care}, ${one.seatNumber}, ${one.wish},
      ${one.madeBy}, ${one.madeAt.toISOString()}::timestamptz, ${one.reason}, ${one.startsOn},
      ${one.deadline.toISOString()}::timestamptz, ${one.keepsWaiting}, ${one.silenceDeclines},
      ${one.weeklyHours})`);
}

/** As the service: what comes of a round. */
export async function insert(tx: Tx, offers: readonly NewOffer[]): Promise<void> {
  await tx.execute(sql`
    insert into offer (id, application_id, child_id, pool_id, unit_id, care, seat_number, run_id, wish, made_by, made_at, reason,
      starts_on, deadline, keeps_waiting, silence_declines, weekly_hours)
    select id, "applicationId", "childId", "poolId", "unitId", care, "seatNumber", "runId", wish, "madeBy", "madeAt", reason,
      "startsOn", deadline, "keepsWaiting", "silenceDeclines", "weeklyHours"
    from jsonb_to_recordset(${JSON.stringify(offers)}::jsonb)
      as o(id uuid, "applicationId" uuid, "childId" uuid, "poolId" uuid, "unitId" uuid, care text, "seatNumber" int, "runId" uuid,
        wish int, "madeBy" uuid, "madeAt" timestamptz, reason text, "startsOn" date, deadline timestamptz, "keepsWaiting" boolean,
        "silenceDeclines" boolean, "weeklyHours" int)`);
}

/** How an offer ended: in the name of whoever is stated, or of nobody. */
export interface NewEnding {
  readonly state: Exclude<OfferState, 'sent'>;
  readonly stays: boolean;
  readonly endedBy: string | null;
  readonly endedAt: Date;
  readonly reason: string | null;
}

/** Ends an offer; false where it has ended already. Barred where it is not the time for it. */
export async function end(
  tx: Tx,
  { id, childId }: Pick<StoredOffer, 'id' | 'childId'>,
  one: NewEnding,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into offer_ending (offer_id, child_id, state, stays, ended_by, ended_at, reason)
    values (${id}, ${childId}, ${states[one.state]}, ${one.stays}, ${one.endedBy}, ${one.endedAt.toISOString()}::timestamptz,
      ${one.reason})
    on conflict (offer_id) do nothing returning offer_id`);
  return rows.length > 0;
}

/** As the service: offers whose time was over at an instant, where silence is a no and admission is open (BHG-12, X07); the longest over first. */
export async function due(tx: Tx, at: Date, most: number): Promise<readonly string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from offer where state = 'SENT' and deadline < ${at.toISOString()}::timestamptz and silence_declines
      and unit_id = any ((select units_open())::uuid[])
    order by deadline, id limit ${most}`);
  return rows.map(({ id }) => id);
}

/** Whether somebody has an offer to answer by an application to a round, also a child whom whoever asks does not meet. */
export async function areOpenInRound(tx: Tx, roundId: string): Promise<boolean> {
  const [row] = await tx.execute<{ are_open: boolean }>(sql`select has_open_offers(${roundId}) as are_open`);
  return row!.are_open;
}

/** Forgets what there is of somebody; of a child all goes. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_offers(${personId})`);
}

/** True where some of what whoever asks would be told of a child is hidden (X07). */
export async function isAnyHidden(tx: Tx, childId: string): Promise<boolean> {
  const [row] = await tx.execute<{ is_hidden: boolean }>(
    sql`select is_any_offer_hidden(${childId}) as is_hidden`,
  );
  return row!.is_hidden;
}

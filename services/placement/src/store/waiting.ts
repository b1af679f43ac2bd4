import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Care } from './pools.ts';

export type EndedBecause =
  'ACCEPTED' | 'DECLINED' | 'EXPIRED' | 'RESIGNED' | 'PLACED' | 'APPLICATION_WITHDRAWN' | 'ROUND_FINISHED';

/** That a child waits for a seat of a pool, or has waited. */
export interface WaitingEntry {
  readonly applicationId: string;
  readonly childId: string;
  readonly poolId: string;
  readonly unitId: string;
  readonly care: Care;
  /** Pools of an application by how much they are wanted, from 1. */
  readonly wishOrder: number;
  readonly isActive: boolean;
  readonly endedBecause: EndedBecause | null;
}

const json = sql`jsonb_build_object('applicationId', application_id, 'childId', child_id, 'poolId', pool_id, 'unitId', unit_id,
  'care', care, 'wishOrder', wish_order, 'isActive', is_active, 'endedBecause', ended_because)`;
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;
const select = async (tx: Tx, where: SQL): Promise<readonly WaitingEntry[]> =>
  (
    await tx.execute<{ entry: WaitingEntry }>(sql`select ${json} as entry from waiting_entry where ${where}`)
  ).map(({ entry }) => entry);

/** Of applications, by how much each is wanted; also what is waited for no more. */
export const ofApplications = (tx: Tx, ids: readonly string[]) =>
  select(tx, sql`application_id in ${among(ids)} order by application_id, wish_order`);
export const ofChildren = (tx: Tx, ids: readonly string[]) =>
  select(tx, sql`child_id in ${among(ids)} order by child_id, application_id, wish_order`);

/** As the service: the children who wait for something by an application to a round. */
export async function childrenOfRound(tx: Tx, roundId: string): Promise<readonly string[]> {
  const rows = await tx.execute<{ child_id: string }>(sql`
    select distinct e.child_id from waiting_entry e join placement_application a on a.id = e.application_id
    where a.round_id = ${roundId} and e.is_active`);
  return rows.map(({ child_id }) => child_id);
}

/** A turn on a pool's list, whoever has it. */
export interface Turn {
  readonly applicationId: string;
  readonly position: number;
  readonly isActive: boolean;
  /** Has an offer of the kind of care to answer, here or elsewhere. */
  readonly isAnswering: boolean;
}

/** Who is on a pool's list, by how it ranks them. */
export interface ListedChild extends Turn {
  readonly childId: string;
}

/** All turns of a pool's list, also of children whom whoever asks does not meet: for deciding, and for showing to nobody. */
export async function turnsOf(tx: Tx, poolId: string): Promise<readonly Turn[]> {
  const rows = await tx.execute<{ turn: Turn }>(sql`
    select jsonb_build_object('applicationId', application_id, 'position', place, 'isActive', is_active, 'isAnswering', is_answering) as turn
    from list_of_pool(${poolId}) order by place`);
  return rows.map(({ turn }) => turn);
}

export async function ofPool(tx: Tx, poolId: string): Promise<readonly ListedChild[]> {
  const rows = await tx.execute<{ listed: ListedChild }>(sql`
    select jsonb_build_object('applicationId', e.application_id, 'childId', e.child_id, 'position', p.position, 'isActive', e.is_active,
      'isAnswering', exists (select from offer o where o.child_id = e.child_id and o.care = e.care and o.state = 'SENT')) as listed
    from waiting_position p join waiting_entry e using (application_id, pool_id)
    where p.pool_id = ${poolId} order by p.position`);
  return rows.map(({ listed }) => listed);
}

/** As the service: of what a child waits for in a kind of care, what it waits for no more. */
export async function endEntries(
  tx: Tx,
  { childId, care }: { readonly childId: string; readonly care: Care },
  poolIds: readonly string[],
  because: EndedBecause,
): Promise<void> {
  await tx.execute(sql`
    update waiting_entry set is_active = false, ended_because = ${because}
    where child_id = ${childId} and care = ${care} and is_active and pool_id in ${among(poolIds)}`);
}

export interface NewEntry extends WaitingEntry {
  /** By how the pool ranks those who came with it, from 1. */
  readonly position: number;
}

/** As the service: lists that begin, behind whoever waits there already (BHG-19). Answers the pools that had a list before. */
export async function insert(
  tx: Tx,
  entries: readonly NewEntry[],
): Promise<readonly Pick<WaitingEntry, 'poolId' | 'unitId'>[]> {
  const all = sql`jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
    as n("applicationId" uuid, "childId" uuid, "poolId" uuid, "unitId" uuid, care text, "wishOrder" int, "isActive" boolean,
      "endedBecause" text, position int)`;
  const before = await tx.execute<{ pool_id: string; unit_id: string }>(sql`
    select distinct p.pool_id, p.unit_id from waiting_position p where p.pool_id in (select "poolId" from ${all}) order by p.pool_id`);
  await tx.execute(sql`
    insert into waiting_entry (application_id, child_id, pool_id, unit_id, care, wish_order, is_active, ended_because)
    select "applicationId", "childId", "poolId", "unitId", care, "wishOrder", "isActive", "endedBecause" from ${all}`);
  await tx.execute(sql`
    insert into waiting_position (application_id, pool_id, child_id, unit_id, position)
    select "applicationId", "poolId", "childId", "unitId", position + coalesce(last, 0) from ${all}
    left join (select pool_id, max(position) as last from waiting_position group by pool_id) as so_far on so_far.pool_id = "poolId"`);
  return before.map(({ pool_id: poolId, unit_id: unitId }) => ({ poolId, unitId }));
}

/** As the service: a child waits again for what it waited for no more. */
export async function revive(tx: Tx, applicationId: string, poolId: string): Promise<void> {
  await tx.execute(sql`
    update waiting_entry set is_active = true, ended_because = null
    where application_id = ${applicationId} and pool_id = ${poolId} and ended_because is distinct from 'APPLICATION_WITHDRAWN'`);
}

/** As the service: the order of a list, from the first on. */
export async function rank(tx: Tx, poolId: string, ranking: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update waiting_position p set position = r.nth
    from jsonb_array_elements_text(${JSON.stringify(ranking)}::jsonb) with ordinality as r(id, nth)
    where p.pool_id = ${poolId} and p.application_id = r.id::uuid`);
}

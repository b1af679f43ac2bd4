import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type SQL, sql } from 'drizzle-orm';
import type { Statutes } from '../domain/statutes.ts';

type Json = Omit<Statutes, 'adoptedAt'> & { readonly adoptedAt: string };

const json = sql`jsonb_build_object('id', id, 'unitId', unit_id, 'version', version, 'from', from_day, 'priority', priority,
  'noticeMonths', notice_months, 'keepWaiting', keep_waiting, 'showRank', show_rank, 'answerDays', answer_days,
  'silenceDeclines', silence_declines, 'convertible', convertible, 'maxSeats', max_seats, 'adoptedAt', adopted_at)`;
const select = async (tx: Tx, where: SQL): Promise<readonly Statutes[]> =>
  (await tx.execute<{ statutes: Json }>(sql`select ${json} as statutes from statute where ${where}`)).map(
    ({ statutes }) => ({ ...statutes, adoptedAt: new Date(statutes.adoptedAt) }),
  );
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

export const byIds = (tx: Tx, ids: readonly string[]) => select(tx, sql`id in ${among(ids)}`);

/** All versions of some units, latest first. */
export const ofUnits = (tx: Tx, unitIds: readonly string[]) =>
  select(tx, sql`unit_id in ${among(unitIds)} order by unit_id, version desc`);

/** Those in force on a day: of each unit the latest that have begun. */
export const inForce = (tx: Tx, unitIds: readonly string[], day: LocalDate) =>
  select(
    tx,
    sql`id in (
      select distinct on (unit_id) id from statute where unit_id in ${among(unitIds)} and from_day <= ${day}
      order by unit_id, version desc)`,
  );

/** What somebody adopted under a key of theirs. */
export const byKey = async (tx: Tx, adoptedBy: string, key: string): Promise<Statutes | undefined> =>
  (await select(tx, sql`adopted_by = ${adoptedBy} and idempotency_key = ${key}`))[0];

/** One version of a unit's statutes at a time. */
export const lockUnit = async (tx: Tx, unitId: string): Promise<void> =>
  void (await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`statutes of ${unitId}`}, 0))`));

export async function insert(
  tx: Tx,
  {
    adoptedBy,
    idempotencyKey,
    ...one
  }: Statutes & { readonly adoptedBy: string; readonly idempotencyKey: string },
): Promise<void> {
  await tx.execute(sql`
    insert into statute (id, unit_id, version, from_day, priority, notice_months, keep_waiting, show_rank, answer_days,
      silence_declines, convertible, max_seats, adopted_by, adopted_at, idempotency_key)
    values (${one.id}, ${one.unitId}, ${one.version}, ${one.from}, ${JSON.stringify(one.priority)}::jsonb, ${one.noticeMonths},
      ${one.keepWaiting}, ${one.showRank}, ${one.answerDays}, ${one.silenceDeclines}, ${one.convertible},
      ${JSON.stringify(one.maxSeats)}::jsonb, ${adoptedBy}, ${one.adoptedAt.toISOString()}::timestamptz, ${idempotencyKey})`);
}

/** Forgets who adopted statutes; the statutes stand. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_statutes(${personId})`);
}

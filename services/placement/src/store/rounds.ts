import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { RoundPlan } from '../domain/round-plan.ts';
import type { StoredRound } from '../domain/round-record.ts';
import { deadlineOf } from '../domain/round.ts';

type Json = Omit<StoredRound, 'grace' | 'unitIds' | 'closesAt'> & {
  readonly grace: { readonly until: string; readonly reason: string } | null;
};

const json = sql`jsonb_build_object('id', r.id, 'kind', lower(r.kind), 'title', r.title, 'admissionYear', r.admission_year,
  'state', lower(r.state), 'deadline', r.deadline, 'wishLimit', r.wish_limit, 'yearBegins', r.year_begins, 'config', r.config,
  'grace', case when r.grace_until is null then null else jsonb_build_object('until', r.grace_until, 'reason', r.grace_reason) end,
  'seedCommitment', r.seed_commitment, 'version', r.version, 'statuteOf', coalesce((
    select jsonb_object_agg(u.unit_id, u.statute_id) from round_unit u where u.round_id = r.id), '{}'))`;

function fromJson({ grace: given, ...round }: Json): StoredRound {
  const grace = given === null ? null : { ...given, until: new Date(given.until) };
  const { deadline, statuteOf } = round;
  return {
    ...round,
    grace,
    closesAt: deadlineOf({ deadline, grace }),
    unitIds: Object.keys(statuteOf).toSorted(),
  };
}

const select = async (tx: Tx, where: SQL): Promise<readonly StoredRound[]> =>
  (await tx.execute<{ round: Json }>(sql`select ${json} as round from admission_round r where ${where}`)).map(
    ({ round }) => fromJson(round),
  );
const among = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

export const byIds = (tx: Tx, ids: readonly string[]) => select(tx, sql`r.id in ${among(ids)}`);
export const byId = async (tx: Tx, id: string): Promise<StoredRound | undefined> =>
  (await byIds(tx, [id]))[0];

export interface RoundsWanted {
  readonly admissionYear: number | null;
  readonly first: number;
  readonly after: { readonly admissionYear: number; readonly id: string } | null;
}

/** Those of the latest year first, and of a year the one that was planned last; one more than asked for, where there is more. */
export const page = (tx: Tx, { admissionYear, first, after }: RoundsWanted) =>
  select(
    tx,
    sql`(${admissionYear}::int is null or r.admission_year = ${admissionYear}::int)
      and (${after?.admissionYear ?? null}::int is null
        or (r.admission_year, r.id) < (${after?.admissionYear ?? null}::int, ${after?.id ?? null}::uuid))
      order by r.admission_year desc, r.id desc limit ${first + 1}`,
  );

/** Rounds that units take part in and that are not over. */
export const runningAt = (tx: Tx, unitIds: readonly string[]) =>
  select(
    tx,
    sql`r.state <> 'FINISHED' and r.id in (select u.round_id from round_unit u where u.unit_id in ${among(unitIds)})
      order by r.admission_year desc, r.id desc`,
  );

/** One move of a round at a time: whoever comes second waits, and finds where the first has put it. */
export const lock = async (tx: Tx, id: string): Promise<void> =>
  void (await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`round ${id}`}, 0))`));

/** What somebody planned under a key of theirs. */
export const byKey = async (tx: Tx, plannedBy: string, key: string): Promise<StoredRound | undefined> =>
  (await select(tx, sql`r.planned_by = ${plannedBy} and r.idempotency_key = ${key}`))[0];

export interface NewRound extends RoundPlan {
  readonly id: string;
  readonly plannedBy: string;
  readonly plannedAt: Date;
  readonly idempotencyKey: string;
}

/** False where there is one under the same key. */
export async function insert(tx: Tx, { id, unitIds, ...round }: NewRound): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into admission_round (id, kind, title, admission_year, deadline, wish_limit, year_begins, config, planned_by, planned_at,
      idempotency_key)
    values (${id}, ${round.kind.toUpperCase()}, ${round.title}, ${round.admissionYear}, ${round.deadline}, ${round.wishLimit},
      ${round.yearBegins}, ${JSON.stringify(round.config)}::jsonb, ${round.plannedBy}, ${round.plannedAt.toISOString()}::timestamptz,
      ${round.idempotencyKey})
    on conflict (planned_by, idempotency_key) do nothing returning id`);
  if (rows.length > 0) await setUnits(tx, id, unitIds);
  return rows.length > 0;
}

/** Plans a draft anew, as a whole. */
export async function change(tx: Tx, id: string, { unitIds, ...plan }: RoundPlan): Promise<void> {
  await tx.execute(sql`
    update admission_round set kind = ${plan.kind.toUpperCase()}, title = ${plan.title}, admission_year = ${plan.admissionYear},
      deadline = ${plan.deadline}, wish_limit = ${plan.wishLimit}, year_begins = ${plan.yearBegins},
      config = ${JSON.stringify(plan.config)}::jsonb
    where id = ${id}`);
  await setUnits(tx, id, unitIds);
}

async function setUnits(tx: Tx, id: string, unitIds: readonly string[]): Promise<void> {
  await tx.execute(sql`delete from round_unit where round_id = ${id} and unit_id not in ${among(unitIds)}`);
  await tx.execute(sql`
    insert into round_unit (round_id, unit_id) select ${id}, unit_id from ${among(unitIds)} as u(unit_id)
    on conflict do nothing`);
}

export interface Opening {
  readonly seed: string;
  readonly commitment: string;
  readonly drawnAt: Date;
  readonly statutes: readonly { readonly unitId: string; readonly statuteId: string }[];
}

/**
 * What comes with opening a round, for the service alone: the seed, and the statutes that it keeps to. False where the round is not any more
 * what it was when it was looked at; from here on it stays so until the end of the transaction.
 */
export async function prepareOpening(
  tx: Tx,
  { id, version }: Pick<StoredRound, 'id' | 'version'>,
  { seed, commitment, drawnAt, statutes }: Opening,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    update admission_round set seed_commitment = ${commitment}
    where id = ${id} and version = ${version} and state = 'DRAFT' returning id`);
  if (rows.length === 0) return false;
  await tx.execute(
    sql`insert into round_seed (round_id, seed, drawn_at) values (${id}, ${seed}, ${drawnAt.toISOString()}::timestamptz)`,
  );
  await tx.execute(sql`
    update round_unit u set statute_id = pinned."statuteId"
    from jsonb_to_recordset(${JSON.stringify(statutes)}::jsonb) as pinned("unitId" uuid, "statuteId" uuid)
    where u.round_id = ${id} and u.unit_id = pinned."unitId"`);
  return true;
}

/** The seeds of rounds, as far as whoever asks may read them. */
export async function seeds(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.execute<{ round_id: string; seed: string }>(
    sql`select round_id, seed from round_seed where round_id in ${among(ids)}`,
  );
  return new Map(rows.map(({ round_id, seed }) => [round_id, seed]));
}

/** Forgets who planned and moved rounds, and who decided seats; what was done stands. */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  await tx.execute(sql`select erase_person_from_rounds(${personId})`);
}

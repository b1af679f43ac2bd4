import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { GivenRun, StoredRun } from '../domain/run-record.ts';
import type { Result } from '../domain/instance.ts';
import type { Pinned } from '../domain/round-instance.ts';
import type { RunFacts } from '../domain/run-facts.ts';
import { lockRound } from './offer-locks.ts';

type Json = Omit<StoredRun, 'madeAt'> & { readonly madeAt: string };

const select = async (tx: Tx, where: SQL): Promise<readonly StoredRun[]> =>
  (
    await tx.execute<{ run: Json }>(sql`
      select jsonb_build_object('id', id, 'roundId', round_id, 'roundVersion', round_version, 'purpose', purpose, 'scenarioId', scenario_id,
        'snapshotHash', snapshot_hash, 'engineVersion', engine_version, 'digest', digest, 'madeBy', made_by, 'madeAt', made_at) as run
      from run where ${where}`)
  ).map(({ run }) => ({ ...run, madeAt: new Date(run.madeAt) }));

export const byId = async (tx: Tx, id: string): Promise<StoredRun | undefined> =>
  (await select(tx, sql`id = ${id}`))[0];

/** What somebody made under a key of theirs. */
export const byKey = async (tx: Tx, madeBy: string, key: string): Promise<StoredRun | undefined> =>
  (await select(tx, sql`made_by = ${madeBy} and idempotency_key = ${key}`))[0];

export interface RunsWanted {
  readonly roundId: string;
  readonly first: number;
  readonly after: string | null;
}

/** Runs of a round, latest first; one more than wanted where there is more. */
export const page = (tx: Tx, { roundId, first, after }: RunsWanted) =>
  select(
    tx,
    sql`round_id = ${roundId} and (${after}::uuid is null or nth < (select nth from run where id = ${after}::uuid))
      order by nth desc limit ${first + 1}`,
  );

/** The run by which a round stands allocated, or was published. */
export const final = async (tx: Tx, roundId: string): Promise<StoredRun | undefined> =>
  (await select(tx, sql`round_id = ${roundId} and purpose = 'FINAL' order by nth desc limit 1`))[0];

/** The last simulation of a round as it is, with no scenario, before another run. */
export const lastSimulationBefore = async (
  tx: Tx,
  { id, roundId }: StoredRun,
): Promise<StoredRun | undefined> =>
  (
    await select(
      tx,
      sql`round_id = ${roundId} and purpose = 'SIMULATION' and scenario_id is null
        and nth < (select nth from run where id = ${id}) order by nth desc limit 1`,
    )
  )[0];

/** What a run was given and what came of it, for whoever works with admission. */
export async function given(tx: Tx, runId: string): Promise<GivenRun | undefined> {
  const [row] = await tx.execute<{ snapshot: string; pinned: readonly Pinned[]; result: Result }>(
    sql`select snapshot, pinned, result from run_given(${runId})`,
  );
  return row;
}

/** Everything of a run, for the service alone. */
export async function whole(tx: Tx, runId: string): Promise<(StoredRun & GivenRun) | undefined> {
  const run = await byId(tx, runId);
  const [row] = await tx.execute<{ snapshot: string; pinned: readonly Pinned[]; result: Result }>(
    sql`select snapshot, pinned, result from run where id = ${runId}`,
  );
  return run === undefined || row === undefined ? undefined : { ...run, ...row };
}

/** False where whoever made it has made one under the same key at the same time. */
export async function insert(
  tx: Tx,
  run: StoredRun & GivenRun & { readonly idempotencyKey: string },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into run (id, round_id, round_version, purpose, scenario_id, snapshot, snapshot_hash, engine_version, digest, pinned, result,
      made_by, made_at, idempotency_key)
    values (${run.id}, ${run.roundId}, ${run.roundVersion}, ${run.purpose}, ${run.scenarioId}, ${run.snapshot}, ${run.snapshotHash},
      ${run.engineVersion}, ${run.digest}, ${JSON.stringify(run.pinned)}::jsonb, ${JSON.stringify(run.result)}::jsonb, ${run.madeBy},
      ${run.madeAt.toISOString()}::timestamptz, ${run.idempotencyKey})
    on conflict (made_by, idempotency_key) do nothing returning id`);
  return rows.length > 0;
}

/** All that a round is allocated from, but for its seed; null for whoever does not work with admission. */
export async function facts(tx: Tx, roundId: string): Promise<RunFacts | null> {
  const [row] = await tx.execute<{ facts: RunFacts | null }>(sql`select round_facts(${roundId}) as facts`);
  return row!.facts;
}

/** The applications to a round of children who have an offer of the kind of care to answer. */
export async function answering(tx: Tx, roundId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.execute<{ application_id: string }>(
    sql`select application_id from applications_answering(${roundId})`,
  );
  return new Set(rows.map(({ application_id }) => application_id));
}

/** From here on the round and its applications stand as they do, until the transaction ends. */
export async function hold(tx: Tx, roundId: string): Promise<void> {
  await lockRound(tx, roundId);
  await tx.execute(sql`select hold_round(${roundId})`);
}

/** Forgets who ran, saved and decided something; what was done stands. */
export const erasePerson = async (tx: Tx, personId: string): Promise<void> =>
  void (await tx.execute(sql`select erase_person_from_runs(${personId})`));

/** The applications of a round that whoever asks sees. */
export async function seen(tx: Tx, roundId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from placement_application where round_id = ${roundId} and submitted_at is not null`);
  return new Set(rows.map(({ id }) => id));
}

import type { Tx } from '@ranselpost/kit/database';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Run, solve } from '../domain/allocate.ts';
import type { KeptRun } from '../domain/compare-runs.ts';
import type { Instance } from '../domain/instance.ts';
import { readInstance } from '../domain/read-instance.ts';
import { type OverrideFault, type Pinned, roundInstance } from '../domain/round-instance.ts';
import { type FactsRead, type RunFacts, type ScenarioChanges, readRunFacts } from '../domain/run-facts.ts';
import { sha256Hex } from '../domain/sha256.ts';
import { canonical, engineVersion, resultDigest } from '../domain/snapshot.ts';
import type { StoredRound } from '../domain/round-record.ts';
import * as rounds from '../store/rounds.ts';
import * as runs from '../store/runs.ts';
import type { GivenRun, StoredRun } from '../domain/run-record.ts';

/** A round that cannot be computed as it is: all that is wrong with it. */
export interface RunInvalid {
  readonly kind: 'E_INVALID';
  readonly problems: readonly RunProblem[];
}

/** What is wrong, by its code, and where in the round, or of what. */
export interface RunProblem {
  readonly code: string;
  readonly at: string;
}

/** A round as it is allocated from: once as the text that is kept, and once as the engine reads it. */
export interface Prepared extends FactsRead {
  readonly stored: RunFacts;
  readonly snapshot: string;
  readonly snapshotHash: string;
  readonly pinned: readonly Pinned[];
  readonly instance: Instance;
}

export interface Draw {
  readonly seed: string;
  readonly changes: ScenarioChanges | null;
}

/** Before a round is allocated, everything is drawn with this: nobody sees the draw beforehand (placement § 4). */
export const simulationSeed = ({ id }: Pick<StoredRound, 'id'>): string => `simulation ${id}`;

/** Reads all that a round is allocated from; fails where there is no such round for whoever asks. */
export async function prepareRun(
  tx: Tx,
  round: StoredRound,
  draw: Draw,
): Promise<Result<Prepared, RunInvalid>> {
  const stored = await runs.facts(tx, round.id);
  if (stored === null) throw new AppError('NOT_FOUND');
  return prepare(round, stored, draw);
}

export function prepare(round: StoredRound, stored: RunFacts, draw: Draw): Result<Prepared, RunInvalid> {
  const read = readRunFacts({ ...round, config: { ...round.config } }, stored, draw);
  const made = roundInstance(read.facts);
  if (!made.ok) return refuse({ kind: 'E_INVALID', problems: made.refusal.map(toProblem) });
  const { instance: given, pinned } = made.value;
  const instance = readInstance(given);
  if (!instance.ok)
    return refuse({
      kind: 'E_INVALID',
      problems: instance.problems.map(({ code, path }) => ({ code, at: path })),
    });
  const snapshot = canonical(given);
  return accept({
    ...{ ...read, stored, snapshot, snapshotHash: sha256Hex(snapshot), pinned, instance: instance.instance },
  });
}

const toProblem = (fault: OverrideFault): RunProblem => {
  switch (fault.kind) {
    case 'E_UNKNOWN_APPLICATION':
      return { code: fault.kind, at: fault.applicationId };
    case 'E_UNKNOWN_K':
      return { code: fault.kind, at: fault.unitId };
    case 'E_FULL':
      return { code: fault.kind, at: fault.pool };
  }
};

export const toKept = ({ instance, pinned }: Prepared): KeptRun => ({
  ...{ instance, pinned, result: solve(instance).result },
});

/** What is kept of a run besides who made it, and when. */
export function toRun({
  snapshot,
  snapshotHash,
  pinned,
  instance,
}: Prepared): Pick<
  StoredRun & GivenRun,
  'snapshot' | 'snapshotHash' | 'pinned' | 'result' | 'digest' | 'engineVersion'
> {
  const { result } = solve(instance);
  return { snapshot, snapshotHash, pinned, result, digest: resultDigest(result), engineVersion };
}

/** A run as it was kept: read, and not done again. */
export function kept(
  { id }: Pick<StoredRun, 'id'>,
  { snapshot, pinned, result }: GivenRun,
): KeptRun & { readonly seed: string } {
  const given = JSON.parse(snapshot) as { readonly seed: string };
  const read = readInstance(given);
  // What was computed once could be read then.
  if (!read.ok) throw new Error(`run ${id} cannot be read any more`);
  return { seed: given.seed, instance: read.instance, pinned, result };
}

/** A run as it was kept, and done again from what was kept. */
export interface Replayed extends KeptRun {
  readonly run: StoredRun;
  readonly seed: string;
  readonly again: Run;
  readonly isSame: boolean;
}

export function replay(run: StoredRun, given: GivenRun): Replayed {
  const before = kept(run, given);
  const again = solve(before.instance);
  const isSame = resultDigest(again.result) === run.digest && resultDigest(before.result) === run.digest;
  return { run, ...before, again, isSame };
}

/** The seed of a round, for the service alone. */
export async function seedOf(tx: Tx, { id }: StoredRound): Promise<string> {
  const seed = (await rounds.seeds(tx, [id])).get(id);
  if (seed === undefined) throw new Error(`round ${id} has no seed`);
  return seed;
}

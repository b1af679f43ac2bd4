import { sha256Hex } from '../domain/sha256.ts';
import { engineVersion, resultDigest } from '../domain/snapshot.ts';
import * as runs from '../store/runs.ts';
import type { Deps } from './deps.ts';
import { replay } from './prepare-run.ts';

/** What can be compared of a run. */
export interface RunTrace {
  readonly snapshotHash: string;
  readonly digest: string;
}

/** A run that was kept, and what comes of the same today. */
export interface RunReplayed {
  readonly run: string;
  readonly round: string;
  readonly purpose: 'SIMULATION' | 'FINAL';
  readonly engineVersion: { readonly stored: string; readonly now: string };
  readonly stored: RunTrace;
  readonly again: RunTrace;
  readonly isSame: boolean;
}

/** Does a run again from what was kept of it (BHG-23); null where there is none. For whoever operates the service. */
export const replayRun = (deps: Pick<Deps, 'db'>, runId: string): Promise<RunReplayed | null> =>
  deps.db.asService(async (tx) => {
    const kept = await runs.whole(tx, runId);
    if (kept === undefined) return null;
    const stored = { snapshotHash: kept.snapshotHash, digest: kept.digest };
    const again = {
      snapshotHash: sha256Hex(kept.snapshot),
      digest: resultDigest(replay(kept, kept).again.result),
    };
    return {
      ...{ run: kept.id, round: kept.roundId, purpose: kept.purpose },
      engineVersion: { stored: kept.engineVersion, now: engineVersion },
      ...{ stored, again },
      isSame: stored.digest === again.digest && stored.snapshotHash === again.snapshotHash,
    };
  });

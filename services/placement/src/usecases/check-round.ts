import type { Tx } from '@ranselpost/kit/database';
import { AppError } from '@ranselpost/kit/pure/errors';
import { check } from '../domain/check.ts';
import { changedPlaces } from '../domain/compare-runs.ts';
import { summaryOf } from '../domain/compare.ts';
import { type Occupancy, occupancyOf } from '../domain/occupancy.ts';
import type { PublishFindings } from '../domain/publishing.ts';
import { warningsOf } from '../domain/warnings.ts';
import type { StoredRound } from '../domain/round-record.ts';
import * as runs from '../store/runs.ts';
import { type Prepared, type Replayed, kept, prepareRun, replay } from './prepare-run.ts';

/** All that is looked at before a round is published, and what it was found in (placement § 10). */
export interface RoundChecked {
  readonly findings: PublishFindings;
  readonly final: Replayed;
  /** What the round would be allocated from now; null where it could not be. */
  readonly now: Prepared | null;
  readonly occupancy: readonly Occupancy[];
}

/** Looks at a round that is allocated: does it again from what was kept, has it checked from scratch, and looks at what has changed since. */
export async function checkRound(
  tx: Tx,
  round: StoredRound,
  seen: ReadonlySet<string> = new Set(),
): Promise<RoundChecked> {
  const run = await runs.final(tx, round.id);
  const given = run === undefined ? undefined : await runs.given(tx, run.id);
  if (run === undefined || given === undefined) throw new AppError('NOT_FOUND');
  const final = replay(run, given);
  const prepared = await prepareRun(tx, round, { seed: final.seed, changes: null });
  const now = prepared.ok ? prepared.value : null;
  const problems = prepared.ok ? [] : prepared.refusal.problems.map(({ code }) => code);
  const occupancy = occupancyOf(now?.stored.units ?? [], final);
  return {
    ...{ final, now, occupancy },
    findings: {
      snapshot: { allocated: run.snapshotHash, now: now?.snapshotHash ?? '' },
      errors: [...new Set([...problems, ...(final.isSame ? [] : ['E_OTHER_RESULT'])])].toSorted(),
      warnings: warningsOf(final.instance),
      faults: check(final.instance, final.result, final.again.dropped),
      undecided: now?.undecided ?? [],
      answering: answeringAmong(final, await runs.answering(tx, round.id)),
      overCapacity: occupancy.flatMap(({ unitId, isWithin }) => (isWithin ? [] : [unitId])),
      splitFamilies: summaryOf(final.instance, final.result).splitFamilies,
      changedPlaces: await changedSince(tx, final),
      leftOut: now?.leftOut ?? [],
      withoutRight: now?.withoutRight ?? [],
      seen,
    },
  };
}

/** Of those who have an offer to answer, who would be offered something; who keeps their place, or gets nothing, is not asked. */
function answeringAmong({ result, pinned }: Replayed, open: ReadonlySet<string>): readonly string[] {
  const isPinned = new Set(pinned.map(({ applicationId }) => applicationId));
  return [...open].filter((id) => {
    const got = result.assigned[id];
    return isPinned.has(id) || (got != null && got.via !== 'current');
  });
}

async function changedSince(tx: Tx, final: Replayed): Promise<readonly string[]> {
  const before = await runs.lastSimulationBefore(tx, final.run);
  const given = before === undefined ? undefined : await runs.given(tx, before.id);
  return before === undefined || given === undefined ? [] : changedPlaces(kept(before, given), final);
}

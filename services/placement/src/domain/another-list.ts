import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { solve } from './allocate.ts';
import type { KeptRun } from './compare-runs.ts';
import { type WishOutcome, explainer } from './explain.ts';
import { readInstance } from './read-instance.ts';
import { type RunPlacement, placementsOf } from './run-reading.ts';

/** What an application would get with another list, and what would become of each wish of it. */
export interface AnotherList {
  readonly placement: RunPlacement;
  readonly outcomes: readonly WishOutcome[];
}

export type AnotherListRefusal =
  | { readonly kind: 'E_UNKNOWN_APPLICATION' }
  /** What is wrong with the list, by its code and where in the round. */
  | {
      readonly kind: 'E_INVALID';
      readonly problems: readonly { readonly code: string; readonly at: string }[];
    };

interface GivenWish {
  readonly k: string;
}
interface Given {
  readonly applications: readonly { readonly id: string; readonly wishes: readonly GivenWish[] }[];
}

/**
 * Does a run again in which one application had another list, everything else as it was: with fallback, conversion and all. A unit that was on
 * the list keeps what was known of it there, a brother or sister and how far it is; of others nothing is known. Whoever has a place by hand is in no list.
 */
export function withAnotherList(
  snapshot: string,
  pinned: KeptRun['pinned'],
  { applicationId, unitIds }: { readonly applicationId: string; readonly unitIds: readonly string[] },
): Result<AnotherList, AnotherListRefusal> {
  const given = JSON.parse(snapshot) as Given;
  const asked = given.applications.find(({ id }) => id === applicationId);
  if (asked === undefined) return refuse({ kind: 'E_UNKNOWN_APPLICATION' });
  const wishes = unitIds.map((k) => asked.wishes.find((wish) => wish.k === k) ?? { k });
  const read = readInstance({
    ...given,
    applications: given.applications.map((one) => (one.id === applicationId ? { ...one, wishes } : one)),
  });
  if (!read.ok)
    return refuse({
      kind: 'E_INVALID',
      problems: read.problems.map(({ code, path }) => ({ code, at: path })),
    });
  const run = solve(read.instance);
  const kept = { instance: read.instance, pinned, result: run.result };
  return accept({
    placement: placementsOf(kept, { onlyRightWithout: false }).find(
      (one) => one.applicationId === applicationId,
    )!,
    outcomes: explainer(read.instance, run)(applicationId)!,
  });
}

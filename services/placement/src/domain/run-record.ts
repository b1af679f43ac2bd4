import type { Result } from './instance.ts';
import type { Override, Pinned } from './round-instance.ts';
import type { ScenarioChanges } from './run-facts.ts';

/** That a round was allocated, or that somebody tried what would come of it. */
export interface StoredRun {
  readonly id: string;
  readonly roundId: string;
  /** The number of the round's last move when it was made. */
  readonly roundVersion: number;
  readonly purpose: 'SIMULATION' | 'FINAL';
  readonly scenarioId: string | null;
  readonly snapshotHash: string;
  readonly engineVersion: string;
  readonly digest: string;
  readonly madeBy: string | null;
  readonly madeAt: Date;
}

/** What it was given, as one text, and what came out. */
export interface GivenRun {
  readonly snapshot: string;
  readonly pinned: readonly Pinned[];
  readonly result: Result;
}

/** A round with other seats, rules, decisions or another draw, by name. */
export interface StoredScenario {
  readonly id: string;
  readonly roundId: string;
  readonly name: string;
  /** From 1: a name that is saved again is another version. */
  readonly version: number;
  readonly seed: string;
  readonly changes: ScenarioChanges;
  readonly savedBy: string | null;
  readonly savedAt: Date;
}

/** Something that was decided by hand, with what became of the decision. */
export interface StoredOverride {
  readonly id: string;
  readonly roundId: string;
  readonly override: Override;
  readonly reason: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Date;
  readonly approvedBy: string | null;
  readonly isApproved: boolean;
  readonly withdrawn: { readonly reason: string; readonly at: Date } | null;
}

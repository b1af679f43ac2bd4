import type { RoundPlan } from './round-plan.ts';
import type { Round, RoundState } from './round.ts';

/** A round as it stands. */
export interface StoredRound extends Round, RoundPlan {
  readonly id: string;
  /** The last second in which somebody is in time; null where there is none. */
  readonly closesAt: Date | null;
  /** The statutes that each unit's children are ranked by, from when it opened; null before. */
  readonly statuteOf: Readonly<Record<string, string | null>>;
  readonly seedCommitment: string | null;
  /** The number of the last move. */
  readonly version: number;
}

/** What is done with a round, as it is written down. */
export type MoveName =
  | 'PLAN'
  | 'CHANGE'
  | 'OPEN'
  | 'GRANT_GRACE'
  | 'CHANGE_STATUTES'
  | 'CLOSE'
  | 'REOPEN'
  | 'ALLOCATE'
  | 'DISCARD'
  | 'PUBLISH'
  | 'OPEN_APPEALS'
  | 'FINISH';

/** Something that was done with a round. */
export interface StoredMove {
  readonly roundId: string;
  /** From 1, without gaps. */
  readonly nth: number;
  readonly move: MoveName;
  readonly from: RoundState;
  readonly to: RoundState;
  readonly reason: string | null;
  readonly graceUntil: Date | null;
  /** The unit that is ranked by other statutes, and by which. */
  readonly unitId: string | null;
  readonly statuteId: string | null;
  readonly plan: RoundPlan | null;
  /** Whoever did it, or proposed it. Null once they have been erased; so is the other. */
  readonly madeBy: string | null;
  readonly approvedBy: string | null;
  readonly madeAt: Date;
}

/** That somebody wants a closed round opened again. */
export interface Reopening {
  readonly id: string;
  readonly roundId: string;
  /** After which move the round was looked at: of another one it says nothing. */
  readonly roundVersion: number;
  readonly reason: string;
  readonly proposedBy: string | null;
  readonly proposedAt: Date;
}

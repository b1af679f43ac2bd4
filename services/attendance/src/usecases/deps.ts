import type { Database } from '@ranselpost/kit/database';
import type { SealingKey } from '@ranselpost/kit/keys';
import type { Regulation } from '../domain/leave-regulation.ts';
import type { SubjectRules } from '../domain/subject-absence.ts';

/** What use cases work with; the clock and ids come in, so that a test can say which day it is. */
export interface Deps {
  readonly db: Database;
  readonly newId: () => string;
  readonly now: () => Date;
  /** What the municipality's regulation gives of leave. */
  readonly leaveRegulation: Regulation;
  /** At which schools absence is counted by subject (ABS-19). */
  readonly subjectRules: SubjectRules;
  /** How many school years marks and reports are kept at schools, after the one that they are of (ABS-04, RET-03). Null: for as long as the child is here. */
  readonly registerKeptYears: number | null;
  /** The key of whoever brings letters to the post: what is sealed with it opens nowhere else (decision 0032). */
  readonly outboundKey: SealingKey;
}

/** What a timer works with: besides, how old the access copy may be by which it finds whom to tell (S-04). */
export interface TimerDeps extends Deps {
  readonly maxStaleness: number;
}

/** What the whole timer works with. */
export interface ClockDeps extends TimerDeps {
  /** Whether home is asked if a child is still ill (T09). */
  readonly asksStillSick: boolean;
  /** How long causes are kept (ABS-04). */
  readonly causeKeptDays: number;
}

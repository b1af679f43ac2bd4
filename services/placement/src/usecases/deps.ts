import type { SealingKey } from '@ranselpost/kit/keys';
import type { Database } from '@ranselpost/kit/database';
import type { LetterRules } from '../domain/decided.ts';
import type { Files } from '@ranselpost/kit/files/files';
import type { Links } from '@ranselpost/kit/files/links';
import type { PriceLists } from '../domain/price-list.ts';

/** What use cases work with; the clock and ids come in, so that a test can say which day it is. */
export interface Deps {
  readonly db: Database;
  readonly newId: () => string;
  /** For what the other guardian of a protected child reads the id of: it tells nothing of when somebody was up (ADR-11). */
  readonly newUntimedId: () => string;
  readonly now: () => Date;
  /** What the municipality takes for places. */
  readonly priceLists: PriceLists;
  /** The day and month on which a kindergarten year begins, `08-01`: for whoever only asks; each round has its own. */
  readonly yearBegins: string;
  /** What the municipality says in its letters. */
  readonly letterRules: LetterRules;
  /** Whose letters and entries for the archive are sealed for. */
  readonly outboundKey: SealingKey;
  /** Draws what the draw of a round is made from: chance that nobody can guess (placement § 4). */
  readonly newSeed: () => string;
}

/** What work with documents needs besides: where they lie, and what leads there. */
export interface FileDeps extends Deps {
  readonly files: Files;
  readonly links: Links;
}

/** What a timer works with: besides, how old the access copy may be by which it finds whom to tell (S-04). */
export interface TimerDeps extends Deps {
  readonly maxStaleness: number;
}

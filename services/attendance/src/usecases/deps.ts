import type { Database } from '@ranselpost/kit/database';

/** What use cases work with; the clock and ids come in, so that a test can say which day it is. */
export interface Deps {
  readonly db: Database;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What a timer works with: besides, how old the access copy may be by which it finds whom to tell (S-04). */
export interface TimerDeps extends Deps {
  readonly maxStaleness: number;
}

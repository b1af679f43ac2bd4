import type { Database } from '@ranselpost/kit/database';

/** What use cases work with; the clock and ids come in, so that a test can say which day it is. */
export interface Deps {
  readonly db: Database;
  readonly newId: () => string;
  readonly now: () => Date;
}

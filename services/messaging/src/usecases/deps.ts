import type { Database } from '@ranselpost/kit/database';
import type { Files } from '@ranselpost/kit/files/files';
import type { Links } from '@ranselpost/kit/files/links';
import type { SealingKey } from '@ranselpost/kit/keys';

import type { GuardLevels } from '../domain/guarded.ts';

/** What use cases work with; the clock and ids come in, so that a test can say which day it is. */
export interface Deps {
  readonly db: Database;
  readonly newId: () => string;
  readonly now: () => Date;
  /** The key of whoever brings entries to the archive: what is sealed with it opens nowhere else (decision 0032). */
  readonly outboundKey: SealingKey;
  /** How strict the guard of sensitive text is, as the municipality has it. */
  readonly guardLevels: GuardLevels;
  readonly files: Files;
  readonly links: Links;
  /** Days after which a draft goes that nobody has changed. */
  readonly draftDays: number;
}

/** What a timer works with: besides, how old the access copy may be by which it finds whom to tell (S-04). */
export interface TimerDeps extends Deps {
  readonly maxStaleness: number;
}

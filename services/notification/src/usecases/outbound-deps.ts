import type { Database } from '@ranselpost/kit/database';
import type { FileStore } from '@ranselpost/kit/files/store';
import type { KeyRing, OpeningKeys } from '@ranselpost/kit/keys';
import type { Log } from '@ranselpost/kit/log';
import type { Archive } from '../clients/archive/index.ts';
import type { Letters } from '../clients/svarut/index.ts';

/** What bringing entries to the archive and letters to the post works with. */
export interface OutboundDeps {
  readonly db: Database;
  readonly log: Log;
  readonly now: () => Date;
  /** What opens contents that were sealed for us. */
  readonly openKeys: OpeningKeys;
  /** Keys that addresses are sealed with. */
  readonly contactKeys: KeyRing;
  /** Where files that go to the archive lie, sealed. We only read there. */
  readonly files: Pick<FileStore, 'get'>;
  readonly archive: Archive;
  readonly letters: Letters;
  /** Who letters are from. */
  readonly municipality: string;
}

import type { Database } from '@ranselpost/kit/database';
import type { KeyRing } from '@ranselpost/kit/keys';
import type { Log } from '@ranselpost/kit/log';
import type { JWK } from 'jose';
import type { Hours } from '../domain/quiet-hours.ts';
import type { Senders } from '../clients/sender.ts';

/** What use cases work with; the clock and ids come in, so that a test can say which hour it is. */
export interface Deps {
  readonly db: Database;
  readonly log: Log;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Keys that contact data is sealed with. */
  readonly contactKeys: KeyRing;
  /** Our private keys: of what others sealed for us to send. */
  readonly openKeys: ReadonlyMap<string, JWK>;
  readonly senders: Senders;
  /** The municipality's, for whoever has chosen none. */
  readonly quietHours: Hours;
  readonly portal: { readonly name: string; readonly url: string };
  /** Seconds that the access copy may be old. */
  readonly maxStaleness: number;
  /** How long whoever took a notice may take to say what became of it, before another takes it. */
  readonly leaseMs: number;
  readonly patience: { readonly secondNoticeHours: number; readonly paperHours: number };
}

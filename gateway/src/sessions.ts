import type { AssuranceLevel } from '@ranselpost/kit/pure/actor';
import type { Database } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import type { LoginKind, Session } from './domain/session.ts';
import { hashOf, isSecret, newSecret } from './secret.ts';
import * as store from './store/sessions.ts';

export interface SignedIn {
  readonly kind: LoginKind;
  readonly personId: string;
  readonly level: AssuranceLevel;
  readonly issuer: string;
  readonly issuerSession: string | null;
}

/** The sessions of browsers. A session is a row: what ends it is that the row goes, wherever that happens. */
export interface Sessions {
  readonly idleSeconds: number;
  readonly maxSeconds: number;
  /** Opens a session under a new secret and ends the one the browser had (S-14). Answers the secret. */
  open(who: SignedIn, formerSecret: string | undefined): Promise<string>;
  find(secret: string | undefined): Promise<Session | undefined>;
  end(secret: string | undefined): Promise<void>;
  endByIssuerSession(issuer: string, issuerSession: string): Promise<void>;
  /** Which of these sessions still live. */
  living(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Calls `check` whenever sessions have ended, in this replica or another, and whenever some may have. */
  onEnded(check: () => void): Promise<void>;
}

export interface SessionTimes {
  readonly idleSeconds: number;
  readonly maxSeconds: number;
}

export function createSessions(db: Database, { idleSeconds, maxSeconds }: SessionTimes): Sessions {
  return {
    idleSeconds,
    maxSeconds,
    open: async (who, formerSecret) => {
      const secret = newSecret();
      await db.asService(async (tx) => {
        if (isSecret(formerSecret)) await store.endBySecret(tx, hashOf(formerSecret));
        await store.insert(tx, { ...who, id: newId(), secretHash: hashOf(secret), maxSeconds });
      });
      return secret;
    },
    find: async (secret) =>
      isSecret(secret)
        ? db.asService((tx) => store.findAndTouch(tx, hashOf(secret), idleSeconds))
        : undefined,
    end: async (secret) => {
      if (isSecret(secret)) await db.asService((tx) => store.endBySecret(tx, hashOf(secret)));
    },
    endByIssuerSession: (issuer, issuerSession) =>
      db.asService((tx) => store.endByIssuerSession(tx, issuer, issuerSession)),
    living: async (ids) =>
      new Set(ids.length === 0 ? [] : await db.asService((tx) => store.living(tx, ids, idleSeconds))),
    onEnded: (check) => db.listen('sessions', check),
  };
}

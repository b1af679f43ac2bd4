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
  /**
   * The same for the graph, where one person asks often: may answer what was read within the last second. Any session's
   * end, wherever it happens, makes it read anew.
   */
  findOften(secret: string | undefined): Promise<Session | undefined>;
  end(secret: string | undefined): Promise<void>;
  endByIssuerSession(issuer: string, issuerSession: string): Promise<void>;
  /** Which of these sessions still live. */
  living(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Calls `check` whenever sessions have ended, in this replica or another, and whenever some may have. */
  onEnded(check: () => void): void;
  /** Begins to hear of sessions that end in other replicas. */
  listen(): Promise<void>;
}

export interface SessionTimes {
  readonly idleSeconds: number;
  readonly maxSeconds: number;
}

const rememberedMs = 1_000;
const mostRemembered = 20_000;

export function createSessions(db: Database, { idleSeconds, maxSeconds }: SessionTimes): Sessions {
  const recent = new Map<string, { readonly readAt: number; readonly session: Session }>();
  const watchers: (() => void)[] = [];
  let isListening = false;
  let endings = 0;
  const forget = (): void => {
    endings += 1;
    recent.clear();
  };

  const find = async (secret: string | undefined): Promise<Session | undefined> =>
    isSecret(secret) ? db.asService((tx) => store.findAndTouch(tx, hashOf(secret), idleSeconds)) : undefined;

  return {
    idleSeconds,
    maxSeconds,
    find,
    findOften: async (secret) => {
      const readAt = performance.now();
      const known = recent.get(secret ?? '');
      if (known !== undefined && readAt - known.readAt < rememberedMs) return known.session;
      const endingsBefore = endings;
      const session = await find(secret);
      // What was read while a session ended may have been read before its end.
      if (session === undefined || !isListening || endings !== endingsBefore) return session;
      if (recent.size >= mostRemembered) recent.clear();
      recent.set(secret!, { readAt, session });
      return session;
    },
    open: async (who, formerSecret) => {
      const secret = newSecret();
      await db.asService(async (tx) => {
        if (isSecret(formerSecret)) await store.endBySecret(tx, hashOf(formerSecret));
        await store.insert(tx, { ...who, id: newId(), secretHash: hashOf(secret), maxSeconds });
      });
      forget();
      return secret;
    },
    end: async (secret) => {
      if (isSecret(secret)) await db.asService((tx) => store.endBySecret(tx, hashOf(secret)));
      forget();
    },
    endByIssuerSession: async (issuer, issuerSession) => {
      await db.asService((tx) => store.endByIssuerSession(tx, issuer, issuerSession));
      forget();
    },
    living: async (ids) =>
      new Set(ids.length === 0 ? [] : await db.asService((tx) => store.living(tx, ids, idleSeconds))),
    onEnded: (check) => void watchers.push(check),
    listen: async () => {
      await db.listen('sessions', () => {
        forget();
        for (const check of watchers) check();
      });
      isListening = true;
    },
  };
}

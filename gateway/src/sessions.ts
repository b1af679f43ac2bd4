import type { AssuranceLevel } from '@ranselpost/kit/pure/actor';
import type { Database } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Browser } from './domain/browser.ts';
import type { AtTablet, LoginKind, OwnSession, Session } from './domain/session.ts';
import { hashOf, isSecret, newSecret } from './secret.ts';
import * as knownBrowsers from './store/known-browsers.ts';
import * as store from './store/sessions.ts';

export interface SignedIn {
  readonly kind: LoginKind;
  readonly personId: string;
  readonly level: AssuranceLevel;
  readonly issuer: string;
  readonly issuerSession: string | null;
  /** When the person proved to the issuer who they are, which may be long before this login. */
  readonly authTime: Date;
  readonly browser: Browser;
}

/** Somebody of the staff whom their PIN has let in at a shared tablet. */
export interface LetIn extends AtTablet {
  readonly personId: string;
  readonly browser: Browser;
}

/** What a browser holds of ours. */
export interface Held {
  /** Of the session it has now; ended by opening another. */
  readonly session: string | undefined;
  /** By which it is known again. */
  readonly browser: string;
  /** A shared tablet, at which whoever signs in themselves is out as soon as whoever is let in (GUA-19). */
  readonly isShared: boolean;
}

/** The sessions of browsers. A session is a row: what ends it is that the row goes, wherever that happens. */
export interface Sessions {
  readonly idleSeconds: number;
  readonly maxSeconds: number;
  /**
   * Opens a session at a shared tablet, and ends whatever is open there: one person at a time. Whoever is let in by a copy of its secret
   * throws the other out, which is seen. Answers the secret.
   */
  openAtTablet(who: LetIn): Promise<string>;
  /** Ends whatever is open at a tablet. */
  endAtTablet(tabletId: string): Promise<void>;
  /** Opens a session under a new secret and ends the one the browser had (S-14). Answers the secret. */
  open(who: SignedIn, held: Held): Promise<string>;
  /** To be found is to be used, but at a shared tablet: there what is read anew by itself keeps nobody in. */
  find(secret: string | undefined): Promise<Session | undefined>;
  noteUse(session: Session): Promise<void>;
  /**
   * The same for the graph, where one person asks often: may answer what was read within the last second. Any session's
   * end, wherever it happens, makes it read anew.
   */
  findOften(secret: string | undefined): Promise<Session | undefined>;
  /** Up to where identity has been seen in a session, in whichever replica; and notes it (S-05). */
  seenIn(session: Session): Promise<string | null>;
  noteSeen(session: Session, seenAt: string): Promise<void>;
  end(secret: string | undefined): Promise<void>;
  /** What a person has open themselves, in every capacity. */
  own(personId: string): Promise<readonly OwnSession[]>;
  /** Ends one of them. That there is no such session, or that it is another person's, is not told. */
  endOwn(personId: string, id: string): Promise<void>;
  endOthers(personId: string, exceptId: string): Promise<void>;
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
  readonly atTablet: { readonly idleSeconds: number; readonly maxSeconds: number };
}

const rememberedMs = 1_000;
const mostRemembered = 20_000;

export function createSessions(db: Database, { idleSeconds, maxSeconds, atTablet }: SessionTimes): Sessions {
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
    open: async (who, held) => {
      const secret = newSecret();
      await db.asService(async (tx) => {
        if (isSecret(held.session)) await store.endBySecret(tx, hashOf(held.session));
        const isNewBrowser = await knownBrowsers.meet(tx, who.personId, held.browser);
        const secretHash = hashOf(secret);
        const times = { maxSeconds, idleSeconds: held.isShared ? atTablet.idleSeconds : null };
        await store.insert(tx, { ...who, ...times, id: newId(), secretHash, isNewBrowser });
      });
      forget();
      return secret;
    },
    openAtTablet: async (who) => {
      const secret = newSecret();
      await db.asService(async (tx) => {
        await store.endAtTablet(tx, who.tabletId);
        await store.insertAtTablet(tx, { ...who, ...atTablet, id: newId(), secretHash: hashOf(secret) });
      });
      forget();
      return secret;
    },
    endAtTablet: async (tabletId) => {
      await db.asService((tx) => store.endAtTablet(tx, tabletId));
      forget();
    },
    noteUse: ({ id }) => db.asService((tx) => store.noteUse(tx, id)),
    seenIn: ({ id }) => db.asService((tx) => store.seenIn(tx, id)),
    noteSeen: ({ id }, seenAt) => db.asService((tx) => store.noteSeen(tx, id, seenAt)),
    end: async (secret) => {
      if (isSecret(secret)) await db.asService((tx) => store.endBySecret(tx, hashOf(secret)));
      forget();
    },
    own: (personId) => db.asService((tx) => store.ofPerson(tx, personId, idleSeconds)),
    endOwn: async (personId, id) => {
      if (isId(id)) await db.asService((tx) => store.endOfPersonById(tx, personId, id));
      forget();
    },
    endOthers: async (personId, exceptId) => {
      await db.asService((tx) => store.endOthersOfPerson(tx, personId, exceptId));
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

import type { AssuranceLevel } from '@ranselpost/kit/pure/actor';
import type { Database } from '@ranselpost/kit/database';
import type { Log } from '@ranselpost/kit/log';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Browser } from '../domain/browser.ts';
import {
  type Claims,
  type LoginRefusal,
  type StaffAssurance,
  decideGuardianLogin,
  decideStaffLogin,
} from '../domain/login-claims.ts';
import type { LoginKind, Session } from '../domain/session.ts';
import { hashOf, isSecret, newSecret } from '../secret.ts';
import type { Sessions } from '../sessions.ts';
import * as store from '../store/logins.ts';
import type { FindPerson, SignInWish } from './identity-client.ts';
import type { Issuer } from './issuer.ts';

export interface LoginIssuer {
  readonly name: string;
  readonly client: Issuer;
}

export interface LoginDeps {
  readonly db: Database;
  readonly sessions: Sessions;
  readonly issuers: Readonly<Record<LoginKind, LoginIssuer>>;
  readonly staffAssurance: StaffAssurance;
  readonly findPerson: FindPerson;
  readonly log: Log;
}

export interface LoginWish {
  readonly kind: LoginKind;
  readonly level: AssuranceLevel;
  /** Whether the person has to prove anew who they are, whatever session the issuer has of them. */
  readonly isFresh: boolean;
  readonly returnTo: string;
  /** Who is signed in at this browser now. */
  readonly current: Session | undefined;
}

/** Of a fresh login. The issuer asks anew in any case; this is what its answer is held to. */
const freshSeconds = 60;

export type BeginRefusal = { readonly kind: 'level-not-offered' };

/** Starts a login: answers where the browser goes, and the secret that ties the answer to this browser. */
export async function beginLogin(
  { db, issuers }: LoginDeps,
  { kind, level, isFresh, returnTo, current }: LoginWish,
): Promise<Result<{ readonly url: string; readonly secret: string }, BeginRefusal>> {
  const maxAgeSeconds = isFresh ? freshSeconds : null;
  const begun = await issuers[kind].client.begin(level, maxAgeSeconds);
  if (begun === undefined) return refuse({ kind: 'level-not-offered' });
  const { url, state, nonce, codeVerifier } = begun;
  const secret = newSecret();
  const stepsUp = (level === 'high' || isFresh) && current?.kind === kind ? current.personId : null;
  await db.asService((tx) =>
    store.insert(tx, hashOf(secret), {
      ...{ kind, level, state, nonce, codeVerifier, returnTo, stepsUp, maxAgeSeconds },
    }),
  );
  return accept({ url, secret });
}

export type FinishRefusal =
  | LoginRefusal
  /** Nothing was asked from this browser, it took too long, or the answer has been used. */
  | { readonly kind: 'no-such-login' }
  | { readonly kind: 'aborted' }
  /** The issuer's answer does not fit what was asked: forged, replayed, mixed up, or broken. */
  | { readonly kind: 'does-not-fit' }
  | { readonly kind: 'unknown-person' }
  /** A step-up came back as somebody else; the session has been ended (S-14). */
  | { readonly kind: 'another-person' };

export interface LoginAnswer {
  readonly kind: LoginKind;
  readonly parameters: URLSearchParams;
  readonly loginSecret: string | undefined;
  readonly sessionSecret: string | undefined;
  readonly browserSecret: string | undefined;
  /** Of a shared tablet that it is. */
  readonly tabletSecret: string | undefined;
  readonly browser: Browser;
  readonly now: Date;
}

export interface FinishedLogin {
  /** Of the session. */
  readonly secret: string;
  /** By which the browser is known again. */
  readonly browserSecret: string;
  readonly returnTo: string;
}

/** Takes an issuer's answer and opens a session, under a new secret each time. */
export async function finishLogin(
  deps: LoginDeps,
  answer: LoginAnswer,
): Promise<Result<FinishedLogin, FinishRefusal>> {
  const { db, sessions, issuers, findPerson } = deps;
  const { kind, parameters, loginSecret, sessionSecret, browser } = answer;
  // Taken before it is looked at: an answer gets one chance, whatever is in it.
  const login = isSecret(loginSecret)
    ? await db.asService((tx) => store.take(tx, hashOf(loginSecret)))
    : undefined;
  if (login?.kind !== kind) return refuse({ kind: 'no-such-login' });
  if (parameters.get('state') !== login.state) return refuse({ kind: 'does-not-fit' });

  const issuer = issuers[kind];
  const claims = await claimsOf(deps, answer, login);
  if (!claims.ok) return claims;
  const decided = decide(deps, claims.value, login, answer.now);
  if (!decided.ok) return decided;

  // Ended before it is known who came back: only the same person's answer opens the next one (S-14).
  if (login.stepsUp !== null) await sessions.end(sessionSecret);
  const personId = await findPerson(decided.value.wish);
  if (personId === undefined) return refuse({ kind: 'unknown-person' });
  if (login.stepsUp !== null && login.stepsUp !== personId) return refuse({ kind: 'another-person' });
  const sid = claims.value['sid'];
  const { level, authTime } = decided.value;
  const issuerSession = typeof sid === 'string' ? sid : null;
  const browserSecret = isSecret(answer.browserSecret) ? answer.browserSecret : newSecret();
  const secret = await sessions.open(
    { kind, personId, level, issuer: issuer.name, issuerSession, authTime, browser },
    { session: sessionSecret, browser: browserSecret, isShared: isSecret(answer.tabletSecret) },
  );
  return accept({ secret, browserSecret, returnTo: login.returnTo });
}

async function claimsOf(
  { issuers, log }: LoginDeps,
  { kind, parameters }: LoginAnswer,
  login: store.Login,
): Promise<Result<Claims, FinishRefusal>> {
  if (parameters.has('error')) return refuse({ kind: 'aborted' });
  try {
    const claims = await issuers[kind].client.finish(parameters, login);
    return accept(claims);
  } catch (error) {
    log.warn('a login answer does not fit', { part: kind, error });
    return refuse({ kind: 'does-not-fit' });
  }
}

interface Proved {
  readonly wish: SignInWish;
  readonly level: AssuranceLevel;
  readonly authTime: Date;
}

function decide(
  { staffAssurance }: LoginDeps,
  claims: Claims,
  { kind, level, maxAgeSeconds }: store.Login,
  now: Date,
): Result<Proved, LoginRefusal> {
  const wanted = { level, maxAgeSeconds };
  if (kind === 'guardian') {
    const login = decideGuardianLogin(claims, wanted, now);
    return login.ok ? accept({ ...login.value, wish: { kind, number: login.value.number } }) : login;
  }
  const login = decideStaffLogin(claims, wanted, staffAssurance, now);
  return login.ok ? accept({ ...login.value, wish: { kind, login: login.value.login } }) : login;
}

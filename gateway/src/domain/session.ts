import type { AssuranceLevel, PersonActor, TabletActor } from '@ranselpost/kit/pure/actor';
import type { Browser } from './browser.ts';

export type LoginKind = PersonActor['kind'];
export type SessionKind = LoginKind | TabletActor['kind'];

/** The shared tablet that a session is at, and its unit. */
export interface AtTablet {
  readonly tabletId: string;
  readonly unitId: string;
}

/** One person in one capacity. Who is both guardian and staff signs in twice (GUA-24). */
export interface Session {
  readonly id: string;
  readonly kind: SessionKind;
  readonly personId: string;
  readonly level: AssuranceLevel;
  /** Its person proved to the issuer within the last ten minutes who they are. */
  readonly isFresh: boolean;
  /** Null for whoever has signed in themselves. */
  readonly at: AtTablet | null;
  readonly lastUsedAt: Date;
  readonly idleSeconds: number;
  readonly endsAt: Date;
  /** Up to where identity has been seen in it, by identity's clock; null for nothing yet (S-05). */
  readonly seenAt: string | null;
}

/** A session as its own person reads of it, in whichever capacity. For nobody else (ADR-11). */
export interface OwnSession {
  readonly id: string;
  readonly kind: SessionKind;
  readonly openedAt: Date;
  readonly lastUsedAt: Date;
  readonly browser: Browser;
  /** Opened from a browser that the person had not signed in from before. */
  readonly isNewBrowser: boolean;
}

export function toActor({ kind, personId, level, isFresh, at }: Session): PersonActor | TabletActor {
  if (kind === 'staff') return { kind, personId, level, ...(isFresh && { isFresh }) };
  if (kind === 'guardian') return { kind, personId, level };
  if (at === null) throw new Error('a session at no tablet');
  return { kind, personId, ...at };
}

/** When the session ends if it is not used again. */
export const expiryOf = ({ lastUsedAt, endsAt, idleSeconds }: Session): Date =>
  new Date(Math.min(endsAt.getTime(), lastUsedAt.getTime() + idleSeconds * 1000));

export const isAtLeast = (level: AssuranceLevel, wanted: AssuranceLevel): boolean =>
  level === 'high' || wanted === 'substantial';

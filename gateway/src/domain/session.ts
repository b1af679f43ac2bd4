import type { AssuranceLevel, PersonActor } from '@ranselpost/kit/pure/actor';
import type { Browser } from './browser.ts';

export type LoginKind = PersonActor['kind'];

/** One person in one capacity. Who is both guardian and staff signs in twice (GUA-24). */
export interface Session {
  readonly id: string;
  readonly kind: LoginKind;
  readonly personId: string;
  readonly level: AssuranceLevel;
  readonly lastUsedAt: Date;
  readonly endsAt: Date;
  /** Up to where identity has been seen in it, by identity's clock; null for nothing yet (S-05). */
  readonly seenAt: string | null;
}

/** A session as its own person reads of it, in whichever capacity. For nobody else (ADR-11). */
export interface OwnSession {
  readonly id: string;
  readonly kind: LoginKind;
  readonly openedAt: Date;
  readonly lastUsedAt: Date;
  readonly browser: Browser;
  /** Opened from a browser that the person had not signed in from before. */
  readonly isNewBrowser: boolean;
}

export const toActor = ({ kind, personId, level }: Session): PersonActor => ({ kind, personId, level });

/** When the session ends if it is not used again. */
export const expiryOf = ({ lastUsedAt, endsAt }: Session, idleSeconds: number): Date =>
  new Date(Math.min(endsAt.getTime(), lastUsedAt.getTime() + idleSeconds * 1000));

export const isAtLeast = (level: AssuranceLevel, wanted: AssuranceLevel): boolean =>
  level === 'high' || wanted === 'substantial';

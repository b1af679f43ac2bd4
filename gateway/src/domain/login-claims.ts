import type { AssuranceLevel } from '@ranselpost/kit/pure/actor';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { isAtLeast } from './session.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Why a login that its issuer vouches for is still none of ours. */
export type LoginRefusal =
  /** Less sure than was asked for. */
  | { readonly kind: 'level-too-low' }
  /** A login over the border (eIDAS): no guardianship can be derived without a Norwegian number. */
  | { readonly kind: 'no-national-number' }
  /** When the person proved who they are is unknown, in the future, or longer ago than the issuer's own session lasts. */
  | { readonly kind: 'not-recent' }
  | { readonly kind: 'no-staff-login' }
  | { readonly kind: 'one-factor-only' }
  /** Pupils have accounts at the same issuer. */
  | { readonly kind: 'not-staff' };

export interface GuardianLogin {
  readonly number: string;
  readonly level: AssuranceLevel;
}

export interface StaffLogin {
  readonly login: string;
  readonly level: AssuranceLevel;
}

export const guardianAcr: Readonly<Record<AssuranceLevel, string>> = {
  substantial: 'idporten-loa-substantial',
  high: 'idporten-loa-high',
};

/** Feide's name for a login with two factors; it has no more than this one step above the password. */
export const staffAcr = 'urn:mace:feide.no:auth:level:fad08:3';

const principalName = 'https://n.feide.no/claims/eduPersonPrincipalName';
const affiliation = 'https://n.feide.no/claims/eduPersonPrimaryAffiliation';
const clockSkewSeconds = 60;
/** ID-porten lets a session live for two hours, Feide for a working day. */
const longestSessionSeconds = { guardian: 2 * 3600, staff: 8 * 3600 };

export function decideGuardianLogin(
  claims: Claims,
  wanted: AssuranceLevel,
  now: Date,
): Result<GuardianLogin, LoginRefusal> {
  if (!isRecent(claims, longestSessionSeconds.guardian, now)) return refuse({ kind: 'not-recent' });
  const level = (['high', 'substantial'] as const).find((known) => guardianAcr[known] === claims['acr']);
  if (level === undefined || !isAtLeast(level, wanted)) return refuse({ kind: 'level-too-low' });
  const number = claims['pid'];
  if (typeof number !== 'string' || !/^\d{11}$/.test(number)) return refuse({ kind: 'no-national-number' });
  return accept({ number, level });
}

export function decideStaffLogin(claims: Claims, now: Date): Result<StaffLogin, LoginRefusal> {
  if (!isRecent(claims, longestSessionSeconds.staff, now)) return refuse({ kind: 'not-recent' });
  if (!listOf(claims['amr']).includes('mfa')) return refuse({ kind: 'one-factor-only' });
  if (listOf(claims[affiliation]).includes('student')) return refuse({ kind: 'not-staff' });
  const login = claims[principalName];
  if (typeof login !== 'string' || !/^[^\s@]{1,200}@[^\s@]{1,200}$/.test(login))
    return refuse({ kind: 'no-staff-login' });
  return accept({ login, level: 'substantial' });
}

function isRecent(claims: Claims, longest: number, now: Date): boolean {
  const at = claims['auth_time'];
  const seconds = now.getTime() / 1000;
  return (
    typeof at === 'number' && at <= seconds + clockSkewSeconds && at >= seconds - longest - clockSkewSeconds
  );
}

/** Some claims come as one word or as a list of them. */
const listOf = (claim: unknown): readonly unknown[] =>
  Array.isArray(claim) ? claim : claim === undefined ? [] : [claim];

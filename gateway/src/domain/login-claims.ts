import type { AssuranceLevel } from '@ranselpost/kit/pure/actor';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { isAtLeast } from './session.ts';

/** What was asked of the issuer. */
export interface Wanted {
  readonly level: AssuranceLevel;
  /** How long ago the person may have proved who they are; null where the issuer's own session is enough. */
  readonly maxAgeSeconds: number | null;
}

export type Claims = Readonly<Record<string, unknown>>;

/** Why a login that its issuer vouches for is still none of ours. */
export type LoginRefusal =
  /** Less sure than was asked for. */
  | { readonly kind: 'level-too-low' }
  /** A login over the border (eIDAS): no guardianship can be derived without a Norwegian number. */
  | { readonly kind: 'no-national-number' }
  /** When the person proved who they are is unknown, in the future, or longer ago than the issuer's own session lasts. */
  | { readonly kind: 'not-recent' }
  /** A proof of now was asked for, and the issuer answers with an older one. */
  | { readonly kind: 'not-fresh' }
  | { readonly kind: 'no-staff-login' }
  /** The issuer does not assert two factors. */
  | { readonly kind: 'one-factor-only' }
  /** Pupils have accounts at the same issuer. */
  | { readonly kind: 'not-staff' };

export interface GuardianLogin {
  readonly number: string;
  readonly level: AssuranceLevel;
  readonly authTime: Date;
}

export interface StaffLogin {
  readonly login: string;
  readonly level: AssuranceLevel;
  readonly authTime: Date;
}

const levels = ['high', 'substantial'] as const;

export const guardianAcr: Readonly<Record<AssuranceLevel, string>> = {
  substantial: 'idporten-loa-substantial',
  high: 'idporten-loa-high',
};

/** What the staff issuer's words mean to us. */
export interface StaffAssurance {
  /** The values of `acr` that mean two factors, by the level they give. The first of a level is asked for. */
  readonly acr: Readonly<Record<AssuranceLevel, readonly string[]>>;
  /** Words of which `amr` must have one besides; not looked at when there are none. */
  readonly amr: readonly string[];
}

const principalName = 'https://n.feide.no/claims/eduPersonPrincipalName';
const affiliation = 'https://n.feide.no/claims/eduPersonPrimaryAffiliation';
const clockSkewSeconds = 60;
/** ID-porten lets a session live for two hours, Feide for a working day. */
const longestSessionSeconds = { guardian: 2 * 3600, staff: 8 * 3600 };

export function decideGuardianLogin(
  claims: Claims,
  wanted: Wanted,
  now: Date,
): Result<GuardianLogin, LoginRefusal> {
  const authTime = authTimeOf(claims, wanted, longestSessionSeconds.guardian, now);
  if (!authTime.ok) return authTime;
  const level = levels.find((known) => guardianAcr[known] === claims['acr']);
  if (level === undefined || !isAtLeast(level, wanted.level)) return refuse({ kind: 'level-too-low' });
  const number = claims['pid'];
  if (typeof number !== 'string' || !/^\d{11}$/.test(number)) return refuse({ kind: 'no-national-number' });
  return accept({ number, level, authTime: authTime.value });
}

export function decideStaffLogin(
  claims: Claims,
  wanted: Wanted,
  assurance: StaffAssurance,
  now: Date,
): Result<StaffLogin, LoginRefusal> {
  const authTime = authTimeOf(claims, wanted, longestSessionSeconds.staff, now);
  if (!authTime.ok) return authTime;
  const level = staffLevel(claims, assurance);
  if (level === undefined) return refuse({ kind: 'one-factor-only' });
  if (!isAtLeast(level, wanted.level)) return refuse({ kind: 'level-too-low' });
  if (listOf(claims[affiliation]).includes('student')) return refuse({ kind: 'not-staff' });
  const login = claims[principalName];
  if (typeof login !== 'string' || !/^[^\s@]{1,200}@[^\s@]{1,200}$/.test(login))
    return refuse({ kind: 'no-staff-login' });
  return accept({ login, level, authTime: authTime.value });
}

/** The level that the issuer's own words say; undefined where they do not say two factors. */
function staffLevel(claims: Claims, { acr, amr }: StaffAssurance): AssuranceLevel | undefined {
  const isWithout = amr.length > 0 && !listOf(claims['amr']).some((word) => amr.includes(word as string));
  return isWithout ? undefined : levels.find((level) => acr[level].includes(claims['acr'] as string));
}

function authTimeOf(
  claims: Claims,
  { maxAgeSeconds }: Wanted,
  longest: number,
  now: Date,
): Result<Date, LoginRefusal> {
  const at = claims['auth_time'];
  if (typeof at !== 'number') return refuse({ kind: 'not-recent' });
  const age = now.getTime() / 1000 - at;
  if (age < -clockSkewSeconds || age > longest + clockSkewSeconds) return refuse({ kind: 'not-recent' });
  if (maxAgeSeconds !== null && age > maxAgeSeconds + clockSkewSeconds) return refuse({ kind: 'not-fresh' });
  return accept(new Date(at * 1000));
}

/** Some claims come as one word or as a list of them. */
const listOf = (claim: unknown): readonly unknown[] =>
  Array.isArray(claim) ? claim : claim === undefined ? [] : [claim];

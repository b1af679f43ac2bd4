import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Period } from './municipal-roles.ts';
import { type Protection, isHidden } from './protection.ts';

export type NamingLevel = Extract<Protection, 'FORTROLIG' | 'STRENGT_FORTROLIG'>;

/** That somebody of the staff may see a protected child for some days, within the roles that they have (ADR-10). */
export interface Naming extends Period {
  /** The protection that was looked at. */
  readonly level: NamingLevel;
}

/** Whether a naming counts for what protects the child now: it was looked at then, or something stricter was. */
export const countsAt = ({ level }: Pick<Naming, 'level'>, held: Protection): boolean =>
  isHidden(held) && (level === 'STRENGT_FORTROLIG' || held === 'FORTROLIG');

export type NamingRefusal = {
  readonly kind:
    'not-protected' | 'naming-days-wrong' | 'for-oneself' | 'not-in-charge' | 'is-party' | 'already-named';
};

/** A naming is looked at anew each school year, or sooner. */
const longestNaming = 366;

/**
 * Names somebody who has the child in their charge: being named opens nothing to anybody else. Nobody names themself, and
 * whoever is or was a party to the child is nobody to name (GUA-24).
 */
export function decideNaming(
  { from, to }: Period,
  {
    held,
    ...known
  }: {
    readonly today: LocalDate;
    readonly held: Protection;
    readonly isOwn: boolean;
    readonly isParty: boolean;
    readonly isInCharge: boolean;
    /** Some day of it they are named for already, at this level. */
    readonly isNamed: boolean;
  },
): Result<NamingLevel, NamingRefusal> {
  const { today } = known;
  if (held !== 'FORTROLIG' && held !== 'STRENGT_FORTROLIG') return refuse({ kind: 'not-protected' });
  if (known.isOwn) return refuse({ kind: 'for-oneself' });
  if (to <= from || to <= today || to > addDays(from < today ? today : from, longestNaming))
    return refuse({ kind: 'naming-days-wrong' });
  if (known.isParty) return refuse({ kind: 'is-party' });
  if (!known.isInCharge) return refuse({ kind: 'not-in-charge' });
  return known.isNamed ? refuse({ kind: 'already-named' }) : accept(held);
}

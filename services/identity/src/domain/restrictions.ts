import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Grant } from './grants.ts';

export type RestrictionKind = 'CONTACT_BAN' | 'COURT_ORDER' | 'CARE_ORDER' | 'THREAT' | 'MAY_NOT_FETCH';
/** Whose word a restriction rests on. What others than the unit have ordered is not the unit's to lift. */
export type Authority = 'UNIT' | 'COURT' | 'CHILD_WELFARE' | 'POLICE';

/** A restriction in force (GUA-12). It only takes away: nothing here gives anybody anything (S-03). */
export interface Restriction {
  readonly restrictionId: string;
  /** Null: everybody whose ground is parental responsibility, by a care order (GUA-15). */
  readonly personId: string | null;
  readonly kind: RestrictionKind;
  readonly authority: Authority;
  /** False for who may see but not fetch, and for parents whose view the care order leaves as it was. */
  readonly closesAccess: boolean;
  /** When somebody is to look at it again. It does not end by itself. */
  readonly reviewOn: LocalDate;
}

/** Whether a restriction closes a grant. A care order closes responsibility in every form, and no carer's access. */
export const closes = (
  { personId, closesAccess }: Restriction,
  grant: Pick<Grant, 'personId' | 'ground' | 'basis'>,
): boolean =>
  closesAccess &&
  (personId === null
    ? grant.ground === 'PARENTAL_RESPONSIBILITY' || grant.basis === 'DOCUMENTED_RESPONSIBILITY'
    : personId === grant.personId);

export const isUnderCareOrder = (restrictions: readonly Restriction[]): boolean =>
  restrictions.some(({ kind }) => kind === 'CARE_ORDER');

/** A restriction that somebody wants to impose. */
export interface Imposition {
  readonly personId: string | null;
  readonly kind: RestrictionKind;
  readonly authority: Authority;
  /** For a care order alone: whether the authority lets parents keep their view. Unstated, it does not (GUA-15). */
  readonly parentsKeepView: boolean;
  readonly reviewOn: LocalDate;
}

export type ImpositionRefusal = {
  readonly kind: 'person-unknown' | 'review-day-wrong' | 'restriction-incoherent';
};

const longestReview = 366;

/**
 * A restriction names somebody who has to do with the child, now or before, and says when to look at it again. One that
 * rests on the word of a court or of child welfare cannot be written down as the unit's own, which one person may lift.
 */
export function decideImposition(
  wish: Imposition,
  { today, isKnown }: { readonly today: LocalDate; readonly isKnown: boolean },
): Result<{ readonly closesAccess: boolean }, ImpositionRefusal> {
  const { kind, authority, personId, parentsKeepView, reviewOn } = wish;
  const isCareOrder = kind === 'CARE_ORDER';
  const isTheirWord =
    (kind !== 'COURT_ORDER' || authority === 'COURT') &&
    (!isCareOrder || authority === 'CHILD_WELFARE' || authority === 'COURT');
  if (isCareOrder !== (personId === null) || (parentsKeepView && !isCareOrder) || !isTheirWord)
    return refuse({ kind: 'restriction-incoherent' });
  if (personId !== null && !isKnown) return refuse({ kind: 'person-unknown' });
  if (reviewOn <= today || reviewOn > addDays(today, longestReview))
    return refuse({ kind: 'review-day-wrong' });
  return accept({ closesAccess: kind !== 'MAY_NOT_FETCH' && !parentsKeepView });
}

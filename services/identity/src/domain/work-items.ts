import { type LocalDate, addDays, isWithin } from '@ranselpost/kit/pure/dates';
import type { Grant } from './grants.ts';
import type { AdultFacts, ChildFacts, Derivation, Hold, Question } from './guardianship.ts';
import { type Naming, countsAt } from './naming.ts';
import { isHidden } from './protection.ts';
import type { Restriction } from './restrictions.ts';

/** What staff have to look at for a child. */
export type Problem =
  | Question
  | 'PROTECTION'
  /** The register has gone below what holds: nothing opens before staff release it (ADR-13). */
  | 'PROTECTION_LOWERED'
  /** A protected child has a place, and nobody of the staff may see it (ADR-10). */
  | 'NO_STAFF_NAMED'
  | 'D_NUMBER'
  | 'FALSE_IDENTITY'
  | 'GIVEN_TO_OTHERS'
  | 'BIRTH_DATE_MISSING'
  /** What staff decided runs out soon. */
  | 'DECISION_RUNS_OUT'
  | 'RESTRICTION_REVIEW'
  | 'LOST_BEFORE_RESTORE'
  /** Named when the register changed too much at once, and refused then (FREG-10). */
  | 'REFUSED_IN_QUARANTINE'
  /** Somebody has access by documents of a responsibility that the register, now clear, does not give them. */
  | 'REGISTER_DISAGREES';

/**
 * A child whom the roster has no national number of: nobody has access by the register, and nothing can be asked of it
 * (GUA-05). The roster opens it and closes it.
 */
export const numberMissing = 'NUMBER_MISSING';

/** Which problem a hold is. Null: the register will settle it, or nobody is to let it through. */
const problemOf: Readonly<Record<Hold, Problem | null>> = {
  AWAITING_REGISTER: null,
  REGISTER_UNREADABLE: 'REGISTER_UNREADABLE',
  RESTRICTED: null,
  UNCLEAR: null,
  PROTECTION_FORTROLIG: 'PROTECTION',
  PROTECTION_STRENGT_FORTROLIG: 'PROTECTION',
  D_NUMBER: 'D_NUMBER',
  FALSE_IDENTITY: 'FALSE_IDENTITY',
  GIVEN_TO_OTHERS: 'GIVEN_TO_OTHERS',
  BIRTH_DATE_MISSING: 'BIRTH_DATE_MISSING',
  NOT_IN_REGISTER: 'NOT_IN_REGISTER',
  SPLIT: 'SPLIT',
  LOST_BEFORE_RESTORE: 'LOST_BEFORE_RESTORE',
  QUARANTINED: null,
  REFUSED: 'REFUSED_IN_QUARANTINE',
};

/**
 * What nothing that the register says later settles: what is about the past, only whoever has looked at it (FREG-05); a
 * missing number, the roster.
 */
const settledElsewhere: readonly string[] = ['RESPONSIBILITY_ANNULLED', numberMissing];

/** Days before a decision runs out that somebody is asked to look at it again. */
export const noticeDays = 14;

/** What staff have decided of a child, and where it is enrolled. */
export interface Circumstances {
  readonly restrictions: readonly Restriction[];
  readonly places: readonly { readonly from: LocalDate; readonly to: LocalDate | null }[];
  /** Of staff, on the days that they have the child in their charge by a role. */
  readonly namings: readonly Naming[];
}

/** What staff have to look at after all changes: what the register left open, what holds a grant, what is due. */
export function openProblems(
  derivation: Derivation,
  grants: readonly Grant[],
  { restrictions, places, namings }: Circumstances,
  today: LocalDate,
): readonly Problem[] {
  const open = grants.filter(({ state }) => state !== 'ENDED');
  const held = open.flatMap(({ holds }) => holds.flatMap((hold) => problemOf[hold] ?? []));
  const { protection, heldProtection } = derivation;
  const isLowered = isHidden(heldProtection) && heldProtection !== protection && !held.includes('PROTECTION');
  const soon = addDays(today, noticeDays);
  const isUnstaffed = (day: LocalDate): boolean =>
    isHidden(heldProtection) &&
    places.some(({ to }) => to === null || day < to) &&
    !namings.some((naming) => countsAt(naming, heldProtection) && isWithin(day, naming.from, naming.to));
  return unique([
    ...derivation.problems,
    ...held,
    ...(isLowered ? (['PROTECTION_LOWERED'] as const) : []),
    ...(isUnstaffed(today) ? (['NO_STAFF_NAMED'] as const) : []),
    ...((!isUnstaffed(today) && isUnstaffed(soon)) ||
    open.some(({ decidedUntil }) => decidedUntil !== null && decidedUntil <= soon)
      ? (['DECISION_RUNS_OUT'] as const)
      : []),
    ...(restrictions.some(({ reviewOn }) => reviewOn <= today) ? (['RESTRICTION_REVIEW'] as const) : []),
    ...(isContradicted(derivation, open) ? (['REGISTER_DISAGREES'] as const) : []),
  ]);
}

const isContradicted = ({ standings }: Derivation, open: readonly Grant[]): boolean =>
  standings.length > 0 &&
  open.some(
    ({ basis, personId }) =>
      basis === 'DOCUMENTED_RESPONSIBILITY' && !standings.some((standing) => standing.personId === personId),
  );

/** All that the problems of a child follow from, as one text that can be compared. */
export const whatIsKnown = (
  {
    entries,
    isInRegister,
    isRead,
    isRepresented,
    hasNationalNumber,
    hasFalseIdentity,
    isUnreadable,
    wasSplit,
    birthDate,
  }: ChildFacts,
  { protection, heldProtection }: Derivation,
  adults: readonly AdultFacts[],
  grants: readonly Grant[],
): string =>
  JSON.stringify([
    [
      isInRegister,
      isRead,
      isRepresented,
      hasNationalNumber,
      hasFalseIdentity,
      isUnreadable,
      wasSplit,
      birthDate,
    ],
    [protection, heldProtection],
    entries.map((entry) => JSON.stringify(entry)).toSorted(),
    adults
      .map((adult) =>
        [
          adult.personId,
          adult.isInRegister,
          adult.isDead,
          adult.hasNationalNumber,
          adult.hasFalseIdentity,
          adult.isUnreadable,
          adult.wasSplit,
        ].join(),
      )
      .toSorted(),
    grants.map(({ grantId, decidedUntil }) => `${grantId} ${decidedUntil}`).toSorted(),
  ]);

/** An item that staff closed, and what was known when they did. */
export interface Closed {
  readonly kind: string;
  readonly about: string | null;
}

/** What to open and what to close. What staff have closed stays so until something else is known (GUA-05). */
export function decideItems(
  wanted: readonly Problem[],
  open: readonly string[],
  closed: readonly Closed[],
  about: string,
): { readonly opened: readonly Problem[]; readonly closed: readonly string[] } {
  return {
    opened: wanted.filter(
      (kind) => !open.includes(kind) && !closed.some((item) => item.kind === kind && item.about === about),
    ),
    closed: open.filter(
      (kind) => !wanted.some((problem) => problem === kind) && !settledElsewhere.includes(kind),
    ),
  };
}

const unique = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

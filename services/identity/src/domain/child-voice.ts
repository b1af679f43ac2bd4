import { type LocalDate, hasReached } from '@ranselpost/kit/pure/dates';
import { ageLimits } from './age-limits.ts';
import { lawProfile } from './law-profile.ts';
import type { LawTable } from './law-profile.ts';

/** How a child is heard before something is decided about it. */
export interface Hearing {
  /** A child who has a view is heard at any age. */
  readonly isHeardIfItWants: true;
  /** It is asked, and need not come forward by itself. */
  readonly isOffered: boolean;
  readonly weight: 'BY_MATURITY' | 'GREAT';
}

/**
 * How a child is heard on a day: offered from seven, with great weight from twelve, by the act of 1981; the new act has no
 * age for being asked (AGE-02).
 */
export function hearingOf(born: LocalDate, day: LocalDate, laws?: LawTable): Hearing {
  const ages = ageLimits(day);
  const isByNewAct = lawProfile(day, laws).children.id === 'BARNELOVA_2025';
  return {
    isHeardIfItWants: true,
    isOffered: isByNewAct || hasReached(born, ages.isOfferedHearing, day),
    weight: hasReached(born, ages.hasGreatWeight, day) ? 'GREAT' : 'BY_MATURITY',
  };
}

/** Whether a child has to be heard in a case about who its guardian (verge) is (AGE-03). */
export const isHeardOnGuardian = (born: LocalDate, day: LocalDate): boolean =>
  hasReached(born, ageLimits(day).isHeardOnGuardian, day);

/** Whether a pupil joins the talks about its own development by right, or where it is asked to (AGE-12). */
export const joinsTalks = (born: LocalDate, day: LocalDate): 'BY_RIGHT' | 'WHERE_ASKED' =>
  hasReached(born, ageLimits(day).hasRightToTalks, day) ? 'BY_RIGHT' : 'WHERE_ASKED';

export type Complainant = 'CHILD' | 'GUARDIAN';

/**
 * Who may complain about a decision on a pupil: its guardians until it is of age, and from fifteen itself too, each in their
 * own right (AGE-11).
 */
export function complainantsOf(born: LocalDate, day: LocalDate): readonly Complainant[] {
  const ages = ageLimits(day);
  return [
    ...(hasReached(born, ages.ownConsent, day) ? (['CHILD'] as const) : []),
    ...(hasReached(born, ages.majority, day) ? [] : (['GUARDIAN'] as const)),
  ];
}

/** A complaint, and the decision that it is about. */
export interface Complaint {
  readonly complaintId: string;
  readonly decisionId: string;
}

/**
 * The others about the same decision, which are handled beside it: a pupil's complaint does not take the place of a guardian's,
 * nor the other way round (AGE-11).
 */
export const linkedTo = (complaint: Complaint, all: readonly Complaint[]): readonly string[] =>
  all
    .filter(
      ({ complaintId, decisionId }) =>
        decisionId === complaint.decisionId && complaintId !== complaint.complaintId,
    )
    .map(({ complaintId }) => complaintId);

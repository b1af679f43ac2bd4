import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Dated, asOf } from '@ranselpost/kit/pure/dated';

/** Ages that law sets, of which several may change (rules § 1, § 4). */
export interface AgeLimits {
  /** A child is offered to be heard; what it thinks has great weight (AGE-02). */
  readonly isOfferedHearing: number;
  readonly hasGreatWeight: number;
  /** Heard in a case about its guardian (vergemålsloven § 17, AGE-03); invited to talks about itself by right (AGE-12). */
  readonly isHeardOnGuardian: number;
  readonly hasRightToTalks: number;
  /** Agrees by itself to a service on the internet that is offered to it (AGE-04). */
  readonly informationSociety: number;
  /** Decides on its education, its memberships and what is done with its data (AGE-05, AGE-06). */
  readonly ownConsent: number;
  /** Agrees to an access request with its guardians, from then on alone (AGE-10). */
  readonly sharesInsight: number;
  /** May keep health facts from its guardians; decides on its health (AGE-07). */
  readonly mayWithholdHealth: number;
  readonly ownHealth: number;
  readonly majority: number;
}

const since1981: AgeLimits = {
  isOfferedHearing: 7,
  hasGreatWeight: 12,
  isHeardOnGuardian: 12,
  hasRightToTalks: 12,
  informationSociety: 13,
  ownConsent: 15,
  sharesInsight: 12,
  mayWithholdHealth: 12,
  ownHealth: 16,
  majority: 18,
};

/**
 * The one table of ages. A change gets a row with its first day: the proposal of 15 for services on the internet, say, once it
 * is law.
 */
export const agesByDay: readonly Dated<AgeLimits>[] = [{ from: '1982-01-01', value: since1981 }];

/** The ages of a day. */
export const ageLimits = (day: LocalDate, table = agesByDay): AgeLimits => asOf(table, day);

import { type LocalDate, addDays, addMonths, birthdayAt } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

export type AgeGroup = 'small' | 'large';

const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));

/** A child counts as three from August of the year in which it turns three (placement § 1). */
export function groupOn(born: LocalDate, start: LocalDate): AgeGroup {
  const kindergartenYear = start.slice(5) >= '08-01' ? yearOf(start) : yearOf(start) - 1;
  return kindergartenYear - yearOf(born) >= 3 ? 'large' : 'small';
}

export interface RightFacts {
  readonly born: LocalDate;
  /** The year of the admission: children start in its autumn. */
  readonly admissionYear: number;
  /** The day and month on which the kindergarten year begins, by the statutes: `08-01` or `08-15`. */
  readonly yearBegins: string;
  readonly isInTime: boolean;
  /** By the register on the day of the deadline (BHG-03). `UNKNOWN`: it does not say, and people find out (ADR-03). */
  readonly residence: 'HERE' | 'ELSEWHERE' | 'UNKNOWN';
  /** That the child begins school a year later than others of its age. */
  readonly isSchoolDeferred: boolean;
}

export type NoRight = 'BORN_TOO_LATE' | 'OF_SCHOOL_AGE' | 'APPLIED_LATE' | 'LIVES_ELSEWHERE';

/** `TO_CONFIRM` is for staff alone: everybody else is told that nothing is decided yet. */
export type RightToPlace =
  | ({ readonly kind: 'RIGHT' | 'TO_CONFIRM' } & StartPeriod)
  | { readonly kind: 'NO_RIGHT'; readonly because: readonly NoRight[] };

/** A first and a last day on which a child may begin; of the right to a place those on which it is to (BHG-02). */
export interface StartPeriod {
  readonly earliest: LocalDate;
  readonly latest: LocalDate;
}

/** Whether a child has the right to a place in the autumn of a year (bhl. § 16; BHG-01, BHG-03), and all that stands against it. */
export function rightToPlace(facts: RightFacts): RightToPlace {
  const { born, admissionYear, isInTime, residence, isSchoolDeferred } = facts;
  const schoolYear = yearOf(born) + (isSchoolDeferred ? 7 : 6);
  const because: readonly NoRight[] = [
    ...(birthdayAt(born, 1) > `${admissionYear}-11-30` ? (['BORN_TOO_LATE'] as const) : []),
    ...(schoolYear <= admissionYear ? (['OF_SCHOOL_AGE'] as const) : []),
    ...(isInTime ? [] : (['APPLIED_LATE'] as const)),
    ...(residence === 'ELSEWHERE' ? (['LIVES_ELSEWHERE'] as const) : []),
  ];
  if (because.length > 0) return { kind: 'NO_RIGHT', because };
  return { kind: residence === 'UNKNOWN' ? 'TO_CONFIRM' : 'RIGHT', ...startPeriod(facts) };
}

/** Whether a child can have the right by its age, wherever it lives and whether or not it begins school a year later. */
export const mayHaveRight = (
  born: LocalDate,
  year: Pick<RightFacts, 'admissionYear' | 'yearBegins'>,
): boolean =>
  rightToPlace({ ...year, born, isInTime: true, residence: 'UNKNOWN', isSchoolDeferred: true }).kind !==
  'NO_RIGHT';

/** From August for whoever is one by then, and else in the month in which it turns one; no later than the end of it (BHG-02). */
export function startPeriod({
  born,
  admissionYear,
  yearBegins,
}: Pick<RightFacts, 'born' | 'admissionYear' | 'yearBegins'>): StartPeriod {
  const turnsOne = birthdayAt(born, 1);
  const isOneInAugust = turnsOne < `${admissionYear}-09-01`;
  const month = isOneInAugust ? `${admissionYear}-08` : turnsOne.slice(0, 7);
  return {
    earliest: isOneInAugust ? `${admissionYear}-${yearBegins}` : `${month}-01`,
    latest: addDays(addMonths(`${month}-01`, 1), -1),
  };
}

/**
 * The year that children are admitted to. It is over before the next August, when they come into another group (placement § 1), wherever
 * statutes let the next one begin later than that.
 */
export function yearOfAdmission({
  admissionYear,
  yearBegins,
}: Pick<RightFacts, 'admissionYear' | 'yearBegins'>): StartPeriod {
  const lastBeforeNext = addDays(`${admissionYear + 1}-${yearBegins}`, -1);
  const lastOfGroups = `${admissionYear + 1}-07-31`;
  return {
    earliest: `${admissionYear}-${yearBegins}`,
    latest: lastBeforeNext < lastOfGroups ? lastBeforeNext : lastOfGroups,
  };
}

/**
 * A later start than the right gives is for the guardians to wish, and costs nobody the right (BHG-02): it lies in the year that is applied
 * for. Another year's day would be another group's, and would keep a seat empty until then.
 */
export const decideStart = (
  year: StartPeriod,
  wanted: LocalDate | null,
): Result<LocalDate | null, { readonly kind: 'E_START' } & StartPeriod> =>
  wanted === null || (wanted >= year.earliest && wanted <= year.latest)
    ? accept(wanted)
    : refuse({ kind: 'E_START', ...year });

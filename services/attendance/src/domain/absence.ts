import { type LocalDate, isWithin } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import type { PartOfDay } from './calendar.ts';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** Closed, and no free text beside it (ABS-04). */
export type AbsenceCause = 'SICK' | 'DAY_OFF' | 'LEAVE' | 'APPOINTMENT' | 'OTHER';

/** A list as somebody may see it: null when there is none for them, `hidden` while the municipality shows it to nobody. */
export type ShownList = readonly Absence[] | 'hidden' | null;

/** What a guardian wants to report. */
export interface Report {
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
  readonly cause: AbsenceCause;
}

export interface Absence extends PartOfDay {
  readonly id: string;
  /** One for all that was reported in one act (ABS-15). */
  readonly correlationId: string;
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
  /** Null for a reader who has no need to know it. */
  readonly cause: AbsenceCause | null;
  readonly reportedAt: Date;
  /** Reported after the cut-off of the unit (ABS-13). */
  readonly isLate: boolean;
  readonly correctedAt: Date | null;
  /** Null while it stands. */
  readonly withdrawnAt: Date | null;
  /** The granted leave that made it, with the cause LEAVE (LEA-05); null for what was reported. */
  readonly leaveId: string | null;
}

export interface Enrolment {
  readonly childId: string;
  readonly unitId: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

export type Refusal =
  | { readonly kind: 'day-past'; readonly firstPossibleDay: LocalDate }
  | { readonly kind: 'unit-wrong' }
  | FeatureClosed
  | { readonly kind: 'already-reported'; readonly absence: Absence };

/** What is known when a report comes in. `standing` is what was reported of the child, unit and day before. */
export interface Known {
  readonly today: LocalDate;
  readonly enrolments: readonly Enrolment[];
  /** Whether reporting is open at the unit. */
  readonly features: FeatureStandings;
  readonly standing: Absence | null;
}

/**
 * A day that is over is the unit's to correct (ABS-13); where reporting is stopped nothing is taken in (X07); a second
 * report of a day is shown the first (ABS-14, S-22).
 */
export function decideAbsence(report: Report, known: Known): Result<Report, Refusal> {
  if (report.day < known.today) return refuse({ kind: 'day-past', firstPossibleDay: known.today });
  const belongs = known.enrolments.some(
    ({ childId, unitId, from, to }) =>
      childId === report.childId && unitId === report.unitId && isWithin(report.day, from, to),
  );
  if (!belongs) return refuse({ kind: 'unit-wrong' });
  const isOpen = requireFeature(known.features, report.unitId);
  if (!isOpen.ok) return isOpen;
  if (known.standing !== null) return refuse({ kind: 'already-reported', absence: known.standing });
  return accept(report);
}

/** True when a report says nothing but what the absence already holds. */
export const isSameReport = (absence: Absence, report: Report): boolean =>
  absence.childId === report.childId &&
  absence.unitId === report.unitId &&
  absence.day === report.day &&
  absence.cause === report.cause;

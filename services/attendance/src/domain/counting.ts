import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { schoolYearOf } from './calendar.ts';

/**
 * What of a pupil's absence at one school day there is to count, whoever says so: a mark of staff before a report. All that
 * counting knows of where it comes from.
 */
export interface AbsentDay {
  readonly day: LocalDate;
  /** Null: the whole day. Otherwise how many single hours of it. */
  readonly hours: number | null;
}

/** Two counters, which are never one: hours never become days (ABS-05). */
export interface AbsenceCount {
  readonly days: number;
  readonly hours: number;
}

/** A day that is reported twice counts once, and as a whole day where either says so (S-22). */
export function countAbsence(absent: readonly AbsentDay[]): AbsenceCount {
  const byDay = Map.groupBy(absent, ({ day }) => day);
  let [days, hours] = [0, 0];
  for (const some of byDay.values())
    if (some.some((one) => one.hours === null)) days += 1;
    else hours += Math.max(...some.map((one) => one.hours ?? 0));
  return { days, hours };
}

/** That somebody has documented by health personnel that a pupil was ill; what of, nobody here knows. */
export interface HealthNote {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Chronic illness or a disability that may mean absence: then each day counts from the first (ABS-08). */
  readonly isChronic: boolean;
}

/** What a municipality or the law may change about removal, by the day it is about. */
export interface RemovalRules {
  readonly daysAYear: number;
  readonly healthFromDay: number;
}

export interface CertificateInput {
  /** Null: not known, so that nothing is certified. */
  readonly grade: number | null;
  readonly absent: readonly AbsentDay[];
  /** The days of the school year on which the pupil had school, in their order; of two schools within a year, those of both. */
  readonly schoolDays: readonly LocalDate[];
  /** Whole days of granted leave. */
  readonly leaveDays: readonly LocalDate[];
  readonly notes: readonly HealthNote[];
  /** Nothing is left out that nobody has asked for (ABS-07). */
  readonly isRemovalRequested: boolean;
  readonly rules: RemovalRules;
}

export interface CertificateCount extends AbsenceCount {
  /** Whole days that were left out. */
  readonly removed: number;
}

/** The first grade whose absence goes on the certificate (ABS-06). */
export const firstCertified = 8;

/**
 * What goes on the certificate; null below the grade from which there is one. Up to so many whole days a school year are left out, on
 * request, for granted leave and documented health together (ABS-07); single hours stay (ABS-09).
 */
export function countForCertificate(input: CertificateInput): CertificateCount | null {
  const { grade, absent, isRemovalRequested, rules } = input;
  if (grade === null || grade < firstCertified) return null;
  const { days, hours } = countAbsence(absent);
  const removed = isRemovalRequested ? Math.min(removableDays(input).length, rules.daysAYear) : 0;
  return { days: days - removed, hours, removed };
}

/** The whole days that may be left out, before the limit: of leave, and of documented health from its day of a period (ABS-08). */
export function removableDays({
  absent,
  schoolDays,
  leaveDays,
  notes,
  rules,
}: Pick<CertificateInput, 'absent' | 'schoolDays' | 'leaveDays' | 'notes' | 'rules'>): readonly LocalDate[] {
  const whole = new Set(absent.flatMap(({ day, hours }) => (hours === null ? [day] : [])));
  const leave = new Set(leaveDays);
  const removable: LocalDate[] = [];
  let dayOfPeriod = 0;
  for (const day of schoolDays) {
    // Days of leave are no illness: what comes after them is a period of its own.
    dayOfPeriod = whole.has(day) && !leave.has(day) ? dayOfPeriod + 1 : 0;
    if (!whole.has(day)) continue;
    const covering = notes.filter(({ from, to }) => from <= day && day <= to);
    const isDocumented =
      covering.some(({ isChronic }) => isChronic) ||
      (covering.length > 0 && dayOfPeriod >= rules.healthFromDay);
    if (leave.has(day) || isDocumented) removable.push(day);
  }
  return removable;
}

/** Days that lie in one school year, of a pupil who may have changed schools in it. */
export const inSchoolYear = <Day extends { readonly day: LocalDate }>(
  days: readonly Day[],
  year: number,
): readonly Day[] => days.filter(({ day }) => schoolYearOf(day) === year);

/** After certification the leader alone corrects, and says why (ABS-23). */
export function decideCorrection({
  certifiedAt,
  isLeader,
  reason,
}: {
  readonly certifiedAt: Date | null;
  readonly isLeader: boolean;
  readonly reason: string | null;
}): Result<'corrected', { readonly kind: 'certified' | 'reason-missing' }> {
  if (certifiedAt === null) return accept('corrected');
  if (!isLeader) return refuse({ kind: 'certified' });
  return reason === null || reason.trim() === '' ? refuse({ kind: 'reason-missing' }) : accept('corrected');
}

/** The profile of upper secondary school, which another owner opens (ABS-19). Null: off, and nothing is worked out. */
export interface SubjectProfile {
  readonly limitPercent: number;
}

/** Whether absence from a subject is above the limit of its hours in the year, without rounding; null while the profile is off. */
export function isAboveSubjectLimit(
  profile: SubjectProfile | null,
  { missed, yearHours }: { readonly missed: number; readonly yearHours: number },
): boolean | null {
  if (profile === null || yearHours === 0) return null;
  return missed * 100 > profile.limitPercent * yearHours;
}

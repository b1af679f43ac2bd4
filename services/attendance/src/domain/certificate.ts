import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { FeatureClosed } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type UnitCalendar, schoolDays } from './calendar.ts';
import {
  type CertificateCount,
  type CertificateInput,
  type HealthNote,
  type RemovalRules,
  countForCertificate,
  decideCorrection,
  removableDays,
} from './counting.ts';
import { daysOfSchoolYear } from './leave-regulation.ts';
import type { CountedDay } from './school-day.ts';

/** Removal by the day on which a school year begins: national law, which may change (rules § 1). */
const rulesByYear: readonly (RemovalRules & { readonly from: LocalDate })[] = [
  { from: '2020-08-01', daysAYear: 10, healthFromDay: 4 },
];

/** Null before there are any: then nothing is left out. */
export const removalRulesOf = (schoolYear: number): RemovalRules =>
  rulesByYear.findLast(({ from }) => from <= daysOfSchoolYear(schoolYear).from) ?? {
    ...{ daysAYear: 0, healthFromDay: 4 },
  };

/** Where a pupil went to school, in which groups. */
export interface PupilPlace {
  readonly unitId: string;
  readonly groupIds: readonly string[];
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** That illness of some days was documented, and accepted (T23). */
export interface KeptNote extends HealthNote {
  readonly id: string;
  readonly acceptedAt: Date;
}

/** That guardians ask for days to be left out, and what became of it (ABS-07). */
export interface RemovalRequest {
  readonly id: string;
  readonly childId: string;
  readonly unitId: string;
  readonly schoolYear: number;
  /** Causes are to be annexed (ABS-10). */
  readonly withCauses: boolean;
  readonly requestedAt: Date;
  readonly outcome: 'ACCEPTED' | 'REFUSED' | null;
  /** Why it was decided so. */
  readonly reason: string | null;
  readonly decidedAt: Date | null;
}

/** What was certified, once or anew. */
export interface Certified extends CertificateCount {
  readonly grade: number;
  readonly certifiedAt: Date;
  /** Why it was corrected; null for the first. */
  readonly reason: string | null;
}

/** Everything by which the certificate of a pupil is worked out. */
export interface CertificateFile {
  readonly places: readonly PupilPlace[];
  readonly grades: readonly { readonly groupId: string; readonly grade: number }[];
  readonly notes: readonly KeptNote[];
  /** The last one. */
  readonly request: RemovalRequest | null;
  /** From the first to the one that counts. */
  readonly certified: readonly Certified[];
}

/** What would be certified now. */
export interface Certificate {
  readonly grade: number | null;
  /** Null below the grade from which there is one (ABS-06), and where nobody has said which it is. */
  readonly count: (Omit<CertificateCount, 'hours'> & { readonly hours: number | null }) | null;
  /** Whole days that may be left out on request, at most as many as the law says. */
  readonly removable: number;
  /** Why they may be left out, for the annex; leave before illness (ABS-10). */
  readonly leaveDays: number;
  readonly healthDays: number;
}

/** The grade that the pupil's classes are in where it went last; null where nobody has said so, or they do not agree. */
export function gradeOf({ places, grades }: Pick<CertificateFile, 'places' | 'grades'>): number | null {
  const last = places.toSorted((one, other) => (one.from < other.from ? -1 : 1)).at(-1);
  const said = new Set(
    grades.filter(({ groupId }) => last?.groupIds.includes(groupId)).map(({ grade }) => grade),
  );
  return said.size === 1 ? [...said][0]! : null;
}

/** What goes on the certificate of a school year until today, by what was counted of the pupil's days (ABS-06 to ABS-09). */
export function certificateOf(
  file: CertificateFile,
  {
    schoolYear,
    today,
    calendars,
    counted,
    areHoursKnown,
  }: {
    readonly schoolYear: number;
    readonly today: LocalDate;
    readonly calendars: ReadonlyMap<string, UnitCalendar>;
    readonly counted: readonly CountedDay[];
    readonly areHoursKnown: boolean;
  },
): Certificate {
  const grade = gradeOf(file);
  const input: CertificateInput = {
    ...{ grade, absent: counted, notes: file.notes, rules: removalRulesOf(schoolYear) },
    schoolDays: daysAtSchool(file.places, calendars, { schoolYear, today }),
    leaveDays: counted.filter(({ isLeave, hours }) => isLeave && hours === null).map(({ day }) => day),
    isRemovalRequested: file.request?.outcome === 'ACCEPTED',
  };
  const count = countForCertificate(input);
  const removable = removableDays(input);
  const removableAtMost = count === null ? 0 : Math.min(removable.length, input.rules.daysAYear);
  const leaveDays = Math.min(
    removable.filter((day) => input.leaveDays.includes(day)).length,
    removableAtMost,
  );
  return {
    grade,
    count: count === null ? null : { ...count, hours: areHoursKnown ? count.hours : null },
    ...{ removable: removableAtMost, leaveDays, healthDays: removableAtMost - leaveDays },
  };
}

/** The days until today on which a pupil had school, in their order, at whichever schools. */
function daysAtSchool(
  places: readonly PupilPlace[],
  calendars: ReadonlyMap<string, UnitCalendar>,
  { schoolYear, today }: { readonly schoolYear: number; readonly today: LocalDate },
): readonly LocalDate[] {
  const year = daysOfSchoolYear(schoolYear);
  const days = places.flatMap(({ unitId, from, to }) => {
    const calendar = calendars.get(unitId);
    const ends = [addDays(year.to, -1), today, ...(to === null ? [] : [addDays(to, -1)])];
    const last = ends.toSorted()[0]!;
    return calendar === undefined ? [] : schoolDays(calendar, from < year.from ? year.from : from, last);
  });
  return [...new Set(days)].toSorted();
}

export type CertificateRefusal =
  | FeatureClosed
  | { readonly kind: 'removal-decided' }
  | { readonly kind: 'removal-reason-missing' }
  | { readonly kind: 'health-note-wrong' }
  | { readonly kind: 'certificate-no-grade' }
  | { readonly kind: 'certificate-year-ahead' }
  | { readonly kind: 'certificate-hours-unknown' }
  | { readonly kind: 'certificate-hours-counted' }
  | { readonly kind: 'certificate-reason-missing' };

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

/** A request is decided once; whoever refuses it says why. */
export function decideRemoval(
  request: RemovalRequest,
  { outcome, reason }: { readonly outcome: 'ACCEPTED' | 'REFUSED'; readonly reason: string | null },
): Result<'decided' | 'known', CertificateRefusal> {
  if (request.outcome !== null)
    return request.outcome === outcome ? accept('known') : refuse({ kind: 'removal-decided' });
  return outcome === 'REFUSED' && isBlank(reason)
    ? refuse({ kind: 'removal-reason-missing' })
    : accept('decided');
}

/**
 * What is certified: as it is counted, with hours that somebody has counted elsewhere only where they are not counted here (S-26). After
 * the first time it is a correction, which takes a reason (ABS-23); the same once more is none.
 */
export function decideCertification(
  { grade, count }: Certificate,
  before: readonly Certified[],
  {
    hours,
    reason,
    isLeader,
  }: { readonly hours: number | null; readonly reason: string | null; readonly isLeader: boolean },
): Result<(CertificateCount & { readonly grade: number }) | 'known', CertificateRefusal> {
  if (grade === null || count === null) return refuse({ kind: 'certificate-no-grade' });
  const known = count.hours ?? hours;
  if (known === null) return refuse({ kind: 'certificate-hours-unknown' });
  if (count.hours !== null && hours !== null) return refuse({ kind: 'certificate-hours-counted' });
  const wanted = { ...count, grade, hours: known };
  const last = before.at(-1);
  if (last !== undefined && isSame(last, wanted) && (isBlank(reason) || reason === last.reason))
    return accept('known');
  const correction = decideCorrection({ certifiedAt: last?.certifiedAt ?? null, isLeader, reason });
  if (correction.ok) return accept(wanted);
  // For anybody but the leader there is no such pupil (S-06).
  if (correction.refusal.kind === 'certified') throw new AppError('NOT_FOUND');
  return refuse({ kind: 'certificate-reason-missing' });
}

const isSame = (
  one: CertificateCount & { readonly grade: number },
  other: CertificateCount & { readonly grade: number },
): boolean =>
  one.grade === other.grade &&
  one.days === other.days &&
  one.hours === other.hours &&
  one.removed === other.removed;

/** Documentation is of days not further away than this school year, the last and the next. */
export const isNoteRight = ({ from, to }: Pick<HealthNote, 'from' | 'to'>, today: LocalDate): boolean =>
  from <= to && to <= addDays(today, 366) && addDays(today, -732) <= from;

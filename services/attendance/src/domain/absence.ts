import { type LocalDate, addDays, isWithin } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type ClosedReason,
  type PartOfDay,
  type UnitCalendar,
  closedReason,
  cutOff,
  daysFrom,
  schoolYearOf,
} from './calendar.ts';

/** Closed, and no free text beside it (ABS-04). */
export type AbsenceCause = 'SICK' | 'DAY_OFF' | 'LEAVE' | 'APPOINTMENT' | 'OTHER';

/** A list as somebody may see it: null when there is none for them, `hidden` while the municipality shows it to nobody. */
export type ShownList = readonly Absence[] | 'hidden' | null;

/** A child at a unit. */
export interface Place {
  readonly childId: string;
  readonly unitId: string;
}

/** What is said in one act, of every place and day alike (T06, T07). */
export interface Report extends PartOfDay {
  readonly places: readonly Place[];
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  /** Null for a part of a day of which nobody said why. */
  readonly cause: AbsenceCause | null;
}

export interface Absence extends PartOfDay {
  readonly id: string;
  /** One for all that was reported in one act (ABS-15). */
  readonly correlationId: string;
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
  /** Null for a reader who has no need to know it, and where none was said. */
  readonly cause: AbsenceCause | null;
  readonly reportedAt: Date;
  /** Reported after the cut-off of the unit (ABS-13). */
  readonly isLate: boolean;
  readonly correctedAt: Date | null;
  /** Null while it stands. */
  readonly withdrawnAt: Date | null;
  /** The granted leave that made it, with the cause LEAVE (LEA-05); null for what was reported. */
  readonly leaveId: string | null;
  /** What was said of the same day later, and is something else (ABS-14). For those who may read causes. */
  readonly repeats: readonly Repeat[];
  /** What stood before it was corrected or taken back, oldest first (ABS-03). For staff who may read causes. */
  readonly changes: readonly Change[];
}

/** What was said of a day before somebody corrected it or took it back. */
export interface Change extends PartOfDay {
  readonly kind: 'CORRECTED' | 'WITHDRAWN';
  readonly cause: AbsenceCause | null;
  /** Null for the service itself, and once they have been erased. */
  readonly changedBy: string | null;
  readonly changedAt: Date;
}

/** What somebody said of a day that was reported before. */
export interface Repeat extends PartOfDay {
  readonly cause: AbsenceCause | null;
  readonly reportedAt: Date;
}

export interface Enrolment extends Place {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** Why a whole act is refused, whatever the places are. */
export type ReportRefusal =
  | { readonly kind: 'day-past'; readonly firstPossibleDay: LocalDate }
  | { readonly kind: 'ends-before-it-starts' }
  | { readonly kind: 'too-many'; readonly placesMax: number; readonly slotsMax: number }
  | { readonly kind: 'part-wrong' }
  | { readonly kind: 'cause-missing' }
  | { readonly kind: 'leave-is-applied-for' };

/** A day of the period on which the child would not have been there anyhow. */
export interface SkippedDay {
  readonly day: LocalDate;
  readonly reason: ClosedReason | 'NOT_ENROLLED';
}

/** Why nothing was taken for one place, while others may have been (ABS-15). */
export type PlaceRefusal =
  | { readonly kind: 'unit-wrong' }
  | FeatureClosed
  | { readonly kind: 'days-closed' }
  | { readonly kind: 'too-far-ahead'; readonly lastPossibleDay: LocalDate };

export const placesMax = 20;
/** Children, units and days together. */
export const slotsMax = 400;

/** Whether an act says something that can be taken in at all; the places are decided one by one. */
export function decideReport(
  { places, firstDay, lastDay, cause, ...part }: Report,
  today: LocalDate,
): Result<readonly LocalDate[], ReportRefusal> {
  if (lastDay < firstDay) return refuse({ kind: 'ends-before-it-starts' });
  if (firstDay < today) return refuse({ kind: 'day-past', firstPossibleDay: today });
  const tooMany = { kind: 'too-many', placesMax, slotsMax } as const;
  if (lastDay > addDays(firstDay, slotsMax)) return refuse(tooMany);
  const days = daysFrom(firstDay, lastDay);
  if (places.length > placesMax || days.length * places.length > slotsMax) return refuse(tooMany);
  if (cause === 'LEAVE') return refuse({ kind: 'leave-is-applied-for' });
  const isPart = part.arrivesAt !== null || part.leavesAt !== null;
  if (part.arrivesAt !== null && part.arrivesAt === part.leavesAt) return refuse({ kind: 'part-wrong' });
  // A quarter of an hour makes nobody ill: of a part of a day nobody has to say why.
  return cause === null && !isPart ? refuse({ kind: 'cause-missing' }) : accept(days);
}

/** What is known of one place when a report comes in. */
export interface KnownOfPlace {
  readonly now: Date;
  readonly today: LocalDate;
  readonly enrolments: readonly Enrolment[];
  /** Whether reporting is open at the unit. */
  readonly features: FeatureStandings;
  /** Of a unit that nobody has told us of there is none. */
  readonly calendar: UnitCalendar | undefined;
}

export interface DaysToReport {
  readonly days: readonly { readonly day: LocalDate; readonly isLate: boolean }[];
  readonly skipped: readonly SkippedDay[];
}

/**
 * The days of a period that are reported for one place, those that are passed over with a note, or why none is. Where reporting is
 * stopped nothing is taken in (X07); what comes after the cut-off is taken, and is late (ABS-13).
 */
export function decidePlace(
  place: Place,
  days: readonly LocalDate[],
  part: PartOfDay,
  { now, today, enrolments, features, calendar }: KnownOfPlace,
): Result<DaysToReport, PlaceRefusal> {
  const isAnyDayThere = days.some((day) => isEnrolled(enrolments, place, day));
  if (calendar === undefined || !isAnyDayThere) return refuse({ kind: 'unit-wrong' });
  const reasonOf = (day: LocalDate): SkippedDay['reason'] | null =>
    isEnrolled(enrolments, place, day) ? closedReason(calendar, day) : 'NOT_ENROLLED';
  const judged = days.map((day) => ({ day, reason: reasonOf(day) }));
  const isOpen = requireFeature(features, place.unitId);
  if (!isOpen.ok) return isOpen;
  const lastPossibleDay = addDays(today, calendar.daysAhead);
  if (days.some((day) => day > lastPossibleDay)) return refuse({ kind: 'too-far-ahead', lastPossibleDay });
  const skipped = judged.flatMap(({ day, reason }) => (reason === null ? [] : [{ day, reason }]));
  if (skipped.length === days.length) return refuse({ kind: 'days-closed' });
  const open = judged.filter(({ reason }) => reason === null);
  return accept({
    days: open.map(({ day }) => ({ day, isLate: cutOff(calendar, day, part) <= now })),
    skipped,
  });
}

const isEnrolled = (enrolments: readonly Enrolment[], { childId, unitId }: Place, day: LocalDate): boolean =>
  enrolments.some(
    (one) => one.childId === childId && one.unitId === unitId && isWithin(day, one.from, one.to),
  );

/** True when a second report of a day says nothing but what the first has said. */
export const saysTheSame = (
  { cause, arrivesAt, leavesAt }: Pick<Absence, 'cause' | 'arrivesAt' | 'leavesAt'>,
  other: Pick<Absence, 'cause' | 'arrivesAt' | 'leavesAt'>,
): boolean => cause === other.cause && arrivesAt === other.arrivesAt && leavesAt === other.leavesAt;

/**
 * From which days on causes are kept: at a school for the school year, which a certificate may be made of, and as long again as they are
 * kept elsewhere (ABS-04, ABS-07).
 */
export const causesKeptFrom = (
  today: LocalDate,
  keptDays: number,
): { readonly from: LocalDate; readonly atSchoolsFrom: LocalDate } => {
  const from = addDays(today, -keptDays);
  return { from, atSchoolsFrom: `${schoolYearOf(from)}-08-01` };
};

/** Why a report is not taken back or corrected. */
export type ChangeRefusal =
  | FeatureClosed
  | { readonly kind: 'cut-off-passed'; readonly cutOff: Date }
  | { readonly kind: 'is-leave' }
  | { readonly kind: 'is-withdrawn' }
  | { readonly kind: 'part-wrong' }
  | { readonly kind: 'cause-missing' };

/**
 * Guardians take back and correct until the cut-off, of what was said and of what is said instead (ABS-13), staff until the day is
 * over; leave is ended where it was granted (LEA-05).
 */
export function decideChange(
  absence: Absence,
  said: PartOfDay,
  {
    now,
    today,
    features,
    calendar,
    isStaff,
  }: Omit<KnownOfPlace, 'enrolments' | 'calendar'> & {
    readonly calendar: UnitCalendar;
    readonly isStaff: boolean;
  },
): Result<true, ChangeRefusal> {
  if (absence.leaveId !== null) return refuse({ kind: 'is-leave' });
  const isOpen = requireFeature(features, absence.unitId);
  if (!isOpen.ok) return isOpen;
  const [until] = [cutOff(calendar, absence.day, absence), cutOff(calendar, absence.day, said)].toSorted(
    (one, other) => one.getTime() - other.getTime(),
  ) as [Date, Date];
  return absence.day < today || (!isStaff && until <= now)
    ? refuse({ kind: 'cut-off-passed', cutOff: until })
    : accept(true);
}

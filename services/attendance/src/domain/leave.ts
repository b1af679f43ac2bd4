import { type LocalDate, addDays, isWithin } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { schoolYearOf } from './calendar.ts';
import { type LeaveRules, type Regulation, rulesOn } from './leave-regulation.ts';

/** `HOLY_DAY` is a right of members of other faith communities (oppl. § 2-2). Which community is never asked (LEA-04). */
export type LeaveKind = 'GENERAL' | 'HOLY_DAY';
export type LeaveState = 'APPLIED' | 'GRANTED' | 'REFUSED' | 'WITHDRAWN';
export type LeaveDecider = 'CONTACT_TEACHER' | 'LEADER';
/** Whether the child has said what it thinks (LEA-02, AGE-02). */
export type ChildHearing = 'SAID' | 'DID_NOT_WISH' | 'NOT_ASKED';
/** Why more is granted than the regulation has room for. */
export type LeaveException = 'WEIGHTY_WELFARE_GROUNDS' | 'EXAM_DAY';

/** What a guardian applies for. */
export interface LeaveWish {
  readonly childId: string;
  readonly unitId: string;
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly kind: LeaveKind;
  readonly reason: string | null;
  readonly hearing: ChildHearing;
  readonly childView: string | null;
  /** That the guardians see to the teaching which the child misses: the condition of leave on a holy day. */
  readonly isTeachingSeenTo: boolean;
  /** The guardian's answer to whether the child is away from after-school care as well (LEA-05). */
  readonly isAwayAfterSchool: boolean;
}

export interface Leave {
  readonly id: string;
  readonly childId: string;
  readonly unitId: string;
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly kind: LeaveKind;
  readonly state: LeaveState;
  readonly decider: LeaveDecider;
  readonly hearing: ChildHearing;
  readonly isAwayAfterSchool: boolean;
  /** The school's days in it when it was applied for, or decided on. */
  readonly schoolDayCount: number;
  readonly appliedBy: string | null;
  readonly appliedAt: Date;
  readonly decidedAt: Date | null;
  /** The day from which it was granted, where that is not the first that was applied for. */
  readonly startsOn: LocalDate | null;
  /** The day from which it does not stand: it was withdrawn, taken back by another decision, or granted for fewer days. */
  readonly endsBefore: LocalDate | null;
}

/** Days of leave of one child in one school year, at every school of the municipality (LEA-08), without holy days (LEA-04). */
export interface UsedLeave {
  readonly granted: number;
  /** Applied for and not decided on. */
  readonly asked: number;
}

export type LeaveRefusal =
  | {
      readonly kind:
        | 'leave-period-wrong'
        | 'leave-unit-wrong'
        | 'leave-no-regulation'
        | 'leave-no-school-day'
        | 'leave-reason-missing'
        | 'leave-reason-unwanted'
        | 'leave-teaching-not-seen-to'
        | 'leave-child-view-missing'
        | 'leave-for-the-leader'
        | 'leave-of-another'
        | 'leave-over'
        | 'leave-child-unheard'
        | 'leave-reasons-missing'
        | 'leave-not-decided'
        | 'leave-complained'
        | 'leave-complaint-missing'
        | 'leave-complaint-settled';
    }
  | { readonly kind: 'leave-overlaps' | 'leave-decided' | 'leave-unchanged'; readonly leave: Leave }
  | { readonly kind: 'leave-exception-needed'; readonly needed: readonly LeaveException[] }
  | FeatureClosed;

/** What is known when an application comes in. */
export interface KnownAtApplying {
  readonly today: LocalDate;
  /** When the child belongs to the unit, which is a school. */
  readonly enrolments: readonly {
    readonly childId: string;
    readonly unitId: string;
    readonly from: LocalDate;
    readonly to: LocalDate | null;
  }[];
  readonly isSchool: boolean;
  readonly features: FeatureStandings;
  readonly regulation: Regulation;
  /** The school's days in the period. */
  readonly schoolDays: readonly LocalDate[];
  /** The child's leave at the unit that is applied for or granted. */
  readonly standing: readonly Leave[];
  readonly used: UsedLeave;
}

export const isAbsent = (text: string | null): boolean => text === null || text.trim() === '';

/** An application is taken in, for whoever is to decide on it; nothing of it is judged here (LEA-02). */
export function decideApplication(
  wish: LeaveWish,
  known: KnownAtApplying,
): Result<{ readonly decider: LeaveDecider }, LeaveRefusal> {
  const { firstDay, lastDay, childId, unitId } = wish;
  const isInOneYear = schoolYearOf(firstDay) === schoolYearOf(lastDay);
  if (lastDay < firstDay || firstDay < known.today || !isInOneYear)
    return refuse({ kind: 'leave-period-wrong' });
  if (schoolYearOf(firstDay) > schoolYearOf(known.today) + 1) return refuse({ kind: 'leave-period-wrong' });
  const belongs = known.enrolments.some(
    (place) =>
      place.childId === childId &&
      place.unitId === unitId &&
      isWithin(firstDay, place.from, place.to) &&
      isWithin(lastDay, place.from, place.to),
  );
  if (!belongs || !known.isSchool) return refuse({ kind: 'leave-unit-wrong' });
  const isOpen = requireFeature(known.features, unitId);
  if (!isOpen.ok) return isOpen;
  const rules = rulesOn(known.regulation, firstDay);
  if (rules === null) return refuse({ kind: 'leave-no-regulation' });
  if (known.schoolDays.length === 0) return refuse({ kind: 'leave-no-school-day' });
  const clash = known.standing.find((leave) => overlaps(leave, wish));
  if (clash !== undefined) return refuse({ kind: 'leave-overlaps', leave: clash });
  if (wish.hearing === 'SAID' && wish.kind === 'GENERAL' && isAbsent(wish.childView))
    return refuse({ kind: 'leave-child-view-missing' });
  return wish.kind === 'HOLY_DAY' ? onHolyDay(wish, rules, known) : onQuota(wish, rules, known);
}

/** A right where the guardians see to the teaching. No word is taken in that could say which faith it is (LEA-04). */
function onHolyDay(
  { isTeachingSeenTo, reason, childView }: LeaveWish,
  rules: LeaveRules,
  { schoolDays }: KnownAtApplying,
): Result<{ readonly decider: LeaveDecider }, LeaveRefusal> {
  if (reason !== null || childView !== null) return refuse({ kind: 'leave-reason-unwanted' });
  if (!isTeachingSeenTo) return refuse({ kind: 'leave-teaching-not-seen-to' });
  return accept({ decider: schoolDays.length > rules.daysWithoutReason ? 'LEADER' : 'CONTACT_TEACHER' });
}

function onQuota(
  { reason, unitId }: LeaveWish,
  rules: LeaveRules,
  { schoolDays, used, regulation }: KnownAtApplying,
): Result<{ readonly decider: LeaveDecider }, LeaveRefusal> {
  const total = used.granted + used.asked + schoolDays.length;
  if (total > rules.daysWithoutReason && isAbsent(reason)) return refuse({ kind: 'leave-reason-missing' });
  const isLeaders = total > rules.daysWithoutReason || hasExam(regulation, unitId, schoolDays);
  return accept({ decider: isLeaders ? 'LEADER' : 'CONTACT_TEACHER' });
}

/** Whether a national test or an exam is on one of the days: normally no leave is given then (LEA-03). */
const hasExam = ({ examDays }: Regulation, unitId: string, days: readonly LocalDate[]): boolean =>
  examDays.some((exam) => days.includes(exam.day) && (exam.unitId === null || exam.unitId === unitId));

/** From where to where leave stands; null where that is as it was applied for. */
export type Limits = Pick<Leave, 'startsOn' | 'endsBefore'>;

export const limitsOf = ({ firstDay, lastDay }: Period, of: Period): Limits => ({
  startsOn: firstDay > of.firstDay ? firstDay : null,
  endsBefore: lastDay < of.lastDay ? addDays(lastDay, 1) : null,
});

/** The days of it that stand. */
export const periodOf = ({ firstDay, lastDay, startsOn, endsBefore }: Period & Limits): Period => ({
  firstDay: startsOn ?? firstDay,
  lastDay: endsBefore === null ? lastDay : addDays(endsBefore, -1),
});

/** The days of it that stand, or have been before it was refused after all; null where none do. */
export function standingOf(leave: Leave): Period | null {
  if (leave.state === 'REFUSED' && leave.endsBefore === null) return null;
  const period = periodOf(leave);
  return period.lastDay < period.firstDay ? null : period;
}

export function overlaps(
  leave: Leave,
  { firstDay, lastDay }: Pick<LeaveWish, 'firstDay' | 'lastDay'>,
): boolean {
  const stands = periodOf(leave);
  return stands.firstDay <= lastDay && firstDay <= stands.lastDay;
}

/** From one day to another, both among them. */
export type Period = Pick<LeaveWish, 'firstDay' | 'lastDay'>;

/** What whoever decides says. */
export interface Verdict {
  readonly outcome: 'GRANTED' | 'REFUSED';
  /** The days that are granted, of those that were applied for. Null: all of them. */
  readonly days: Period | null;
  readonly reasons: string | null;
  readonly exceptions: readonly LeaveException[];
  /** What the child was asked since, where the guardian had not. */
  readonly hearing: ChildHearing | null;
}

export interface KnownAtDeciding {
  readonly as: LeaveDecider;
  readonly features: FeatureStandings;
  readonly regulation: Regulation;
  readonly schoolDays: readonly LocalDate[];
  /** Granted to the child in the school year, this leave not among it. */
  readonly grantedDays: number;
}

/**
 * A contact teacher gives what the regulation gives without reason, and the leader the rest; what goes beyond it is given by
 * naming why (LEA-03). Leave on a holy day is a right, which the leader alone refuses (LEA-04). Nobody decides before the child was asked (AGE-02), and no refusal goes without reasons (ADM-02).
 */
export function decideLeave(
  leave: Leave,
  verdict: Verdict,
  { as, features, regulation, schoolDays, grantedDays }: KnownAtDeciding,
): Result<Verdict, LeaveRefusal> {
  if (leave.state !== 'APPLIED') return refuse({ kind: 'leave-decided', leave });
  const isOpen = requireFeature(features, leave.unitId);
  if (!isOpen.ok) return isOpen;
  const isRefusedRight =
    leave.kind === 'HOLY_DAY' && (verdict.outcome === 'REFUSED' || isForFewer(leave, verdict));
  if (as === 'CONTACT_TEACHER' && (leave.decider === 'LEADER' || isRefusedRight))
    return refuse({ kind: 'leave-for-the-leader' });
  const rules = rulesOn(regulation, leave.firstDay);
  const days = grantedOf(verdict, schoolDays);
  const needed = exceptionsFor(leave, { regulation, schoolDays: days, grantedDays });
  if (rules === null || needed === null) return refuse({ kind: 'leave-no-regulation' });
  if ((verdict.hearing ?? leave.hearing) === 'NOT_ASKED') return refuse({ kind: 'leave-child-unheard' });
  if (verdict.outcome === 'REFUSED')
    return isAbsent(verdict.reasons) ? refuse({ kind: 'leave-reasons-missing' }) : accept(verdict);
  const wrong = whyNotThese(leave, verdict, days);
  if (wrong !== null) return refuse({ kind: wrong });
  if (leave.kind === 'HOLY_DAY') return accept(verdict);
  const total = grantedDays + days.length;
  if (as === 'CONTACT_TEACHER' && (total > rules.daysWithoutReason || needed.length > 0))
    return refuse({ kind: 'leave-for-the-leader' });
  if (needed.some((one) => !verdict.exceptions.includes(one)))
    return refuse({ kind: 'leave-exception-needed', needed });
  return needed.length > 0 && isAbsent(verdict.reasons)
    ? refuse({ kind: 'leave-reasons-missing' })
    : accept({ ...verdict, exceptions: needed });
}

const isForFewer = (leave: Leave, { days }: Pick<Verdict, 'days'>): boolean =>
  days !== null && (days.firstDay !== leave.firstDay || days.lastDay !== leave.lastDay);

/** The school's days that a verdict grants, of those in the leave. */
export const grantedOf = (
  { days }: Pick<Verdict, 'days'>,
  schoolDays: readonly LocalDate[],
): readonly LocalDate[] =>
  days === null ? schoolDays : schoolDays.filter((day) => days.firstDay <= day && day <= days.lastDay);

/** Fewer days are some of those that were applied for, and what is refused of them has reasons (ADM-02). */
export function whyNotThese(
  leave: Leave,
  verdict: Verdict,
  granted: readonly LocalDate[],
): 'leave-period-wrong' | 'leave-no-school-day' | 'leave-reasons-missing' | null {
  const { days, reasons } = verdict;
  if (days === null) return null;
  if (days.firstDay < leave.firstDay || days.lastDay > leave.lastDay || days.lastDay < days.firstDay)
    return 'leave-period-wrong';
  if (granted.length === 0) return 'leave-no-school-day';
  return isForFewer(leave, verdict) && isAbsent(reasons) ? 'leave-reasons-missing' : null;
}

/** What has to be named to grant it (LEA-03): nothing of a holy day (LEA-04). Null where there is no regulation (LEA-01). */
export function exceptionsFor(
  { kind, unitId, firstDay }: Leave,
  { regulation, schoolDays, grantedDays }: Pick<KnownAtDeciding, 'regulation' | 'schoolDays' | 'grantedDays'>,
): readonly LeaveException[] | null {
  const rules = rulesOn(regulation, firstDay);
  if (rules === null) return null;
  if (kind === 'HOLY_DAY') return [];
  const isBeyond = grantedDays + schoolDays.length > rules.daysInAll;
  return [
    ...(isBeyond ? (['WEIGHTY_WELFARE_GROUNDS'] as const) : []),
    ...(hasExam(regulation, unitId, schoolDays) ? (['EXAM_DAY'] as const) : []),
  ];
}

/**
 * Whoever else is a guardian objects while it is not decided on; from then on it is the leader's (LEA-07). To a holy day they may
 * not write: it could say which faith it is (LEA-04).
 */
export function decideObjection(
  leave: Leave,
  { text, features }: { readonly text: string | null; readonly features: FeatureStandings },
): Result<'objected', LeaveRefusal> {
  if (leave.state !== 'APPLIED') return refuse({ kind: 'leave-decided', leave });
  const isOpen = requireFeature(features, leave.unitId);
  if (!isOpen.ok) return isOpen;
  return leave.kind === 'HOLY_DAY' && !isAbsent(text)
    ? refuse({ kind: 'leave-reason-unwanted' })
    : accept('objected');
}

export interface KnownAtWithdrawing {
  readonly today: LocalDate;
  /** Null: all that has not been. */
  readonly from: LocalDate | null;
  readonly features: FeatureStandings;
}

/** Withdrawn whole, or from a day on: what has been is not taken back. */
export function decideWithdrawal(
  leave: Leave,
  { today, from, features }: KnownAtWithdrawing,
): Result<LocalDate, LeaveRefusal> {
  if (leave.state !== 'APPLIED' && leave.state !== 'GRANTED') return refuse({ kind: 'leave-decided', leave });
  const isOpen = requireFeature(features, leave.unitId);
  if (!isOpen.ok) return isOpen;
  if (leave.state === 'APPLIED') return accept(leave.firstDay);
  const { firstDay, lastDay } = periodOf(leave);
  const earliest = firstDay > today ? firstDay : today;
  const day = from ?? earliest;
  if (day > lastDay) return refuse({ kind: 'leave-over' });
  return day < earliest ? refuse({ kind: 'leave-period-wrong' }) : accept(day);
}

/** What a guardian has written of an application. */
export type WrittenWish = Pick<LeaveWish, 'reason' | 'childView'>;

/** True when an application says what a leave under the same key already holds. Whoever decided may have heard the child since. */
export const isSameApplication = (leave: Leave, written: WrittenWish, wish: LeaveWish): boolean =>
  leave.childId === wish.childId &&
  leave.unitId === wish.unitId &&
  leave.firstDay === wish.firstDay &&
  leave.lastDay === wish.lastDay &&
  leave.kind === wish.kind &&
  leave.isAwayAfterSchool === wish.isAwayAfterSchool &&
  (leave.hearing === wish.hearing || leave.decidedAt !== null) &&
  trimmed(written.reason) === trimmed(wish.reason) &&
  trimmed(written.childView) === trimmed(wish.childView);

const trimmed = (text: string | null): string => text?.trim() ?? '';

import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { type AbsentDay, countAbsence } from './counting.ts';
import type { FollowUpKind } from './follow-up.ts';

/** Whom of the staff an alert is for. */
export type AlertReceiver = 'CONTACT_TEACHER' | 'LEADER';

/** From which absence on a school has its staff look at a pupil: its own data (ABS-18). Whole days count. */
export interface ThresholdTerms {
  /** So many days, or such a share of the school days. */
  readonly measure: 'DAYS' | 'PERCENT';
  readonly atLeast: number;
  /** Within some weeks until today, within the term of today, or one school day after another. */
  readonly period: 'WEEKS' | 'TERM' | 'IN_A_ROW';
  readonly weeks: number | null;
  readonly tells: readonly AlertReceiver[];
  /** The case that is opened with an alert; a long absence is one of its own kind (ABS-22). */
  readonly opens: FollowUpKind | null;
}

export interface LocalThreshold extends ThresholdTerms {
  readonly id: string;
  /** The municipality's, for all schools that have none of their own. */
  readonly isOfAllSchools: boolean;
}

/** The terms of a school year: 1 August to 31 December, and 1 January to 31 July. `to` is the day after the last. */
export function termOf(day: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } {
  const year = Number(day.slice(0, 4));
  return day.slice(5) < '08-01'
    ? { from: `${year}-01-01`, to: `${year}-08-01` }
    : { from: `${year}-08-01`, to: `${year + 1}-01-01` };
}

/** What is known of a pupil when its absence is looked at. */
export interface Watched {
  readonly today: LocalDate;
  /** The day on which something was marked or reported. */
  readonly about: LocalDate;
  readonly absent: readonly AbsentDay[];
  readonly isSchoolDay: (day: LocalDate) => boolean;
}

/** The first day of the period in which a threshold is reached; null where it is not. */
export function reachedSince(
  { measure, atLeast, period, weeks }: ThresholdTerms,
  { today, about, absent, isSchoolDay }: Watched,
): LocalDate | null {
  const whole = new Set(absent.flatMap(({ day, hours }) => (hours === null ? [day] : [])));
  if (period === 'IN_A_ROW') {
    const row = rowAround(about, whole, { today, isSchoolDay });
    return row.length >= atLeast ? row[0]! : null;
  }
  const term = termOf(today);
  const from = period === 'TERM' ? term.from : addDays(today, 1 - 7 * (weeks ?? 1));
  const { days } = countAbsence(absent.filter(({ day }) => from <= day && day <= today));
  if (measure === 'DAYS') return days >= atLeast ? from : null;
  const last = period === 'TERM' ? addDays(term.to, -1) : today;
  let schoolDays = 0;
  for (let day = from; day <= last; day = addDays(day, 1)) if (isSchoolDay(day)) schoolDays += 1;
  return schoolDays > 0 && days * 100 >= atLeast * schoolDays ? from : null;
}

/** The school days away, one after another, among which a day is; none where the pupil was there on it. */
function rowAround(
  about: LocalDate,
  whole: ReadonlySet<LocalDate>,
  { today, isSchoolDay }: Pick<Watched, 'today' | 'isSchoolDay'>,
): readonly LocalDate[] {
  if (!whole.has(about)) return [];
  const row = [about];
  const first = addDays(about, -366);
  for (
    let day = addDays(about, -1);
    day >= first && (whole.has(day) || !isSchoolDay(day));
    day = addDays(day, -1)
  )
    if (whole.has(day)) row.unshift(day);
  for (
    let day = addDays(about, 1);
    day <= today && (whole.has(day) || !isSchoolDay(day));
    day = addDays(day, 1)
  )
    if (whole.has(day)) row.push(day);
  return row;
}

/** How thresholds are changed: those that stay as they are keep their alerts, so that nobody is told again. */
export function changeThresholds<Known extends LocalThreshold>(
  known: readonly Known[],
  wanted: readonly ThresholdTerms[],
): { readonly ending: readonly string[]; readonly beginning: readonly ThresholdTerms[] } {
  const keyOf = ({ measure, atLeast, period, weeks, tells, opens }: ThresholdTerms): string =>
    JSON.stringify([measure, atLeast, period, weeks, tells.toSorted(), opens]);
  const keys = new Set(wanted.map(keyOf));
  const before = new Set(known.map(keyOf));
  return {
    ending: known.filter((one) => !keys.has(keyOf(one))).map(({ id }) => id),
    beginning: wanted.filter(
      (one, place) =>
        !before.has(keyOf(one)) && wanted.findIndex((other) => keyOf(other) === keyOf(one)) === place,
    ),
  };
}

/** A share is of days that are known beforehand, and weeks are said where they count. */
export const areTermsRight = ({ measure, atLeast, period, weeks, tells }: ThresholdTerms): boolean =>
  (period === 'WEEKS') === (weeks !== null) &&
  (weeks === null || (weeks >= 1 && weeks <= 52)) &&
  atLeast >= 1 &&
  atLeast <= (measure === 'PERCENT' ? 100 : 190) &&
  !(measure === 'PERCENT' && period === 'IN_A_ROW') &&
  tells.length > 0;

import { type LocalDate, instantOf, isWithin, weekdayOf } from '@ranselpost/kit/pure/dates';
import { type FeatureClosed, type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type UnitCalendar, cutOff, isOpen } from './calendar.ts';
import type { LocalTime } from './day-state.ts';

/** Whether and when a child is there, and how it gets home. A code and times, and nobody's name (SFO-08). */
export interface StayTerms {
  readonly comes: boolean;
  readonly arrives: LocalTime | null;
  readonly leaves: LocalTime | null;
  readonly goesHome: 'ALONE' | 'FETCHED' | null;
}

/** For one weekday of every week, or for one day instead. */
export type StayOn =
  { readonly weekday: number; readonly day: null } | { readonly weekday: null; readonly day: LocalDate };

export type Stay = StayTerms & StayOn & { readonly childId: string; readonly unitId: string };

export type StayRefusal =
  | FeatureClosed
  | { readonly kind: 'stay-unit-wrong' }
  | { readonly kind: 'stay-day-wrong' }
  | { readonly kind: 'stay-cut-off' }
  | { readonly kind: 'stay-times-wrong' };

/**
 * Guardians change a day until the unit has planned it, and its weekday then as well; staff until the day is over (T18, SFO-08). Whoever
 * goes alone goes at a time.
 */
export function decideStay(
  stay: Stay,
  known: {
    readonly now: Date;
    readonly today: LocalDate;
    readonly isStaff: boolean;
    readonly calendar: UnitCalendar | undefined;
    readonly features: FeatureStandings;
    readonly places: readonly {
      readonly childId: string;
      readonly unitId: string;
      readonly from: LocalDate;
      readonly to: LocalDate | null;
    }[];
  },
): Result<Stay, StayRefusal> {
  const { calendar } = known;
  const day = stay.day ?? known.today;
  const isPlaced = known.places.some(
    ({ childId, unitId, from, to }) =>
      childId === stay.childId && unitId === stay.unitId && isWithin(day, from, to),
  );
  if (calendar === undefined || calendar.kind === 'SCHOOL' || !isPlaced)
    return refuse({ kind: 'stay-unit-wrong' });
  const feature = requireFeature(known.features, stay.unitId);
  if (!feature.ok) return feature;
  const { comes, arrives, leaves, goesHome } = stay;
  const isNothing = arrives === null && leaves === null && goesHome === null;
  const areTimesRight =
    (arrives === null || leaves === null || arrives <= leaves) && (goesHome !== 'ALONE' || leaves !== null);
  if (!(comes ? areTimesRight : isNothing)) return refuse({ kind: 'stay-times-wrong' });
  if (stay.day !== null && (stay.day < known.today || !isOpen(calendar, stay.day)))
    return refuse({ kind: 'stay-day-wrong' });
  const isAboutDay = stay.day !== null || stay.weekday === weekdayOf(day);
  const isPlanned = isAboutDay && isOpen(calendar, day) && known.now >= cutOff(calendar, day);
  return isPlanned && !known.isStaff ? refuse({ kind: 'stay-cut-off' }) : accept(stay);
}

/** What holds on a day: what was said of that day, or of its weekday. */
export const stayOn = (stays: readonly Stay[], day: LocalDate): Stay | null =>
  stays.find((stay) => stay.day === day) ?? stays.find((stay) => stay.weekday === weekdayOf(day)) ?? null;

const warnMs = 10 * 60_000;

/** Whether staff are to be warned that a child who is there goes home in ten minutes, or should have gone (T17, SFO-08). */
export const isTimeToGo = (stay: StayTerms | null, day: LocalDate, isHere: boolean, now: Date): boolean =>
  isHere &&
  stay !== null &&
  stay.leaves !== null &&
  now.getTime() >= instantOf(day, stay.leaves).getTime() - warnMs;

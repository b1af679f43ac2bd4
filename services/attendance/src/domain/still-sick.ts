import { type LocalDate, addDays, instantOf, localDateAt } from '@ranselpost/kit/pure/dates';
import { type UnitCalendar, askInstant, isOpen, nextOpenDay, planningInstant } from './calendar.ts';

/** How it stands with asking home whether a child who was ill on the last day of its unit is still ill (T09). */
export type StillSickState =
  'WAITING' | 'ASKED' /** There is nothing to ask. */ | 'SETTLED' | 'STILL_SICK' | 'EXPECTED';

/** A child on a day, when it was ill on the one before. */
export interface StillSick {
  readonly childId: string;
  readonly day: LocalDate;
  readonly unitIds: readonly string[];
  readonly state: StillSickState;
}

/** What stands of reports of the day, at the units that ask. Null: nothing. */
export type ReportedOfDay = 'SICK' | 'OTHERWISE' | null;

/**
 * How a question stands with what home has answered and what is reported of the day, which wins: a report that is taken back leaves a
 * yes without effect, and one that is made later a no.
 */
export function stillSickNow(state: StillSickState, reported: ReportedOfDay): StillSickState {
  if (state !== 'STILL_SICK' && state !== 'EXPECTED') return state;
  if (reported === null) return state === 'EXPECTED' ? state : 'ASKED';
  return reported === 'SICK' ? 'STILL_SICK' : 'SETTLED';
}

/** Who was ill before a longer break is not asked about after it. */
const longestBreak = 7;

/** The last day before one on which a unit was open: on which a child was ill who may be still. Null: too long ago. */
export function sickDayBefore(calendar: UnitCalendar, day: LocalDate): LocalDate | null {
  for (let back = 1; back <= longestBreak; back += 1) {
    const before = addDays(day, -back);
    if (isOpen(calendar, before)) return before;
  }
  return null;
}

/** When a unit that is closed on a day asks instead. Null: not any more. */
export function laterDayToAsk(calendar: UnitCalendar, day: LocalDate): LocalDate | null {
  const [sickOn, next] = [sickDayBefore(calendar, day), nextOpenDay(calendar, day)];
  return sickOn !== null && next !== null && next <= addDays(sickOn, longestBreak) ? next : null;
}

/** A question is looked at the evening before, so that it is moved on in time. */
export const firstLook = (day: LocalDate): Date => instantOf(addDays(day, -1), '18:00');

/** A unit at which the child was ill on the last day, and of which nobody has said or seen anything today. */
export interface AwaitedPlace {
  readonly calendar: UnitCalendar;
  /** Whether absence is open there (X07). */
  readonly isFeatureOpen: boolean;
}

export interface NextOfStillSick {
  readonly state: 'WAITING' | 'ASKED' | 'SETTLED';
  /** When to look at it again. Null: when something changes. */
  readonly lookAt: Date | null;
  /** The unit that asks. */
  readonly unitId: string | null;
}

const settled: NextOfStillSick = { state: 'SETTLED', lookAt: null, unitId: null };
const againMs = 60_000;
/** Nobody is woken, however early a unit plans its day. */
const earliest = '06:00';

/**
 * What becomes of a question that is looked at. It is asked once, by the unit that plans its day first, and by none that has: an answer
 * would be of no use to it. It stands for as long as nobody has said or seen anything.
 */
export function nextOfStillSick(
  { state, day }: Pick<StillSick, 'day'> & { readonly state: 'WAITING' | 'ASKED' },
  places: readonly AwaitedPlace[],
  now: Date,
): NextOfStillSick {
  const awaited = places.filter(({ calendar }) => isOpen(calendar, day));
  // What is said of a day may be taken back until it begins; where all units are closed there is nothing to wait for.
  if (localDateAt(now) < day)
    return places.length > 0 && awaited.length === 0
      ? settled
      : { state, lookAt: instantOf(day, '00:00'), unitId: null };
  if (state === 'ASKED') return awaited.length > 0 ? { state, lookAt: null, unitId: null } : settled;
  const toAsk = awaited
    .flatMap((place) => {
      const asks = askInstant(place.calendar, day);
      const at = asks === null ? 0 : Math.max(asks.getTime(), instantOf(day, earliest).getTime());
      const until = planningInstant(place.calendar, day).getTime();
      return asks !== null && at < until && now.getTime() < until ? [{ ...place, at }] : [];
    })
    .toSorted((one, other) => one.at - other.at);
  const [first] = toAsk;
  if (first === undefined) return settled;
  if (first.at > now.getTime()) return { state, lookAt: new Date(first.at), unitId: null };
  const asks = toAsk.find(({ at, isFeatureOpen }) => isFeatureOpen && at <= now.getTime());
  return asks === undefined
    ? { state, lookAt: new Date(now.getTime() + againMs), unitId: null }
    : { state: 'ASKED', lookAt: null, unitId: asks.calendar.unitId };
}

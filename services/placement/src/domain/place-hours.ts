import { asOf } from '@ranselpost/kit/pure/dated';
import { type LocalDate, addDays, addMonths } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { earliestEnd } from './child-place.ts';
import { type PriceLists, fullPlaceHours } from './price-list.ts';

/** Whether there is a price on a day for a place of so many hours a week: what is not sold is not offered (PAY-01). */
export function isPricedPlace(
  lists: PriceLists,
  care: 'KINDERGARTEN' | 'SFO',
  weeklyHours: number,
  day: LocalDate,
): boolean {
  const dated = care === 'SFO' ? lists.afterSchool : lists.kindergarten;
  return (
    dated.some(({ from }) => from !== null && from <= day) &&
    asOf(dated, day).places.some((place) => place.weeklyHours === weeklyHours)
  );
}

export type HoursRefusal =
  | { readonly kind: 'E_STATE' | 'PRICE_HOURS_WRONG' }
  | { readonly kind: 'HOURS_TOO_EARLY'; readonly earliest: LocalDate };

/**
 * A guardian wants other hours of a place after school (P20, SFO-06): from the first of a month, fewer of them as long before as a place is given up, by
 * the statutes, and more from next month on.
 */
export function decideHours(
  { care, from, to, weeklyHours: now }: HeldPlace,
  {
    today,
    wanted,
    startsOn,
    noticeMonths,
    lists,
  }: {
    readonly today: LocalDate;
    readonly wanted: number;
    readonly startsOn: LocalDate;
    readonly noticeMonths: number;
    readonly lists: PriceLists;
  },
): Result<null, HoursRefusal> {
  if (care !== 'SFO' || startsOn <= from || (to !== null && to <= startsOn))
    return refuse({ kind: 'E_STATE' });
  if (!isPricedPlace(lists, care, wanted, startsOn)) return refuse({ kind: 'PRICE_HOURS_WRONG' });
  const before = now ?? fullPlaceHours(asOf(lists.afterSchool, startsOn).places);
  if (wanted === before) return refuse({ kind: 'E_STATE' });
  const told =
    wanted < before ? earliestEnd(today, { months: noticeMonths, countsFrom: 'DAY' }) : addDays(today, 1);
  const earliest = firstOfMonth(startsOn > told ? startsOn : told);
  return startsOn === earliest ? accept(null) : refuse({ kind: 'HOURS_TOO_EARLY', earliest });
}

/** A place, with what a change of its hours depends on. */
export interface HeldPlace {
  readonly care: 'KINDERGARTEN' | 'SFO';
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  /** Null: a full place. */
  readonly weeklyHours: number | null;
}

/** The first day of a month that is not before a day. */
const firstOfMonth = (day: LocalDate): LocalDate =>
  day.endsWith('-01') ? day : `${addMonths(`${day.slice(0, 7)}-01`, 1).slice(0, 7)}-01`;

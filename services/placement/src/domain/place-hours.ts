import { asOf } from '@ranselpost/kit/pure/dated';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { PriceLists } from './price-list.ts';

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

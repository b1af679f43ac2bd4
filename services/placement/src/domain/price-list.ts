import { type Dated, asOf } from '@ranselpost/kit/pure/dated';
import { type LocalDate, addMonths } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type FreeHours,
  type Month,
  type Tariff,
  hasCoreTime,
  hasFreeHours,
  priceByMonth,
  reducedMonths,
} from './start-and-price.ts';

/** What the municipality takes for places of one kind, from some day on. No price is in code (PAY-01, SFO-05). */
export interface PriceList extends Tariff {
  readonly places: readonly { readonly weeklyHours: number; readonly listPrice: number }[];
  /** Kroner a month; outside all discounts (PAY-01, SFO-03). */
  readonly food: number;
  /** The grades with free hours in after-school care; null for kindergartens, where age decides (PAY-07, SFO-03). */
  readonly freeGrades: readonly number[] | null;
}

/** A full place is the longest that there is a price for. */
export const fullPlaceHours = (places: PriceList['places']): number =>
  Math.max(...places.map(({ weeklyHours }) => weeklyHours));

/** By kind of care. */
export interface PriceLists {
  readonly kindergarten: readonly Dated<PriceList>[];
  readonly afterSchool: readonly Dated<PriceList>[];
}

/** What a full place in a kindergarten is in a month; before the first list, what it is in that. */
export const fullKindergartenHours = ({ kindergarten }: PriceLists, month: string): number =>
  fullPlaceHours((asOf(kindergarten, `${month}-01`) ?? kindergarten[0]!.value).places);

export interface PriceQuestion {
  readonly children: readonly AskedChild[];
  readonly income: number | null;
  readonly reducedFrom: LocalDate | null;
  readonly from: LocalDate;
  readonly months: number;
}

export interface AskedChild {
  readonly key: string;
  readonly born: LocalDate;
  readonly start: LocalDate;
  readonly weeklyHours: number;
  readonly grade: number | null;
  readonly isSchoolDeferred: boolean;
}

export interface Prices {
  readonly months: readonly PricedMonth[];
  /** The months in which the reduction that was asked for holds; null where none was. */
  readonly reduced: { readonly first: Month; readonly last: Month } | null;
}

export interface PricedMonth {
  readonly month: Month;
  readonly children: readonly { readonly key: string; readonly kroner: number; readonly food: number }[];
}

export type PriceRefusal =
  | { readonly kind: 'nothing-in-force'; readonly from: LocalDate | null }
  | {
      readonly kind: 'no-such-hours';
      readonly key: string;
      readonly weeklyHours: readonly number[];
    };

/** Whoever thinks of applying is told what it would cost, by the list of each month (P19, X11). Nothing is kept of the question. */
export function decidePrices(
  lists: readonly Dated<PriceList>[],
  { children, income, reducedFrom, from, months }: PriceQuestion,
): Result<Prices, PriceRefusal> {
  const [first, end] = [monthOf(from), monthOf(addMonths(`${monthOf(from)}-01`, months))];
  const firstDays = lists.flatMap((one) => (one.from === null ? [] : [one.from])).toSorted();
  const begin = firstDays[0] ?? null;
  if (begin === null || begin > `${first}-01`) return refuse({ kind: 'nothing-in-force', from: begin });

  const listOf = (month: Month): PriceList => asOf(lists, `${month}-01`);
  const placeOf = ({ weeklyHours }: AskedChild, month: Month) =>
    listOf(month).places.find((place) => place.weeklyHours === weeklyHours);
  for (let month = first; month < end; month = monthOf(addMonths(`${month}-01`, 1)))
    for (const child of children)
      if (placeOf(child, month) === undefined)
        return refuse({
          ...{ kind: 'no-such-hours', key: child.key },
          weeklyHours: listOf(month).places.map(({ weeklyHours }) => weeklyHours),
        });

  const prices = priceByMonth(lists, {
    ...{ income, appliedOn: reducedFrom, from: first, to: end },
    children: children.map((child) => ({
      ...{ id: child.key, born: child.born, start: child.start, hours: child.weeklyHours },
      listPrice: (month) => placeOf(child, month)!.listPrice,
      freeHours: (month) => freeHoursOf(child, month, listOf(month)),
    })),
  });
  if ('errors' in prices) throw new Error(`the price list cannot be reckoned with: ${prices.errors.join()}`);
  return accept({
    months: prices.map(({ month, kroner }) => ({
      month,
      children: Object.entries(kroner).map(([key, price]) => ({
        key,
        kroner: price,
        food: foodIn(listOf(month), month),
      })),
    })),
    reduced: reducedFrom === null ? null : reducedMonths(reducedFrom, listOf(first)),
  });
}

const monthOf = (day: LocalDate): Month => day.slice(0, 7);

/** In kindergartens by age and income, in after-school care by the grade (PAY-07, SFO-03). */
export function freeHoursOf(
  { born, grade, isSchoolDeferred }: Pick<AskedChild, 'born' | 'grade' | 'isSchoolDeferred'>,
  month: Month,
  { freeGrades }: PriceList,
): FreeHours {
  if (freeGrades === null) return hasCoreTime(born, { month, isSchoolDeferred }) ? 'forLowIncome' : 'none';
  return grade !== null && hasFreeHours(grade, freeGrades) ? 'forAll' : 'none';
}

const foodIn = ({ food, freeMonths }: PriceList, month: Month): number =>
  freeMonths.includes(month.slice(5)) ? 0 : food;

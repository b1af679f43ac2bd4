import { type Dated, asOf } from '@ranselpost/kit/pure/dated';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { byCodeUnit } from './instance.ts';
import { type PriceList, freeHoursOf, fullPlaceHours } from './price-list.ts';
import type { PaidCare, ReducedMonths } from './reduced-payment.ts';
import { type Month, gradeByAge, priceByMonth } from './start-and-price.ts';

/** A child that has a place in the month, as far as a bill depends on it. */
export interface BilledChild {
  readonly childId: string;
  readonly unitId: string;
  /** Children of the same household are brothers and sisters to a bill (PAY-04). */
  readonly household: string;
  /** Null where it is not known: then the child counts as the oldest, and nothing comes off for its age. */
  readonly born: LocalDate | null;
  readonly weeklyHours: number;
}

/** A reduction that was granted to a household (PAY-02). */
export interface GrantedReduction {
  readonly household: string;
  readonly months: ReducedMonths;
  readonly countedIncome: number;
}

/** What a month costs for a child, for the system that sends bills: ids and numbers, and nobody's name (P18). */
export interface InvoiceLine {
  readonly childId: string;
  readonly unitId: string;
  readonly month: Month;
  readonly care: PaidCare;
  readonly weeklyHours: number;
  readonly listPrice: number;
  /** What is taken off for income, brothers and sisters, and free hours, together. */
  readonly reduction: number;
  readonly price: number;
  /** Outside of all that is taken off (PAY-01). */
  readonly food: number;
}

/** Why there is no basis of bills for a month. */
export type InvoiceRefusal =
  | { readonly kind: 'MONTH_WRONG' }
  | { readonly kind: 'PRICE_LIST_MISSING' }
  /** Children have places of hours that the list has no price for. */
  | { readonly kind: 'PRICE_HOURS_WRONG'; readonly weeklyHours: readonly number[] };

/** Bills go out when a month is over or runs (PAY-09): what is to come may be another yet. */
export function decideBilledMonth(
  month: string,
  lists: readonly Dated<PriceList>[],
  today: LocalDate,
): Result<Month, InvoiceRefusal> {
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month) || month > today.slice(0, 7))
    return refuse({ kind: 'MONTH_WRONG' });
  const isPriced = lists.some(({ from }) => from !== null && from <= `${month}-01`);
  return isPriced ? accept(month) : refuse({ kind: 'PRICE_LIST_MISSING' });
}

/** A child as it is kept: without hours it has a full place. */
export type PlacedChild = Omit<BilledChild, 'weeklyHours'> & { readonly weeklyHours: number | null };

export function decideInvoiceBasis(
  lists: readonly Dated<PriceList>[],
  {
    children,
    ...asked
  }: {
    readonly care: PaidCare;
    readonly month: Month;
    readonly children: readonly PlacedChild[];
    readonly granted: readonly GrantedReduction[];
  },
): Result<readonly InvoiceLine[], InvoiceRefusal> {
  const { places } = asOf(lists, `${asked.month}-01`);
  const priced = new Set(places.map(({ weeklyHours }) => weeklyHours));
  const unpriced = children.flatMap(({ weeklyHours }) =>
    weeklyHours === null || priced.has(weeklyHours) ? [] : [weeklyHours],
  );
  if (unpriced.length > 0)
    return refuse({
      kind: 'PRICE_HOURS_WRONG',
      weeklyHours: [...new Set(unpriced)].toSorted((a, b) => a - b),
    });
  const full = fullPlaceHours(places);
  return accept(
    invoiceBasis(lists, {
      ...asked,
      children: children.map((child) => ({ ...child, weeklyHours: child.weeklyHours ?? full })),
    }),
  );
}

const unknownBirth = '1900-01-01';

/** Who pays what in a month: a line for each child with a place, none of them above the list, and nothing in a free month (PAY-01 to PAY-09). */
export function invoiceBasis(
  lists: readonly Dated<PriceList>[],
  {
    care,
    month,
    children,
    granted,
  }: {
    readonly care: PaidCare;
    readonly month: Month;
    readonly children: readonly BilledChild[];
    readonly granted: readonly GrantedReduction[];
  },
): readonly InvoiceLine[] {
  const list = asOf(lists, `${month}-01`);
  const isFree = list.freeMonths.includes(month.slice(5));
  const priceOf = ({ weeklyHours }: BilledChild): number => {
    const place = list.places.find((one) => one.weeklyHours === weeklyHours);
    if (place === undefined)
      throw new Error(`the price list of ${month} has no place of ${weeklyHours} hours`);
    return place.listPrice;
  };
  const homes = Map.groupBy(children, ({ household }) => household);
  const lines = [...homes].flatMap(([household, home]) => {
    const kroner = pricesAt(list, month, home, { priceOf, income: incomeIn(month, household, granted) });
    return home.map((child): InvoiceLine => {
      const listPrice = isFree ? 0 : priceOf(child);
      const price = kroner[child.childId]!;
      return {
        ...{ childId: child.childId, unitId: child.unitId, month, care, weeklyHours: child.weeklyHours },
        ...{ listPrice, price, reduction: inOre(listPrice - price), food: isFree ? 0 : list.food },
      };
    });
  });
  return lines.toSorted(
    (one, other) => byCodeUnit(one.unitId, other.unitId) || byCodeUnit(one.childId, other.childId),
  );
}

/** The last that was granted for the month, where there is more than one. */
const incomeIn = (month: Month, household: string, granted: readonly GrantedReduction[]): number | null =>
  granted.findLast(
    (one) => one.household === household && one.months.first <= month && month <= one.months.last,
  )?.countedIncome ?? null;

function pricesAt(
  list: PriceList,
  month: Month,
  home: readonly BilledChild[],
  { priceOf, income }: { readonly priceOf: (child: BilledChild) => number; readonly income: number | null },
): Readonly<Record<string, number>> {
  const year = Number(month.slice(0, 4));
  const next = month.endsWith('12')
    ? `${year + 1}-01`
    : `${year}-${String(Number(month.slice(5)) + 1).padStart(2, '0')}`;
  // Whether it is reduced in this month was looked up by the decision: here it holds in each.
  const always = { ...list, countsFirstDay: true };
  const prices = priceByMonth([{ from: `${month}-01`, value: always }], {
    ...{ income, appliedOn: income === null ? null : `${month}-01`, from: month, to: next },
    children: home.map((child) => ({
      ...{ id: child.childId, born: child.born ?? unknownBirth, start: `${month}-01` },
      ...{ hours: child.weeklyHours, listPrice: () => priceOf(child) },
      freeHours: () => {
        if (child.born === null) return 'none';
        const asked = { born: child.born, grade: gradeByAge(child.born, month), isSchoolDeferred: false };
        return freeHoursOf(asked, month, list);
      },
    })),
  });
  if ('errors' in prices) throw new Error(`the price list cannot be reckoned with: ${prices.errors.join()}`);
  return prices[0]!.kroner;
}

/** Without what adding binary fractions leaves behind. */
const inOre = (kroner: number): number => Math.round(kroner * 100) / 100;

const columns = [
  ...(['childId', 'unitId', 'month', 'care', 'weeklyHours'] as const),
  ...(['listPrice', 'reduction', 'price', 'food'] as const),
];

/** As RFC 4180 has it, with a line of headings. Ids, codes and numbers alone, so that nothing is ever quoted. */
export const toCsv = (lines: readonly InvoiceLine[]): string =>
  [columns, ...lines.map((line) => columns.map((column) => String(line[column])))]
    .map((fields) => `${fields.join(',')}\r\n`)
    .join('');

import { type Dated, asOf } from '@ranselpost/kit/pure/dated';
import { type LocalDate, addMonths } from '@ranselpost/kit/pure/dates';
import { by, fractionOf, roundedHalfUp, times, toNumber } from './exact.ts';
import { type Household, type Payer, type Rates, monthlyFee } from './fees.ts';
import { type Refused, isRefused } from './reading.ts';

/** What holds for all households in a while: rates, and when they are billed. */
export interface Tariff {
  readonly rates: Rates;
  /** Months without a bill, `07` for July (PAY-09). */
  readonly freeMonths: readonly string[];
  /** The last month of a reduction that is applied for each year: `07` for kindergartens, `06` for after-school care (PAY-08, SFO-04). */
  readonly reductionEnds: string;
  /** Whether who applies on the first of a month has applied for the whole of it (PAY-08). */
  readonly countsFirstDay: boolean;
}

/** A whole month, as `2026-08`. */
export type Month = string;

const monthOf = (day: LocalDate): Month => day.slice(0, 7);
const nextMonth = (month: Month): Month => monthOf(addMonths(`${month}-01`, 1));

/** The months in which a reduction by income holds: from the first full one after the application until the end of the year (PAY-08). */
export function reducedMonths(
  appliedOn: LocalDate,
  { reductionEnds, countsFirstDay }: Pick<Tariff, 'reductionEnds' | 'countsFirstDay'>,
): { readonly first: Month; readonly last: Month } {
  const month = monthOf(appliedOn);
  const first = countsFirstDay && appliedOn === `${month}-01` ? month : nextMonth(month);
  const year = Number(first.slice(0, 4));
  return { first, last: `${first.slice(5) <= reductionEnds ? year : year + 1}-${reductionEnds}` };
}

export interface MonthPrice {
  readonly month: Month;
  /** Kroner for each child that has a place; meals are billed apart. */
  readonly kroner: Readonly<Record<string, number>>;
}

/** Of a child, what its price depends on and from when it has its place. */
export interface PricedChild {
  readonly id: string;
  readonly born: LocalDate;
  readonly start: LocalDate;
  readonly listPrice: (month: Month) => number;
  readonly hours: number;
  readonly freeHours: (month: Month) => FreeHours;
}

/** Whether hours of a place are free: in kindergartens for households that earn little (PAY-07), in after-school care for whole grades (SFO-03). */
export type FreeHours = 'none' | 'forLowIncome' | 'forAll';

/** What a household would pay, month by month, by the rates of each month and as it is billed (X11, P19). */
export function priceByMonth(
  tariffs: readonly Dated<Tariff>[],
  {
    children,
    income,
    appliedOn,
    from,
    to,
  }: {
    readonly children: readonly PricedChild[];
    readonly income: number | null;
    /** When a reduction was applied for; null where it was not. */
    readonly appliedOn: LocalDate | null;
    readonly from: Month;
    /** The month after the last. */
    readonly to: Month;
  },
): readonly MonthPrice[] | Refused {
  const prices: MonthPrice[] = [];
  for (let month = from; month < to; month = nextMonth(month)) {
    const tariff = asOf(tariffs, `${month}-01`);
    const counted = isReduced(month, appliedOn, tariff) ? income : null;
    const household: Household = {
      income: counted,
      children: children
        .filter(({ start }) => monthOf(start) <= month)
        .map((child) => toPayer(child, month, tariff.rates, counted)),
    };
    const kroner = monthlyFee(tariff.rates, household);
    if (isRefusal(kroner)) return kroner;
    const isFree = tariff.freeMonths.includes(month.slice(5));
    prices.push({ month, kroner: isFree ? nothingOf(kroner) : kroner });
  }
  return prices;
}

/**
 * The fee function takes free hours off below a limit of income alone (placement § 11). Hours that are free for all are free without one too:
 * then the list price is that of the part that is left.
 */
function toPayer(
  { id, born, listPrice, hours, freeHours }: PricedChild,
  month: Month,
  { maxMonthly, coreHours, coreIncomeLimit, roundTo }: Rates,
  income: number | null,
): Payer {
  const free = freeHours(month);
  const isTakenOff = income !== null && income < coreIncomeLimit;
  if (free !== 'forAll' || isTakenOff || hours <= 0)
    return { id, born, listPrice: listPrice(month), hours, coreEligible: free !== 'none' };
  const full = Math.min(listPrice(month), maxMonthly);
  const left = times(fractionOf(full), by(fractionOf(Math.max(0, hours - coreHours)), fractionOf(hours)));
  return {
    id,
    born,
    listPrice: toNumber(roundedHalfUp(left, fractionOf(roundTo))),
    hours,
    coreEligible: false,
  };
}

const isRefusal = (answer: ReturnType<typeof monthlyFee>): answer is Refused => isRefused(answer);

const nothingOf = (kroner: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.keys(kroner).map((id) => [id, 0]));

function isReduced(month: Month, appliedOn: LocalDate | null, tariff: Tariff): boolean {
  if (appliedOn === null) return false;
  const { first, last } = reducedMonths(appliedOn, tariff);
  return first <= month && month <= last;
}

/** From two to five years old by August, and whoever begins school a year later (PAY-07). */
export const hasCoreTime = (
  born: LocalDate,
  { month, isSchoolDeferred }: { readonly month: Month; readonly isSchoolDeferred: boolean },
): boolean => {
  const year = Number(month.slice(0, 4)) - (month.slice(5) < '08' ? 1 : 0);
  // Who was born on 1 August has reached the age on it.
  const [bornYear, hasHadBirthday] = [Number(born.slice(0, 4)), born.slice(5) <= '08-01'];
  const age = year - bornYear - (hasHadBirthday ? 0 : 1);
  return age >= 2 && (age <= 5 || isSchoolDeferred);
};

/** A pupil of the grades that have free hours in after-school care (SFO-03). */
export const hasFreeHours = (grade: number, freeGrades: readonly number[]): boolean =>
  freeGrades.includes(grade);

/** The grade of a child that begins school in the year in which it turns six; who begins another year is for people to see to. */
export const gradeByAge = (born: LocalDate, month: Month): number =>
  Number(month.slice(0, 4)) - (month.slice(5) < '08' ? 1 : 0) - Number(born.slice(0, 4)) - 5;

import { byCodeUnit } from './instance.ts';
import {
  type Fraction,
  by,
  fractionOf,
  isBelow,
  least,
  minus,
  roundedHalfUp,
  times,
  toNumber,
} from './exact.ts';
import { Reading, type Refused } from './reading.ts';

/** Dated rates, as somebody has decided on them; there are none in code. */
export interface Rates {
  readonly maxMonthly: number;
  readonly months: number;
  /** As a share: 0.06 for six per cent. */
  readonly incomePct: number;
  /** Of the first child, the second, and so on; the last one holds for all others. */
  readonly siblingDiscount: readonly number[];
  /** What a sibling's discount is taken off: its own price, or what the first child pays by income. */
  readonly siblingBase: 'own' | 'firstChild';
  readonly coreHours: number;
  readonly coreIncomeLimit: number;
  readonly combine: 'lowerOf' | 'incomeThenCore';
  readonly roundTo: number;
}

export interface Household {
  /** Null where it is not given: then nothing is reduced by income. */
  readonly income: number | null;
  readonly children: readonly Payer[];
}

export interface Payer {
  readonly id: string;
  readonly born: string;
  readonly listPrice: number;
  readonly hours: number;
  readonly coreEligible: boolean;
}

/** What a household pays for each child in a month, in kroner (placement § 11, PAY-01 to PAY-07). Exact until it is rounded. */
export function monthlyFee(rates: unknown, household: unknown): Readonly<Record<string, number>> | Refused {
  const reading = new Reading();
  const [read, home] = [readRates(reading, rates), readHousehold(reading, household)];
  return reading.refusal() ?? feesOf(read, home);
}

function feesOf(rates: Rates, { income, children }: Household): Readonly<Record<string, number>> {
  const exact = fractionOf;
  const one = exact(1);
  const byIncome =
    income === null ? null : by(times(exact(income), exact(rates.incomePct)), exact(rates.months));
  const reduced = (full: Fraction): Fraction => (byIncome === null ? full : least(full, byIncome));
  const full = ({ listPrice }: Payer): Fraction => exact(Math.min(listPrice, rates.maxMonthly));
  const hasCore = income !== null && income < rates.coreIncomeLimit;
  const inOrder = children.toSorted(
    (child, other) =>
      other.listPrice - child.listPrice ||
      byCodeUnit(other.born, child.born) ||
      byCodeUnit(child.id, other.id),
  );
  return Object.fromEntries(
    inOrder.map((child, at) => {
      const f = full(child);
      const share = minus(one, exact(rates.siblingDiscount[Math.min(at, rates.siblingDiscount.length - 1)]!));
      const isOnFirst = rates.siblingBase === 'firstChild' && at > 0;
      let pays = times(isOnFirst ? least(f, reduced(full(inOrder[0]!))) : reduced(f), share);
      if (child.coreEligible && hasCore) {
        const [hours, core] = [exact(child.hours), exact(rates.coreHours)];
        const q = isBelow(hours, core) ? exact(0) : by(minus(hours, core), hours);
        pays = rates.combine === 'incomeThenCore' ? times(pays, q) : least(pays, times(times(f, share), q));
      }
      return [child.id, toNumber(roundedHalfUp(pays, exact(rates.roundTo)))];
    }),
  );
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;
const isPositive = (value: number): boolean => value > 0;
const isNotBelowZero = (value: number): boolean => value >= 0;

function readRates(reading: Reading, given: unknown): Rates {
  const fields = reading.object(given, 'rates');
  const number = (name: string, isRight: (value: number) => boolean, wanted: string): number =>
    reading.number(fields[name], `rates.${name}`, isRight, wanted);
  const discounts = reading.list(fields['siblingDiscount'], 'rates.siblingDiscount', (one, path) =>
    reading.number(one, path, isShare, 'a share from 0 to 1'),
  );
  if (discounts.length === 0)
    reading.wrong('rates.siblingDiscount', 'the discount of the first child at least');
  return {
    maxMonthly: number('maxMonthly', isNotBelowZero, 'a number, 0 or more'),
    months: number('months', isPositive, 'a number above 0'),
    incomePct: number('incomePct', isShare, 'a share from 0 to 1, as 0.06 for six per cent'),
    siblingDiscount: discounts,
    siblingBase: reading.oneOf(fields['siblingBase'], 'rates.siblingBase', ['own', 'firstChild']),
    coreHours: number('coreHours', isNotBelowZero, 'a number, 0 or more'),
    coreIncomeLimit: number('coreIncomeLimit', isNotBelowZero, 'a number, 0 or more'),
    combine: reading.oneOf(fields['combine'], 'rates.combine', ['lowerOf', 'incomeThenCore']),
    roundTo: number('roundTo', (step) => step === 1 || step === 0.01, '1 or 0.01'),
  };
}

function readHousehold(reading: Reading, given: unknown): Household {
  const fields = reading.object(given, 'household');
  const { income = null } = fields;
  const children = reading.list(fields['children'], 'household.children', (one, path): Payer => {
    const child = reading.object(one, path);
    return {
      id: reading.id(child['id'], `${path}.id`),
      born: reading.day(child['born'], `${path}.born`),
      listPrice: reading.number(
        child['listPrice'],
        `${path}.listPrice`,
        isNotBelowZero,
        'a number, 0 or more',
      ),
      hours: reading.number(child['hours'], `${path}.hours`, isPositive, 'a number above 0'),
      coreEligible: reading.flag(child['coreEligible'] ?? false, `${path}.coreEligible`),
    };
  });
  reading.unique(
    children.map(({ id }) => id),
    (at) => `household.children[${at}].id`,
    'E_DUP_ID',
    'an id that no other has',
  );
  return {
    income:
      income === null
        ? null
        : reading.number(income, 'household.income', isNotBelowZero, 'a number, 0 or more, or null'),
    children,
  };
}

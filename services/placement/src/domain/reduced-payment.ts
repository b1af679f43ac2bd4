import type { Dated } from '@ranselpost/kit/pure/dated';
import { asOf } from '@ranselpost/kit/pure/dated';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Month, type Tariff, reducedMonths } from './start-and-price.ts';

export type PaidCare = 'kindergarten' | 'afterSchool';

/** What a household says of its income: kroner a year, or nothing, and then it pays the full price (PAY-06). */
export type StatedIncome =
  { readonly kind: 'stated'; readonly yearlyIncome: number } | { readonly kind: 'refused' };

export interface ReducedMonths {
  readonly first: Month;
  readonly last: Month;
}

export type ReductionRefusal = {
  readonly kind: 'E_HAS_REDUCTION' | 'PRICE_LIST_MISSING' | 'FEATURE_CLOSED';
};

/** A household applies to pay less: from the first full month after, until one applies anew; once at a time (PAY-08, SFO-04). */
export function decideReduction(
  lists: readonly Dated<Pick<Tariff, 'reductionEnds' | 'countsFirstDay'>>[],
  {
    today,
    hasOpen,
    isOpen,
  }: { readonly today: LocalDate; readonly hasOpen: boolean; readonly isOpen: boolean },
): Result<ReducedMonths, ReductionRefusal> {
  if (!isOpen) return refuse({ kind: 'FEATURE_CLOSED' });
  if (hasOpen) return refuse({ kind: 'E_HAS_REDUCTION' });
  if (!lists.some(({ from }) => from !== null && from <= today))
    return refuse({ kind: 'PRICE_LIST_MISSING' });
  return accept(reducedMonths(today, asOf(lists, today)));
}

export type ReductionVerdict =
  | { readonly verdict: 'granted'; readonly countedIncome: number; readonly reason: string | null }
  | { readonly verdict: 'refused'; readonly countedIncome: null; readonly reason: string };

export type VerdictRefusal = { readonly kind: 'E_NO_INCOME' | 'E_NO_REASON' };

/** Granted by an income that counts, which may be another than was stated; refused with reasons (PAY-06, ADM-02). */
export function decideReductionVerdict(
  stated: StatedIncome,
  wanted: {
    readonly verdict: ReductionVerdict['verdict'];
    readonly countedIncome: number | null;
    readonly reason: string | null;
  },
): Result<ReductionVerdict, VerdictRefusal> {
  const { verdict, countedIncome, reason } = wanted;
  if (verdict === 'refused')
    return reason === null
      ? refuse({ kind: 'E_NO_REASON' })
      : accept({ verdict, countedIncome: null, reason });
  if (stated.kind === 'refused' || countedIncome === null) return refuse({ kind: 'E_NO_INCOME' });
  return accept({ verdict, countedIncome, reason });
}

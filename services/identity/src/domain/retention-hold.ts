import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { LegalHold } from './retention.ts';

/** Somebody is kept from being erased, for a reason and until somebody says otherwise (RET-07). */
export interface RetentionHold {
  readonly holdId: string;
  readonly personId: string;
  readonly kind: LegalHold;
  readonly reviewOn: LocalDate;
  readonly placedBy: string;
  readonly placedAt: string;
  readonly liftedAt: string | null;
}

export interface HoldWish {
  readonly personId: string;
  readonly kind: LegalHold;
  readonly reviewOn: LocalDate;
  readonly reason: string | null;
}

export type HoldRefusal = {
  readonly kind: 'hold-stands' | 'hold-reason-missing' | 'hold-review-wrong' | 'hold-lifted';
};

const longestReview = 366;

/**
 * A hold has a reason, and a day to look at it again within a year: it does not end by itself. One of a kind is enough.
 * Answers the reason.
 */
export function decideHold(
  { kind, reviewOn, reason }: HoldWish,
  { standing, today }: { readonly standing: readonly LegalHold[]; readonly today: LocalDate },
): Result<string, HoldRefusal> {
  if (reason === null) return refuse({ kind: 'hold-reason-missing' });
  if (reviewOn <= today || reviewOn > addDays(today, longestReview))
    return refuse({ kind: 'hold-review-wrong' });
  return standing.includes(kind) ? refuse({ kind: 'hold-stands' }) : accept(reason);
}

export function decideLift(
  { liftedAt }: Pick<RetentionHold, 'liftedAt'>,
  reason: string | null,
): Result<string, HoldRefusal> {
  if (liftedAt !== null) return refuse({ kind: 'hold-lifted' });
  return reason === null ? refuse({ kind: 'hold-reason-missing' }) : accept(reason);
}

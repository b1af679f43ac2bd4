import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** A kindergarten that is wished for, and the brother or sister by whom it is, where there is one (P04). */
export interface Wish {
  readonly kindergarten: string;
  readonly sibling: string | null;
}

/** A wish as somebody has written it down. */
export interface WrittenWish extends Wish {
  readonly rank: number;
}

/** One thing that is wrong with a list of wishes, and with which wish, from 0; all of them are told (P07). */
export type WishProblem =
  | { readonly kind: 'E_NO_WISHES' }
  | { readonly kind: 'E_TOO_MANY_WISHES'; readonly limit: number }
  | { readonly kind: 'E_DUP_WISH' | 'E_UNKNOWN_K' | 'E_RANK' | 'E_SIBLING'; readonly at: number };

export interface WishTerms {
  readonly limit: number;
  /** Kindergartens that take part in the round. */
  readonly kindergartens: ReadonlySet<string>;
  /** Children whom whoever writes may name as brothers and sisters: their own, and not the one that applies. */
  readonly siblings: ReadonlySet<string>;
}

/** More than any round takes: what is longer is not even looked through. */
export const mostWishes = 50;

export const areTooMany = (written: readonly unknown[]): boolean => written.length > mostWishes;

/** The kindergartens, most wanted first. Ranks go from 1 to the number of wishes, each once; no kindergarten comes twice (BHG-04). */
export function decideWishes(
  written: readonly WrittenWish[],
  { limit, kindergartens, siblings }: WishTerms,
): Result<readonly Wish[], readonly WishProblem[]> {
  if (areTooMany(written)) return refuse([{ kind: 'E_TOO_MANY_WISHES', limit }]);
  const problems: WishProblem[] = [];
  if (written.length === 0) problems.push({ kind: 'E_NO_WISHES' });
  if (written.length > limit) problems.push({ kind: 'E_TOO_MANY_WISHES', limit });
  const [wished, ranks] = [new Set<string>(), new Set<number>()];
  for (const [at, { kindergarten, rank, sibling }] of written.entries()) {
    if (!kindergartens.has(kindergarten)) problems.push({ kind: 'E_UNKNOWN_K', at });
    if (wished.has(kindergarten)) problems.push({ kind: 'E_DUP_WISH', at });
    if (!Number.isInteger(rank) || rank < 1 || rank > written.length || ranks.has(rank))
      problems.push({ kind: 'E_RANK', at });
    if (sibling !== null && !siblings.has(sibling)) problems.push({ kind: 'E_SIBLING', at });
    wished.add(kindergarten);
    ranks.add(rank);
  }
  if (problems.length > 0) return refuse(problems);
  return accept(
    written
      .toSorted((one, other) => one.rank - other.rank)
      .map(({ kindergarten, sibling }) => ({ kindergarten, sibling })),
  );
}

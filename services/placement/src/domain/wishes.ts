import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';

/** A kindergarten that is wished for, as somebody has written it down. */
export interface WrittenWish {
  readonly kindergarten: string;
  readonly rank: number;
}

/** One thing that is wrong with a list of wishes, and with which wish, from 0; all of them are told (P07). */
export type WishProblem =
  | { readonly kind: 'E_NO_WISHES' }
  | { readonly kind: 'E_TOO_MANY_WISHES'; readonly limit: number }
  | { readonly kind: 'E_DUP_WISH' | 'E_UNKNOWN_K' | 'E_RANK'; readonly at: number };

export interface WishTerms {
  readonly limit: number;
  /** Kindergartens that take part in the round. */
  readonly kindergartens: ReadonlySet<string>;
}

/** The kindergartens, most wanted first. Ranks go from 1 to the number of wishes, each once; no kindergarten comes twice (BHG-04). */
export function decideWishes(
  written: readonly WrittenWish[],
  { limit, kindergartens }: WishTerms,
): Result<readonly string[], readonly WishProblem[]> {
  const problems: WishProblem[] = [];
  if (written.length === 0) problems.push({ kind: 'E_NO_WISHES' });
  if (written.length > limit) problems.push({ kind: 'E_TOO_MANY_WISHES', limit });
  const [wished, ranks] = [new Set<string>(), new Set<number>()];
  for (const [at, { kindergarten, rank }] of written.entries()) {
    if (!kindergartens.has(kindergarten)) problems.push({ kind: 'E_UNKNOWN_K', at });
    if (wished.has(kindergarten)) problems.push({ kind: 'E_DUP_WISH', at });
    if (!Number.isInteger(rank) || rank < 1 || rank > written.length || ranks.has(rank))
      problems.push({ kind: 'E_RANK', at });
    wished.add(kindergarten);
    ranks.add(rank);
  }
  if (problems.length > 0) return refuse(problems);
  return accept(
    written.toSorted((one, other) => one.rank - other.rank).map(({ kindergarten }) => kindergarten),
  );
}

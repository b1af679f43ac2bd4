import type { Run, Settled } from './allocate.ts';
import { compareClaims, ownerOf, poolOf } from './columns.ts';

/** Who asked for which pools, and how each pool ranks them: what waiting lists begin with when a round is published (placement § 9). */
export interface Lists {
  /** Applications by how the pool ranks them, first to last. Whoever keeps a place there is on no list for it. */
  readonly ranking: ReadonlyMap<string, readonly string[]>;
  /** Pools by how much the child wants them, most first: of one kindergarten, first those that are reserved for it. */
  readonly wishes: ReadonlyMap<string, readonly string[]>;
}

export function listsOf({ markets }: Pick<Run, 'markets'>): Lists {
  const ranking = new Map<string, readonly string[]>();
  const wishes = new Map<string, string[]>();
  for (const { market } of markets.filter(({ isFallback }) => !isFallback)) {
    const { columns, pools, applications } = market;
    const asked: number[][] = pools.map(() => []);
    for (const { id } of applications) wishes.set(id, []);
    for (const [claim, wish] of columns.wish.entries()) {
      if (wish === 0) continue;
      const pool = poolOf(columns, claim);
      asked[pool]!.push(claim);
      wishes.get(ownerName(market, claim))!.push(pools[pool]!.name);
    }
    for (const [pool, { name }] of pools.entries()) {
      const inOrder = asked[pool]!.sort((one, other) => compareClaims(columns, one, other));
      ranking.set(
        name,
        inOrder.map((claim) => ownerName(market, claim)),
      );
    }
  }
  return { ranking, wishes };
}

type Market = Settled['market'];

const ownerName = ({ columns, applications }: Market, claim: number): string =>
  applications[ownerOf(columns.start, claim)]!.id;

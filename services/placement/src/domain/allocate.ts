import { compareClaims, poolOf } from './columns.ts';
import {
  type Application,
  type Assignment,
  type Instance,
  type Kindergarten,
  type PoolResult,
  type Result,
  byCodeUnit,
  openPool,
} from './instance.ts';
import { type Market, type Town, fallbackMarketOf, familyAt, marketOf, townOf } from './market.ts';
import { type Matching, type Trace, heldBy, match } from './matching.ts';
import { withInstance } from './read-instance.ts';
import type { Refused } from './reading.ts';

/** A market that is over, or what fell back on what it left. */
export interface Settled {
  readonly group: string;
  readonly isFallback: boolean;
  readonly market: Market;
  readonly matching: Matching;
  /** The claim that each child holds, or -1. */
  readonly held: Int32Array;
}

/** A result with all that led to it. */
export interface Run {
  readonly result: Result;
  readonly markets: readonly Settled[];
  /** Families whose claims as twins were dropped, as they could not all be met; as `familyAt`. */
  readonly dropped: ReadonlySet<string>;
  readonly proposals: number;
}

/** Who gets which seat (placement § 6). The same to the byte for the same children, in whatever order they are given. */
export const allocate = (given: unknown): Result | Refused =>
  withInstance(given, (instance) => solve(instance).result);

export function solve(instance: Instance, trace?: Trace): Run {
  const town = townOf(instance);
  const dropped = new Set<string>();
  for (;;) {
    const run = once(town, dropped, trace);
    const split = splitTwins(instance, run.result, dropped);
    if (split.length === 0) return run;
    for (const claim of split) dropped.add(claim);
  }
}

/** Twins who claim a priority that holds only where all of them fit, and who do not all fit. */
function splitTwins(
  { applications }: Instance,
  { assigned }: Result,
  dropped: ReadonlySet<string>,
): readonly string[] {
  const claims = applications.flatMap(({ id, family, wishes }) =>
    wishes
      .filter(({ flags }) => family !== null && flags.includes('twins'))
      .map(({ k }) => ({ name: familyAt(family!, k), isMet: assigned[id]?.k === k })),
  );
  return [...Map.groupBy(claims, ({ name }) => name)]
    .filter(([name, all]) => !dropped.has(name) && new Set(all.map(({ isMet }) => isMet)).size === 2)
    .map(([name]) => name);
}

function once(town: Town, dropped: ReadonlySet<string>, trace: Trace | undefined): Run {
  const { config } = town.instance;
  const assigned = new Map<string, Assignment | null>(town.applications.map(({ id }) => [id, null]));
  const pools: [string, PoolResult][] = [];
  const markets: Settled[] = [];
  const siblings = new Set<string>();
  const converted = new Map<string, number>();
  let proposals = 0;
  for (const [turn, group] of config.markets.entries()) {
    const seats = ({ id, seats: given }: Kindergarten): number =>
      (given[group] ?? 0) + (converted.get(openPool(id, group)) ?? 0);
    const main = settle(group, marketOf(town, group, seats, { siblings, dropped }), false, trace);
    markets.push(main);
    proposals += main.matching.proposals;
    place(main, assigned);
    const found = poolsOf(main);
    if (config.convert?.from === group && config.markets.indexOf(config.convert.to) > turn)
      for (const one of found) convert(town, one, converted);
    if (config.fallback) {
      const open = new Map(
        found.filter(({ isReserved }) => !isReserved).map((one) => [one.kindergarten.id, one]),
      );
      const children = town.applications.filter(
        (one) => one.group === group && assigned.get(one.id) === null && one.flags.includes('right'),
      );
      const left = ({ id }: Kindergarten): number => open.get(id)!.seats - open.get(id)!.filled;
      const fallback = settle(group, fallbackMarketOf(town, group, children, left), true, trace);
      markets.push(fallback);
      proposals += fallback.matching.proposals;
      place(fallback, assigned);
      for (const { kindergarten, filled, lowest } of poolsOf(fallback)) {
        const one = open.get(kindergarten.id)!;
        one.filled += filled;
        // Nobody who fell back has pushed out a wish, so they rank behind all wishes.
        one.lowest = lowest ?? one.lowest;
      }
    }
    for (const { name, seats: all, filled, lowest } of found)
      pools.push([name, { seats: all, filled, lastAdmitted: filled === all ? lowest : null }]);
    if (config.siblingInRound) note(town, group, assigned, siblings);
  }
  const inOrder = pools.sort(([one], [other]) => byCodeUnit(one, other));
  return {
    result: { assigned: Object.fromEntries(assigned), pools: Object.fromEntries(inOrder) },
    ...{ markets, dropped, proposals },
  };
}

function settle(group: string, market: Market, isFallback: boolean, trace: Trace | undefined): Settled {
  const matching = match(market.columns, trace);
  return { group, isFallback, market, matching, held: heldBy(market.columns, matching) };
}

function place({ market, held, isFallback }: Settled, assigned: Map<string, Assignment | null>): void {
  const { columns, pools, applications } = market;
  for (const [child, { id }] of applications.entries()) {
    const claim = held[child]!;
    if (claim === -1) continue;
    const { name, kindergarten } = pools[poolOf(columns, claim)]!;
    const wish = columns.wish[claim]!;
    const how = isFallback ? 'fallback' : wish === 0 ? 'current' : 'wish';
    assigned.set(id, { k: kindergarten.id, pool: name, via: how, wish: how === 'wish' ? wish : null });
  }
}

interface Filled {
  readonly name: string;
  readonly kindergarten: Kindergarten;
  readonly isReserved: boolean;
  seats: number;
  filled: number;
  lowest: string | null;
}

function poolsOf({ market, matching, held }: Settled): Filled[] {
  const { columns, pools, applications } = market;
  const lowest = new Int32Array(pools.length).fill(-1);
  const whose = new Int32Array(pools.length);
  for (const [child, claim] of held.entries()) {
    if (claim === -1) continue;
    const at = poolOf(columns, claim);
    if (lowest[at] === -1 || compareClaims(columns, claim, lowest[at]!) > 0) {
      lowest[at] = claim;
      whose[at] = child;
    }
  }
  return pools.map((pool, at) => ({
    ...pool,
    seats: market.seats[at]!,
    filled: matching.filled[at]!,
    lowest: lowest[at] === -1 ? null : applications[whose[at]!]!.id,
  }));
}

/** Seats that nobody wants become seats of a later market. What is left over of a whole seat is given up here, and not there. */
function convert({ instance }: Town, pool: Filled, converted: Map<string, number>): void {
  const { to, ratio } = instance.config.convert!;
  const { id, seats, maxSeats, convertible } = pool.kindergarten;
  if (pool.isReserved || !convertible) return;
  const possible = Math.floor(((pool.seats - pool.filled) * ratio[1]) / ratio[0]);
  const made = Math.max(0, Math.min(possible, (maxSeats[to] ?? Number.POSITIVE_INFINITY) - (seats[to] ?? 0)));
  converted.set(openPool(id, to), made);
  pool.seats -= Math.ceil((made * ratio[0]) / ratio[1]);
}

function note(
  { applications }: Town,
  group: string,
  assigned: ReadonlyMap<string, Assignment | null>,
  siblings: Set<string>,
): void {
  const placed = (one: Application): string | undefined => assigned.get(one.id)?.k;
  for (const one of applications) {
    const k = placed(one);
    if (one.group === group && one.family !== null && k !== undefined) siblings.add(familyAt(one.family, k));
  }
}

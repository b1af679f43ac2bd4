import { type Run, type Settled, solve } from './allocate.ts';
import { compareClaims, firstDifference, ownerOf, poolOf } from './columns.ts';
import type { Application, Instance, Priority, Result } from './instance.ts';
import { withInstance } from './read-instance.ts';
import type { Refused } from './reading.ts';
import { resultDigest } from './snapshot.ts';

/** What became of one wish, and why. */
export type WishOutcome =
  { readonly k: string; readonly wish: number; readonly outcome: 'offered' | 'not-needed' } | Rejection;

export interface Rejection {
  readonly k: string;
  readonly wish: number;
  readonly outcome: 'rejected';
  /** Of the open pool. */
  readonly seats: number;
  /** Children who have listed the kindergarten, and want it more than a place that they have. */
  readonly applicants: number;
  readonly rank: number;
  /** Null where nobody was admitted, or where the last one kept a seat and had not asked for it. */
  readonly lastAdmittedRank: number | null;
  /** 1 and those ranked ahead who also wanted it more than what they got. */
  readonly queue: number;
  readonly decidedBy: Reason;
}

/** `flag:NAME` is for rules that look at flags one by one, and for `law18` where points are counted. */
export type Reason =
  | 'group'
  | 'points'
  | `flag:${string}`
  | 'age'
  | 'distance'
  | 'applied'
  | 'wishRank'
  | 'lottery'
  | 'id'
  | 'explicit'
  | 'incumbent'
  | 'capacity';

/** What became of each wish of an application, in their order (placement § 7). The result has to be what the engine gives. */
export const explain = (
  given: unknown,
  result: Result,
  applicationId: string,
): readonly WishOutcome[] | Refused =>
  withInstance(given, (instance) => {
    const run = solve(instance);
    // Reasons for another result than the one that was published would be no reasons.
    if (resultDigest(run.result) !== resultDigest(result)) return { errors: ['E_OTHER_RESULT'] };
    return explainer(instance, run)(applicationId) ?? { errors: ['E_UNKNOWN_APPLICATION'] };
  });

/** Explains one application after the other; what is ranked for one of them is kept for the next. */
export function explainer(
  instance: Instance,
  { result, markets }: Run,
): (applicationId: string) => readonly WishOutcome[] | undefined {
  const applications = new Map(instance.applications.map((one) => [one.id, one]));
  const mains = new Map(
    markets.filter(({ isFallback }) => !isFallback).map((settled) => [settled.group, rankedMarket(settled)]),
  );
  return (id) => {
    const application = applications.get(id);
    return application === undefined
      ? undefined
      : outcomesOf(application, result, mains.get(application.group)!);
  };
}

function outcomesOf(
  application: Application,
  { assigned, pools }: Result,
  market: RankedMarket,
): readonly WishOutcome[] {
  const { id, current, wishes } = application;
  const got = assigned[id] ?? null;
  const end = wishes.findIndex(({ k }) => k === current);
  return (end === -1 ? wishes : wishes.slice(0, end)).map(({ k }, at): WishOutcome => {
    const wish = at + 1;
    if (got?.via === 'wish' && got.wish === wish) return { k, wish, outcome: 'offered' };
    if (got?.via === 'wish' && got.wish! < wish) return { k, wish, outcome: 'not-needed' };
    return {
      k,
      wish,
      outcome: 'rejected',
      seats: pools[`${k}/${application.group}`]!.seats,
      ...market.rejection(k, id),
    };
  });
}

interface RankedMarket {
  readonly rejection: (k: string, id: string) => Omit<Rejection, 'k' | 'wish' | 'outcome' | 'seats'>;
}

/** Who asked for an open pool, first to last, and what each of them wanted it more than. */
interface Queue {
  readonly claims: readonly number[];
  readonly ranks: ReadonlyMap<number, number>;
  /** Of each place in the list, how many before it wanted the pool more than what they got. */
  readonly waiting: readonly number[];
  readonly lastAdmitted: number | null;
}

function rankedMarket({ market, held }: Settled): RankedMarket {
  const { columns, pools, applications } = market;
  const child = new Map(applications.map(({ id }, at) => [id, at]));
  const asked: number[][] = pools.map(() => []);
  for (let claim = 0; claim < columns.pool.length; claim += 1) asked[poolOf(columns, claim)]!.push(claim);
  const open = new Map(
    pools.flatMap(({ kindergarten, isReserved }, at) => (isReserved ? [] : [[kindergarten.id, at]])),
  );
  const queues = new Map<number, Queue>();

  const queueOf = (pool: number): Queue => {
    const known = queues.get(pool);
    if (known !== undefined) return known;
    const all = asked[pool]!.sort((one, other) => compareClaims(columns, one, other));
    const holds = (claim: number): boolean => held[ownerOf(columns.start, claim)] === claim;
    const claims = all.filter((claim) => columns.wish[claim] !== 0);
    let ahead = 0;
    const waiting = claims.map((claim) => {
      const before = ahead;
      const has = held[ownerOf(columns.start, claim)]!;
      const hasWish = has === -1 || columns.wish[has] === 0 ? Number.POSITIVE_INFINITY : columns.wish[has]!;
      if (columns.wish[claim]! < hasWish) ahead += 1;
      return before;
    });
    const queue = {
      ...{ claims, waiting, lastAdmitted: all.findLast(holds) ?? null },
      ranks: new Map(claims.map((claim, at) => [claim, at + 1])),
    };
    queues.set(pool, queue);
    return queue;
  };

  return {
    rejection: (k, id) => {
      const pool = open.get(k)!;
      const { claims, ranks, waiting, lastAdmitted } = queueOf(pool);
      const at = child.get(id)!;
      let mine = columns.start[at]!;
      while (poolOf(columns, mine) !== pool) mine += 1;
      const rank = ranks.get(mine)!;
      return {
        applicants: claims.length,
        rank,
        lastAdmittedRank: lastAdmitted === null ? null : (ranks.get(lastAdmitted) ?? null),
        queue: 1 + waiting[rank - 1]!,
        decidedBy: reasonOf(market, pools[pool]!.kindergarten.priority, mine, lastAdmitted),
      };
    },
  };
}

function reasonOf(
  { columns, places }: Settled['market'],
  priority: Priority,
  mine: number,
  lastAdmitted: number | null,
): Reason {
  if (lastAdmitted === null) return 'capacity';
  if (columns.wish[lastAdmitted] === 0) return 'incumbent';
  const [place, theirs] = [places[mine]!, places[lastAdmitted]!];
  if (place !== theirs) return placeReason(priority, place, theirs);
  const difference = firstDifference(columns, mine, lastAdmitted);
  return difference === 'age:oldest' || difference === 'age:youngest' ? 'age' : difference;
}

function placeReason(priority: Priority, mine: number, theirs: number): Reason {
  switch (priority.mode) {
    case 'firstMatch':
      return 'group';
    case 'explicit':
      return 'explicit';
    case 'lexicographic': {
      // The first flag is the highest digit of a place in base two.
      const { groups } = priority;
      const digit = (place: number, at: number): number =>
        Math.floor(place / 2 ** (groups.length - 1 - at)) % 2;
      return `flag:${groups.find((_flag, at) => digit(mine, at) !== digit(theirs, at))!}`;
    }
    case 'points': {
      const values = [...priority.points.values()];
      const span = values.reduce((sum, value) => sum + Math.abs(value), 0) + 1;
      return Math.floor(mine / span) === Math.floor(theirs / span) ? 'points' : 'flag:law18';
    }
  }
}

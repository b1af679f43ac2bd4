import type { Run } from './allocate.ts';
import { type Instance, type PoolResult, byCodeUnit } from './instance.ts';
import { type Lists, listsOf } from './lists.ts';
import type { Pinned } from './round-instance.ts';

/** What is to be done when a round is published (placement § 9). */
export interface Publication {
  readonly pools: readonly PublishedPool[];
  /** Who is asked whether they want the seat. */
  readonly offers: readonly Granted[];
  /** Who has asked for another place than their own and gets it: to ask is to move, so that the seat they leave is free for who got it. */
  readonly moves: readonly Granted[];
  /** Who keeps the place that they have. */
  readonly stays: readonly Granted[];
  /** Who got nothing. */
  readonly without: readonly string[];
  readonly lists: Lists;
}

export interface PublishedPool extends PoolName {
  readonly pool: string;
  readonly seats: number;
}

export interface Granted {
  readonly applicationId: string;
  readonly pool: string;
  /** The number of the wish that is met; null for a place that nobody wished for. Of one that is kept the engine knows none. */
  readonly wish: number | null;
}

export function publicationOf(
  { applications }: Pick<Instance, 'applications'>,
  run: Pick<Run, 'result' | 'markets'>,
  { pinned, moving }: { readonly pinned: readonly Pinned[]; readonly moving: ReadonlySet<string> },
): Publication {
  const { assigned, pools } = run.result;
  const hasCurrent = new Set([
    ...applications.flatMap(({ id, current }) => (current === null ? [] : [id])),
    ...moving,
  ]);
  const granted = [
    ...Object.entries(assigned).flatMap(([applicationId, got]) =>
      got === null ? [] : [{ applicationId, pool: got.pool, wish: got.wish, isKept: got.via === 'current' }],
    ),
    ...pinned.map(({ applicationId, pool }) => ({ applicationId, pool, wish: null, isKept: false })),
  ].toSorted((one, other) => byCodeUnit(one.applicationId, other.applicationId));
  const of = (wanted: (one: (typeof granted)[number]) => boolean): readonly Granted[] =>
    granted.filter(wanted).map(({ applicationId, pool, wish }) => ({ applicationId, pool, wish }));
  return {
    pools: withPinned(pools, pinned),
    stays: of(({ isKept }) => isKept),
    moves: of(({ isKept, applicationId }) => !isKept && hasCurrent.has(applicationId)),
    offers: of(({ isKept, applicationId }) => !isKept && !hasCurrent.has(applicationId)),
    without: Object.entries(assigned).flatMap(([id, got]) => (got === null ? [id] : [])),
    lists: listsOf(run),
  };
}

/** The seat of whoever is pinned was taken out before the rest was allocated, and is one all the same. */
function withPinned(
  pools: Readonly<Record<string, PoolResult>>,
  pinned: readonly Pinned[],
): readonly PublishedPool[] {
  const taken = Map.groupBy(pinned, ({ pool }) => pool);
  const seats = new Map(
    Object.entries(pools).map(([pool, found]) => [pool, found.seats + (taken.get(pool)?.length ?? 0)]),
  );
  return [...seats].map(([pool, number]) => ({ pool, seats: number, ...namesIn(pool) }));
}

export interface PoolName {
  readonly unitId: string;
  readonly group: string;
  readonly reserve: string | null;
}

/** What `K/group#reserve` is made of. */
export function namesIn(pool: string): PoolName {
  const at = pool.lastIndexOf('/');
  const [group, reserve = null] = pool.slice(at + 1).split('#') as [string, string?];
  return { unitId: pool.slice(0, at), group, reserve };
}

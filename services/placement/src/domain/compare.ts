import type { Application, Instance, Result } from './instance.ts';

/** How a result looks from above (placement § 10). */
export interface Summary {
  readonly children: number;
  /** How many got their first wish, their second, and so on. */
  readonly byWish: readonly number[];
  /** Who kept the place that they had, and who fell back on what is nearby. */
  readonly stayed: number;
  readonly nearby: number;
  readonly none: number;
  /** Of those with none, who has the right to a place: for the case worker's list. */
  readonly withRightWithout: readonly string[];
  readonly emptySeats: number;
  /** Families whose children are placed at more than one kindergarten, or some and some not. */
  readonly splitFamilies: readonly string[];
}

export interface Comparison {
  /** Who does better in the second by their own list, and who worse. */
  readonly gain: readonly string[];
  readonly lose: readonly string[];
  readonly first: Summary;
  readonly second: Summary;
  /** The same for the children of each group. */
  readonly byGroup: Readonly<Record<string, { readonly first: Summary; readonly second: Summary }>>;
}

/** Two results for the same children, where seats, rules, seed or overrides differ. */
export function compare(instance: Instance, first: Result, second: Result): Comparison {
  const { applications, config } = instance;
  const changes = applications.map((one) => ({
    id: one.id,
    by: standingIn(one, first) - standingIn(one, second),
  }));
  return {
    gain: changes.filter(({ by }) => by > 0).map(({ id }) => id),
    lose: changes.filter(({ by }) => by < 0).map(({ id }) => id),
    ...{ first: summaryOf(instance, first), second: summaryOf(instance, second) },
    byGroup: Object.fromEntries(
      config.markets.map((group) => [
        group,
        { first: summaryOf(instance, first, group), second: summaryOf(instance, second, group) },
      ]),
    ),
  };
}

/** All children, or those of a group. */
export function summaryOf({ applications }: Instance, { assigned, pools }: Result, group?: string): Summary {
  const children = applications.filter((one) => group === undefined || one.group === group);
  const got = children.map((one) => ({ one, place: assigned[one.id] ?? null }));
  const count = (via: 'current' | 'fallback'): number => got.filter(({ place }) => place?.via === via).length;
  const most = Math.max(0, ...children.map(({ wishes }) => wishes.length));
  const without = got.filter(({ place }) => place === null).map(({ one }) => one);
  const families = Map.groupBy(
    got.filter(({ one }) => one.family !== null),
    ({ one }) => one.family!,
  );
  const isOfGroup = (pool: string): boolean =>
    group === undefined || pool.slice(pool.lastIndexOf('/') + 1).split('#')[0] === group;
  return {
    children: children.length,
    byWish: Array.from(
      { length: most },
      (_none, at) => got.filter(({ place }) => place?.wish === at + 1).length,
    ),
    ...{ stayed: count('current'), nearby: count('fallback'), none: without.length },
    withRightWithout: without.filter(({ flags }) => flags.includes('right')).map(({ id }) => id),
    emptySeats: Object.entries(pools).reduce(
      (sum, [pool, { seats, filled }]) => sum + (isOfGroup(pool) ? seats - filled : 0),
      0,
    ),
    splitFamilies: [...families]
      .filter(([, all]) => new Set(all.map(({ place }) => place?.k ?? null)).size > 1)
      .map(([family]) => family),
  };
}

/** How far down its list a child has come; a place nearby is better than none, and keeping a place is what comes after all wishes. */
function standingIn({ id, wishes }: Application, { assigned }: Result): number {
  const place = assigned[id] ?? null;
  if (place === null) return wishes.length + 2;
  return place.wish ?? wishes.length + 1;
}

import type { Application, Instance, Result } from './instance.ts';
import {
  type PlainClaim,
  type PlainFound,
  compareStanding,
  plainClaims,
  plainConversion,
  plainNearby,
  plainSeats,
} from './plain.ts';

/** What must not be published. */
export type Fault =
  | { readonly kind: 'no-answer' | 'not-asked-for'; readonly application: string }
  | { readonly kind: 'over-full' | 'miscounted'; readonly pool: string }
  /** The child wants the pool more than what it got, and there is a seat, or one that went to a child ranked lower. */
  | { readonly kind: 'blocking'; readonly application: string; readonly pool: string };

/** Looks at a result from scratch, with none of the engine's code: nobody has a better claim to a seat that somebody else got. */
export function check(
  instance: Instance,
  result: Result,
  dropped: ReadonlySet<string> = new Set(),
): readonly Fault[] {
  const { config, kindergartens } = instance;
  const faults: Fault[] = [];
  const converted = new Map<string, number>();
  const placed = new Set<string>();
  const familyAt = (family: string, k: string): string => JSON.stringify([family, k]);
  const answer = ({ id }: Application) =>
    Object.hasOwn(result.assigned, id) ? result.assigned[id]! : undefined;
  for (const [turn, group] of config.markets.entries()) {
    const found: PlainFound = {
      hasSiblingAt: ({ family }, k) =>
        config.siblingInRound && family !== null && placed.has(familyAt(family, k)),
      areTwinsDroppedAt: ({ family }, k) => family !== null && dropped.has(familyAt(family, k)),
    };
    const children = instance.applications.filter((one) => one.group === group);
    const seats = plainSeats(instance, group, converted);
    const claims = new Map(children.map((one) => [one, plainClaims(instance, one, found)]));
    const first = occupantsOf(children, claims, (one) =>
      answer(one)?.via === 'fallback' ? null : answer(one),
    );
    faults.push(...first.faults, ...blocking(claims, first.occupants, first.got, seats));

    const filled = new Map([...first.occupants].map(([pool, all]) => [pool, all.length]));
    for (const one of kindergartens) {
      const pool = `${one.id}/${group}`;
      if (config.convert?.from !== group || config.markets.indexOf(config.convert.to) < turn) continue;
      const { made, given } = plainConversion(instance, one, seats.get(pool)! - (filled.get(pool) ?? 0));
      converted.set(`${one.id}/${config.convert.to}`, made);
      seats.set(pool, seats.get(pool)! - given);
    }

    const without = children.filter((one) => answer(one) === null || answer(one)?.via === 'fallback');
    const nearby = new Map(
      without.map((one) => [
        one,
        config.fallback && one.flags.includes('right') ? plainNearby(instance, one) : [],
      ]),
    );
    const left = new Map([...seats].map(([pool, count]) => [pool, count - (filled.get(pool) ?? 0)]));
    const second = occupantsOf(without, nearby, answer);
    faults.push(...second.faults, ...blocking(nearby, second.occupants, second.got, left));

    for (const [pool, count] of seats) {
      const taken = (filled.get(pool) ?? 0) + (second.occupants.get(pool)?.length ?? 0);
      if (taken > count) faults.push({ kind: 'over-full', pool });
      const told = Object.hasOwn(result.pools, pool) ? result.pools[pool] : undefined;
      if (told?.seats !== count || told.filled !== taken) faults.push({ kind: 'miscounted', pool });
    }
    for (const one of children)
      if (one.family !== null && answer(one) != null) placed.add(familyAt(one.family, answer(one)!.k));
  }
  return faults;
}

type Claims = ReadonlyMap<Application, readonly PlainClaim[]>;

function occupantsOf(
  children: readonly Application[],
  claims: Claims,
  answer: (application: Application) => Result['assigned'][string] | undefined,
) {
  const occupants = new Map<string, PlainClaim[]>();
  const got = new Map<Application, PlainClaim | null>();
  const faults: Fault[] = [];
  for (const child of children) {
    const told = answer(child);
    if (told === undefined) faults.push({ kind: 'no-answer', application: child.id });
    const claim = claims
      .get(child)!
      .find(
        ({ pool, k, via, wish }) =>
          pool === told?.pool && k === told.k && via === told.via && wish === told.wish,
      );
    if (told != null && claim === undefined) faults.push({ kind: 'not-asked-for', application: child.id });
    got.set(child, claim ?? null);
    if (claim !== undefined) occupants.set(claim.pool, [...(occupants.get(claim.pool) ?? []), claim]);
  }
  return { occupants, got, faults };
}

function blocking(
  claims: Claims,
  occupants: ReadonlyMap<string, readonly PlainClaim[]>,
  got: ReadonlyMap<Application, PlainClaim | null>,
  seats: ReadonlyMap<string, number>,
): readonly Fault[] {
  const lowest = new Map<string, PlainClaim>();
  for (const [pool, all] of occupants)
    for (const one of all) {
      const low = lowest.get(pool);
      if (low === undefined || compareStanding(one.standing, low.standing) > 0) lowest.set(pool, one);
    }
  return [...claims].flatMap(([child, wanted]) => {
    const has = got.get(child) ?? null;
    const better = has === null ? wanted : wanted.slice(0, wanted.indexOf(has));
    return better
      .filter(({ pool, standing }) => {
        const isFree = (occupants.get(pool)?.length ?? 0) < (seats.get(pool) ?? 0);
        const low = lowest.get(pool);
        return isFree || (low !== undefined && compareStanding(standing, low.standing) < 0);
      })
      .map(({ pool }): Fault => ({ kind: 'blocking', application: child.id, pool }));
  });
}

import type { Application, Assignment, Instance, PoolResult, Result } from '../instance.ts';
import {
  type PlainClaim,
  type PlainFound,
  compareStanding,
  plainClaims,
  plainConversion,
  plainNearby,
  plainSeats,
} from '../plain.ts';

/** Who asked which pool, and who was turned away by it. */
export interface PlainProposal {
  readonly application: string;
  readonly pool: string;
  readonly out: string | null;
}

export interface PlainRun {
  readonly result: Result;
  readonly trace: readonly PlainProposal[];
  readonly dropped: ReadonlySet<string>;
}

export interface Asking {
  readonly application: Application;
  readonly claims: readonly PlainClaim[];
  next: number;
}

/** The same allocation as the engine's, with objects, and a pool's list sorted whenever somebody asks: an oracle, written to be read. */
export function plainAllocate(instance: Instance): PlainRun {
  const dropped = new Set<string>();
  const trace: PlainProposal[] = [];
  for (;;) {
    const result = plainOnce(instance, dropped, trace);
    const before = dropped.size;
    const families = new Set(
      instance.applications.map(({ family }) => family).filter((family) => family !== null),
    );
    for (const family of families)
      for (const { id: k } of instance.kindergartens) {
        const claiming = instance.applications.filter(
          (one) =>
            one.family === family && one.wishes.some((wish) => wish.k === k && wish.flags.includes('twins')),
        );
        const met = claiming.filter(({ id }) => result.assigned[id]?.k === k);
        if (met.length > 0 && met.length < claiming.length) dropped.add(JSON.stringify([family, k]));
      }
    if (dropped.size === before) return { result, trace, dropped };
  }
}

function plainOnce(instance: Instance, dropped: ReadonlySet<string>, trace: PlainProposal[]): Result {
  const { config, kindergartens, applications } = instance;
  const assigned: Record<string, Assignment | null> = Object.fromEntries(
    applications.map(({ id }) => [id, null]),
  );
  const pools: Record<string, PoolResult> = {};
  const converted = new Map<string, number>();
  const order = new Map<string, number>();
  for (const { id, reserved } of [...kindergartens].sort((one, other) => (one.id < other.id ? -1 : 1)))
    for (const group of config.markets) {
      order.set(`${id}/${group}`, order.size);
      for (const one of reserved.filter((reserve) => reserve.group === group))
        order.set(`${id}/${group}#${one.id}`, order.size);
    }
  const placed = new Set<string>();
  for (const [turn, group] of config.markets.entries()) {
    const found: PlainFound = {
      hasSiblingAt: ({ family }, k) =>
        config.siblingInRound && family !== null && placed.has(`${family}\n${k}`),
      areTwinsDroppedAt: ({ family }, k) => family !== null && dropped.has(JSON.stringify([family, k])),
    };
    const children = applications.filter((one) => one.group === group);
    const seats = plainSeats(instance, group, converted);
    const first = children.map((application) => ({
      application,
      claims: plainClaims(instance, application, found),
      next: 0,
    }));
    const main = deferredAcceptance(first, seats, order, trace);
    take(main, assigned);
    if (config.convert?.from === group && config.markets.indexOf(config.convert.to) > turn)
      for (const one of kindergartens) {
        const pool = `${one.id}/${group}`;
        const { made, given } = plainConversion(instance, one, seats.get(pool)! - main.get(pool)!.length);
        converted.set(`${one.id}/${config.convert.to}`, made);
        seats.set(pool, seats.get(pool)! - given);
      }
    const left = new Map([...seats].map(([pool, count]) => [pool, count - main.get(pool)!.length]));
    const second = children
      .filter(({ id, flags }) => config.fallback && assigned[id] === null && flags.includes('right'))
      .map((application) => ({ application, claims: plainNearby(instance, application), next: 0 }));
    const nearby = deferredAcceptance(second, left, order, trace);
    take(nearby, assigned);
    for (const [pool, count] of seats) {
      const all = [...main.get(pool)!, ...nearby.get(pool)!];
      const last = all.at(-1)?.application.id ?? null;
      pools[pool] = { seats: count, filled: all.length, lastAdmitted: all.length === count ? last : null };
    }
    for (const { id, family } of children)
      if (family !== null && assigned[id] != null) placed.add(`${family}\n${assigned[id].k}`);
  }
  return { assigned, pools };
}

type Held = Map<string, Asking[]>;

/** Children ask, and pools keep the best of them: what a pool holds is sorted, first to last. */
export function deferredAcceptance(
  children: readonly Asking[],
  seats: ReadonlyMap<string, number>,
  order: ReadonlyMap<string, number>,
  trace: PlainProposal[],
): Held {
  const held: Held = new Map([...seats.keys()].map((pool) => [pool, []]));
  const first = ({ claims }: Asking): number => (claims[0] === undefined ? -1 : order.get(claims[0].pool)!);
  const byId = (one: Asking, other: Asking): number => (one.application.id < other.application.id ? -1 : 1);
  for (const child of [...children].sort((one, other) => first(one) - first(other) || byId(one, other))) {
    let asking: Asking | undefined = child;
    while (asking !== undefined) {
      const claim: PlainClaim | undefined = asking.claims[asking.next];
      if (claim === undefined) break;
      const list: Asking[] = held.get(claim.pool)!;
      list.push(asking);
      list.sort((one, other) => compareStanding(standing(one), standing(other)));
      const out: Asking | undefined = list.length > seats.get(claim.pool)! ? list.pop() : undefined;
      trace.push({ application: asking.application.id, pool: claim.pool, out: out?.application.id ?? null });
      if (out !== undefined) out.next += 1;
      asking = out;
    }
  }
  return held;
}

const standing = ({ claims, next }: Asking): PlainClaim['standing'] => claims[next]!.standing;

function take(held: Held, assigned: Record<string, Assignment | null>): void {
  for (const list of held.values())
    for (const { application, claims, next } of list) {
      const { k, pool, via, wish } = claims[next]!;
      assigned[application.id] = { k, pool, via, wish };
    }
}

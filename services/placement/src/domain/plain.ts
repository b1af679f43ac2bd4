import type { Application, Instance, Kindergarten, Wish } from './instance.ts';
import { sha256Hex } from './sha256.ts';

/*
 * The rules of placement § 4 and § 6.3 once more, written to be read and not to be fast: for the checker and for the engine's oracle.
 * Nothing here is the engine's but the words of an instance and the digest, and it is to stay so: what is checked by its own code
 * is not checked.
 */

/** What two children are compared by at a pool, first to last; smaller first. */
export type Standing = readonly (number | string)[];

export interface PlainClaim {
  readonly pool: string;
  readonly k: string;
  readonly standing: Standing;
  readonly via: 'wish' | 'current' | 'fallback';
  readonly wish: number | null;
}

/** What the round itself has found out: that a sibling is placed somewhere, and that twins do not all fit somewhere. */
export interface PlainFound {
  readonly hasSiblingAt: (application: Application, k: string) => boolean;
  readonly areTwinsDroppedAt: (application: Application, k: string) => boolean;
}

export function compareStanding(one: Standing, other: Standing): number {
  for (const [at, mine] of one.entries()) {
    const theirs = other[at]!;
    if (mine !== theirs) return mine < theirs ? -1 : 1;
  }
  return 0;
}

export function plainLottery({ seed, config }: Instance, application: Application, k: string): number {
  const unit =
    config.lotteryUnit === 'family' && application.family !== null ? application.family : application.id;
  const pool = config.tieBreak === 'multiple' ? `|${k}/${application.group}` : '';
  return Number.parseInt(sha256Hex(`${seed}|${unit}${pool}`).slice(0, 12), 16);
}

function placeByRule(
  { priority }: Kindergarten,
  application: Application,
  has: (flag: string) => boolean,
): number[] {
  switch (priority.mode) {
    case 'firstMatch': {
      const at = priority.groups.findIndex((flag) => has(flag));
      return [at < 0 ? priority.groups.length : at];
    }
    case 'lexicographic':
      return priority.groups.map((flag) => (has(flag) ? 0 : 1));
    case 'points': {
      let sum = 0;
      for (const [flag, points] of priority.points) if (has(flag)) sum += points;
      return [has('law18') ? 0 : 1, -sum];
    }
    case 'explicit': {
      const at = priority.order.indexOf(application.id);
      return [at < 0 ? priority.order.length : at];
    }
  }
}

/** How a child stands at a kindergarten with a wish that is its `rank`th. */
function standingOf(
  instance: Instance,
  kindergarten: Kindergarten,
  application: Application,
  { wish, rank }: { readonly wish: Wish; readonly rank: number },
  has: (flag: string) => boolean,
): Standing {
  const missing = Number.POSITIVE_INFINITY;
  const further = kindergarten.priority.criteria.map((criterion) => {
    switch (criterion) {
      case 'age:oldest':
        return Date.parse(application.born);
      case 'age:youngest':
        return -Date.parse(application.born);
      case 'distance':
        return wish.distance ?? missing;
      case 'applied':
        // No text that is given begins with this one.
        return application.appliedAt ?? '\uFFFF';
      case 'wishRank':
        return rank;
    }
  });
  const number = plainLottery(instance, application, kindergarten.id);
  return [...placeByRule(kindergarten, application, has), ...further, number, application.id];
}

/** What a child asks for, one after the other (§ 6.3). */
export function plainClaims(instance: Instance, application: Application, found: PlainFound): PlainClaim[] {
  const claims: PlainClaim[] = [];
  for (const [at, wish] of application.wishes.entries()) {
    if (wish.k === application.current) break;
    const kindergarten = instance.kindergartens.find(({ id }) => id === wish.k)!;
    const flags = new Set([...application.flags, ...wish.flags]);
    if (
      wish.flags.includes('twins') &&
      !application.flags.includes('twins') &&
      found.areTwinsDroppedAt(application, wish.k)
    )
      flags.delete('twins');
    if (found.hasSiblingAt(application, wish.k)) flags.add('sibling');
    const standing = standingOf(instance, kindergarten, application, { wish, rank: at + 1 }, (flag) =>
      flags.has(flag),
    );
    const open = `${wish.k}/${application.group}`;
    const kept = kindergarten.reserved.filter(({ group }) => group === application.group);
    const claim = (pool: string, tier: number): PlainClaim => ({
      ...{ pool, k: wish.k, standing: [tier, ...standing], via: 'wish', wish: at + 1 },
    });
    for (const { id, flag } of kept) if (flags.has(flag)) claims.push(claim(`${open}#${id}`, 1));
    claims.push(claim(open, 1));
    for (const { id, flag, soft } of kept)
      if (soft && !flags.has(flag)) claims.push(claim(`${open}#${id}`, 2));
  }
  const k = application.current;
  if (k !== null)
    claims.push({
      pool: `${k}/${application.group}`,
      k,
      standing: [0, application.id],
      via: 'current',
      wish: null,
    });
  return claims;
}

/** What a child with the right asks for who got none of its wishes (§ 6.6). */
export function plainNearby(instance: Instance, application: Application): PlainClaim[] {
  const far = Number.POSITIVE_INFINITY;
  const nearest = [...application.nearby].sort((one, other) =>
    compareStanding([one.distance ?? far, one.k], [other.distance ?? far, other.k]),
  );
  return nearest.map((wish, at) => {
    const kindergarten = instance.kindergartens.find(({ id }) => id === wish.k)!;
    const flags = new Set([...application.flags, ...wish.flags]);
    const standing = standingOf(instance, kindergarten, application, { wish, rank: at + 1 }, (flag) =>
      flags.has(flag),
    );
    return { pool: `${wish.k}/${application.group}`, k: wish.k, standing, via: 'fallback', wish: null };
  });
}

/** Seats of each pool of a group before anything is converted in it: what is decided, less what is kept apart, and those of who stays. */
export function plainSeats(
  { kindergartens, applications }: Instance,
  group: string,
  converted: ReadonlyMap<string, number>,
): Map<string, number> {
  const seats = new Map<string, number>();
  for (const { id, seats: given, reserved } of kindergartens) {
    const open = `${id}/${group}`;
    let count = (given[group] ?? 0) + (converted.get(open) ?? 0);
    for (const reserve of reserved.filter((one) => one.group === group)) {
      count -= reserve.seats;
      seats.set(`${open}#${reserve.id}`, reserve.seats);
    }
    for (const one of applications) if (one.current === id && one.group === group) count += 1;
    seats.set(open, count);
  }
  return seats;
}

/** How many seats of a pool become how many of another group (§ 6.5). */
export function plainConversion(
  { config: { convert } }: Instance,
  { convertible, maxSeats, seats }: Kindergarten,
  unused: number,
): { readonly made: number; readonly given: number } {
  if (convert === null || !convertible) return { made: 0, given: 0 };
  const [from, to] = convert.ratio;
  const room =
    maxSeats[convert.to] === undefined ? unused * to : maxSeats[convert.to]! - (seats[convert.to] ?? 0);
  const made = Math.max(0, Math.min(Math.floor((unused * to) / from), room));
  return { made, given: Math.ceil((made * from) / to) };
}

import { type Columns, fillKeys, incumbent, type Rule, withoutFlag } from './columns.ts';
import {
  type Application,
  type Instance,
  type Kindergarten,
  type Wish,
  byCodeUnit,
  openPool,
  reservedPool,
} from './instance.ts';
import { lottery } from './lottery.ts';
import { inOrder, orderByFirst } from './order.ts';
import { type Ranker, rankerOf } from './place.ts';

/** Children of one group who ask for seats, as columns and with what they stand for. */
export interface Market {
  readonly columns: Columns;
  /** The pools' names, and the kindergarten and reserve of each. */
  readonly pools: readonly Pool[];
  /** Whose claims they are, in the order of the columns. */
  readonly applications: readonly Application[];
  /** How many seats each pool has; the columns count no more than there are children. */
  readonly seats: readonly number[];
  /** The place of each claim by groups or points, before it became a key. */
  readonly places: Float64Array;
}

export interface Pool {
  readonly name: string;
  readonly kindergarten: Kindergarten;
  readonly isReserved: boolean;
}

/** What earlier markets and earlier tries have brought about. */
export interface Found {
  /** Kindergartens where somebody of a family was placed in an earlier market, as `familyAt`. */
  readonly siblings: ReadonlySet<string>;
  /** Families whose claims as twins at a kindergarten count no longer, as `familyAt`. */
  readonly dropped: ReadonlySet<string>;
}

export const familyAt = (family: string, kindergarten: string): string =>
  JSON.stringify([family, kindergarten]);

interface Claim {
  readonly pool: number;
  readonly place: number;
  readonly distance: number;
  /** 0 where it is no wish but the place that the child has. */
  readonly wish: number;
}

interface Doors {
  readonly open: number;
  readonly reserved: readonly { readonly pool: number; readonly flag: string; readonly soft: boolean }[];
  readonly ranker: Ranker;
}

/** What stands for an instance, whoever asks for what: kindergartens by name, with what they rank by. */
export interface Town {
  readonly instance: Instance;
  readonly kindergartens: readonly Kindergarten[];
  readonly rankers: ReadonlyMap<string, Ranker>;
  readonly applications: readonly Application[];
  /** The lottery number of an application, at the open pool of a kindergarten. */
  readonly draw: (application: Application, pool: string) => number;
}

export function townOf(instance: Instance): Town {
  const { lotteryUnit, tieBreak } = instance.config;
  const drawn = lottery(instance.seed);
  const unit = ({ id, family }: Application): string => (lotteryUnit === 'family' ? (family ?? id) : id);
  const byId = (one: { id: string }, other: { id: string }): number => byCodeUnit(one.id, other.id);
  return {
    instance,
    kindergartens: instance.kindergartens.toSorted(byId),
    rankers: new Map(instance.kindergartens.map(({ id, priority }) => [id, rankerOf(priority)])),
    applications: instance.applications.toSorted(byId),
    draw: (application, pool) =>
      drawn(tieBreak === 'multiple' ? `${unit(application)}|${pool}` : unit(application)),
  };
}

/** The market of a group with all its wishes. `seats` are those of each kindergarten for the group, with what was converted. */
export function marketOf(
  town: Town,
  group: string,
  seats: (kindergarten: Kindergarten) => number,
  found: Found,
): Market {
  const children = town.applications.filter((one) => one.group === group);
  const staying = new Map<string, number>();
  for (const { current } of children)
    if (current !== null) staying.set(current, (staying.get(current) ?? 0) + 1);
  const pools: Pool[] = [];
  const capacity: number[] = [];
  const doors = new Map<string, Doors>();
  for (const kindergarten of town.kindergartens) {
    const kept = kindergarten.reserved.filter((reserve) => reserve.group === group);
    const keptSeats = kept.reduce((sum, reserve) => sum + reserve.seats, 0);
    const open = pools.length;
    pools.push({ name: openPool(kindergarten.id, group), kindergarten, isReserved: false });
    capacity.push(seats(kindergarten) - keptSeats + (staying.get(kindergarten.id) ?? 0));
    const reserved = kept.map((reserve) => {
      pools.push({ name: reservedPool(kindergarten.id, reserve), kindergarten, isReserved: true });
      capacity.push(reserve.seats);
      return { pool: pools.length - 1, flag: reserve.flag, soft: reserve.soft };
    });
    doors.set(kindergarten.id, { open, reserved, ranker: town.rankers.get(kindergarten.id)! });
  }
  const lists = children.map((application) => listOf(application, doors, found));
  return layOut(town, pools, capacity, children, lists);
}

/** The market in which children who got nothing ask for what is left nearby. `seats` are those left in each open pool. */
export function fallbackMarketOf(
  town: Town,
  group: string,
  children: readonly Application[],
  seats: (kindergarten: Kindergarten) => number,
): Market {
  const at = new Map(town.kindergartens.map(({ id }, index) => [id, index]));
  const pools = town.kindergartens.map((kindergarten) => ({
    ...{ name: openPool(kindergarten.id, group), kindergarten, isReserved: false },
  }));
  const lists = children.map((application) =>
    application.nearby
      .toSorted(
        (one, other) =>
          (one.distance ?? Number.POSITIVE_INFINITY) - (other.distance ?? Number.POSITIVE_INFINITY) ||
          byCodeUnit(one.k, other.k),
      )
      .map((wish, index): Claim => {
        const has = (flag: string): boolean => application.flags.includes(flag) || wish.flags.includes(flag);
        const place = town.rankers.get(wish.k)!.place(application, wish, has);
        return { pool: at.get(wish.k)!, place, distance: distanceOf(wish), wish: index + 1 };
      }),
  );
  return layOut(town, pools, town.kindergartens.map(seats), children, lists);
}

const distanceOf = ({ distance }: Wish): number => distance ?? Number.POSITIVE_INFINITY;

/** The pools that a child asks for, one after the other. Whoever has a place asks for nothing that it wants less, and then for its own. */
function listOf(application: Application, doors: ReadonlyMap<string, Doors>, found: Found): readonly Claim[] {
  const { current, family, wishes } = application;
  const cut = current === null ? -1 : wishes.findIndex(({ k }) => k === current);
  const claims = (cut === -1 ? wishes : wishes.slice(0, cut)).flatMap((wish, index): readonly Claim[] => {
    const isSibling = family !== null && found.siblings.has(familyAt(family, wish.k));
    const isDropped = family !== null && found.dropped.has(familyAt(family, wish.k));
    const has = (flag: string): boolean =>
      application.flags.includes(flag) ||
      (wish.flags.includes(flag) && !(isDropped && flag === 'twins')) ||
      (isSibling && flag === 'sibling');
    const { open, reserved, ranker } = doors.get(wish.k)!;
    const place = ranker.place(application, wish, has);
    const claim = (pool: number, above = 0): Claim => ({
      ...{ pool, place: place + above, distance: distanceOf(wish), wish: index + 1 },
    });
    return [
      ...reserved.filter(({ flag }) => has(flag)).map(({ pool }) => claim(pool)),
      claim(open),
      ...reserved.filter(({ flag, soft }) => soft && !has(flag)).map(({ pool }) => claim(pool, withoutFlag)),
    ];
  });
  if (current === null) return claims;
  return [...claims, { pool: doors.get(current)!.open, place: incumbent, distance: 0, wish: 0 }];
}

/** `children` are in the order of their ids, and `lists` are theirs. */
function layOut(
  town: Town,
  pools: readonly Pool[],
  capacity: readonly number[],
  children: readonly Application[],
  lists: readonly (readonly Claim[])[],
): Market {
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  const rules = new Map<string, { readonly at: number; readonly rule: Rule }>();
  const ruleOf = Int32Array.from(pools, ({ kindergarten: { id, priority } }) => {
    const rule = { places: town.rankers.get(id)!.places, criteria: priority.criteria };
    const name = JSON.stringify(rule);
    const known = rules.get(name) ?? { at: rules.size, rule };
    rules.set(name, known);
    return known.at;
  });
  const isDrawnPerPool = town.instance.config.tieBreak === 'multiple';
  const times = [...new Set(children.flatMap(({ appliedAt }) => appliedAt ?? []))].sort();
  const ordinal = new Map(times.map((time, at) => [time, at]));
  const inIdOrder: Columns = {
    start: new Int32Array(children.length + 1),
    pool: new Int32Array(count),
    key: new Float64Array(count),
    capacity: Int32Array.from(capacity, (seats) => Math.min(seats, children.length)),
    ruleOf,
    rules: [...rules.values()].map(({ rule }) => rule),
    born: Int32Array.from(children, ({ born }) => dayNumber(born)),
    applied: Int32Array.from(children, ({ appliedAt }) => ordinal.get(appliedAt ?? '') ?? times.length),
    id: Int32Array.from(children, (_child, at) => at),
    lottery: new Float64Array(isDrawnPerPool ? count : children.length),
    isDrawnPerPool,
    distance: new Float64Array(count),
    wish: new Int32Array(count),
  };
  let at = 0;
  for (const [child, list] of lists.entries()) {
    const application = children[child]!;
    for (const [place, claim] of list.entries()) {
      inIdOrder.pool[at] = place === list.length - 1 ? ~claim.pool : claim.pool;
      inIdOrder.key[at] = claim.place;
      inIdOrder.distance[at] = claim.distance;
      inIdOrder.wish[at] = claim.wish;
      if (isDrawnPerPool) {
        const { kindergarten } = pools[claim.pool]!;
        inIdOrder.lottery[at] = town.draw(application, openPool(kindergarten.id, application.group));
      }
      at += 1;
    }
    inIdOrder.start[child + 1] = at;
    if (!isDrawnPerPool) inIdOrder.lottery[child] = town.draw(application, '');
  }
  const order = orderByFirst(inIdOrder);
  const columns = inOrder(inIdOrder, order);
  const places = columns.key.slice();
  fillKeys(columns);
  return {
    columns,
    pools,
    seats: capacity,
    applications: Array.from(order, (child) => children[child]!),
    places,
  };
}

/** A number that grows with the day; days that there are have one each. */
const dayNumber = (day: string): number =>
  (Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))) * 31 + Number(day.slice(8, 10));

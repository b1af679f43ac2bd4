import { type Columns, withoutFlag } from '../../services/placement/src/domain/columns.ts';
import { lotteryEnd } from '../../services/placement/src/domain/lottery.ts';
import { inOrder, orderByFirst } from '../../services/placement/src/domain/order.ts';

/** The same numbers in every run (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Of a hundred: children by law first, with a sibling there, with the right, and the rest. */
const groupOf = (at: number): number => (at < 0.02 ? 0 : at < 0.2 ? 1 : at < 0.85 ? 2 : 3);

/**
 * A country along a line: children live somewhere on it and want five to ten kindergartens, most of them near, some liked more than others. About
 * 13 seats a kindergarten, so that one child in ten or so gets none of its wishes. Keys hold places only, as before `fillKeys`. `isByHome`: the
 * children come in the order of where they live, which is nearly that of their first wishes.
 */
export function townOfColumns(children: number, kindergartens: number, isByHome = false): Columns {
  const random = chance(1);
  const start = new Int32Array(children + 1);
  for (let child = 0; child < children; child += 1)
    start[child + 1] = start[child]! + 5 + Math.floor(random() * 6);
  const claims = start[children]!;
  const columns: Columns = {
    ...{ start, pool: new Int32Array(claims), key: new Float64Array(claims) },
    capacity: Int32Array.from({ length: kindergartens }, () => 8 + Math.floor(random() * 11)),
    ruleOf: new Int32Array(kindergartens),
    rules: [{ places: 4, criteria: ['age:oldest'] }],
    born: new Int32Array(children),
    applied: new Int32Array(0),
    id: Int32Array.from({ length: children }, (_none, at) => at),
    lottery: new Float64Array(children),
    isDrawnPerPool: false,
    ...{ distance: new Float64Array(0), wish: new Int32Array(0) },
  };
  const taken = new Int32Array(10);
  for (let child = 0; child < children; child += 1) {
    columns.born[child] = Math.floor(random() * 365);
    columns.lottery[child] = Math.floor(random() * lotteryEnd);
    const home = Math.floor((isByHome ? child / children : random()) * kindergartens);
    const from = start[child]!;
    const count = start[child + 1]! - from;
    const group = groupOf(random());
    for (let at = 0; at < count; at += 1) {
      let pool = 0;
      do {
        // One wish in ten is anywhere: near work, or with grandparents. Of those near, every third kindergarten is liked more.
        const near = home + Math.floor((random() + random() - 1) * 20);
        const liked = random() < 0.5 ? near - (near % 3) : near;
        pool =
          random() < 0.1 ? Math.floor(random() * kindergartens) : (liked + kindergartens) % kindergartens;
      } while (taken.subarray(0, at).includes(pool));
      taken[at] = pool;
      columns.pool[from + at] = at === count - 1 ? ~pool : pool;
      columns.key[from + at] = group === 1 && at > 0 ? 2 : group;
    }
  }
  return columns;
}

export const ordered = (columns: Columns): Columns => inOrder(columns, orderByFirst(columns));

/** The same as an instance of plain data, as a municipality would send it. */
export function instanceOfColumns({ start, pool, key, capacity, born }: Columns): object {
  const named = (letter: string, at: number): string => `${letter}${String(at).padStart(7, '0')}`;
  const groups = ['law18', 'sibling', 'right'];
  const first = Date.UTC(2023, 0, 1);
  return {
    ...{ format: 'placement-instance/1', seed: 'bench', config: { markets: ['small'], maxWishes: 10 } },
    kindergartens: Array.from(capacity, (small, at) => ({
      ...{ id: named('K', at), seats: { small } },
      priority: { mode: 'firstMatch', groups, ['then']: ['age:oldest'] },
    })),
    applications: Array.from({ length: start.length - 1 }, (_none, child) => ({
      ...{ id: named('c', child), group: 'small' },
      born: new Date(first + born[child]! * 86_400_000).toISOString().slice(0, 10),
      flags: key[start[child]!]! === 0 ? ['law18'] : key[start[child]!]! < 3 ? ['right'] : [],
      wishes: Array.from(pool.subarray(start[child], start[child + 1]), (coded, at) => ({
        k: named('K', coded < 0 ? ~coded : coded),
        flags: key[start[child]! + at]! % withoutFlag === 1 ? ['sibling'] : [],
      })),
    })),
  };
}

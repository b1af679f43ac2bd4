import type { Columns } from './columns.ts';

/** The children in the order of the pool that they want most; the others by where they stood. Whoever claims nothing comes first. */
export function orderByFirst({ start, pool, capacity }: Columns): Int32Array {
  const children = start.length - 1;
  const before = new Int32Array(capacity.length + 2);
  const bucket = (child: number): number => {
    const from = start[child]!;
    if (from === start[child + 1]!) return 0;
    const coded = pool[from]!;
    return (coded < 0 ? ~coded : coded) + 1;
  };
  for (let child = 0; child < children; child += 1) before[bucket(child) + 1]! += 1;
  for (let at = 1; at < before.length; at += 1) before[at]! += before[at - 1]!;
  const order = new Int32Array(children);
  for (let child = 0; child < children; child += 1) {
    const at = bucket(child);
    order[before[at]!] = child;
    before[at]! += 1;
  }
  return order;
}

/**
 * The same market with its children in another order. The result is the same in any; with those who want the same pool behind each
 * other, what is known of a pool stays in the processor's cache while it is asked for.
 */
export function inOrder(columns: Columns, order: Int32Array): Columns {
  const children = order.length;
  const start = new Int32Array(children + 1);
  for (let at = 0; at < children; at += 1)
    start[at + 1] = start[at]! + columns.start[order[at]! + 1]! - columns.start[order[at]!]!;
  const claims = new Int32Array(columns.pool.length);
  for (let at = 0; at < children; at += 1) {
    const shift = columns.start[order[at]!]! - start[at]!;
    for (let claim = start[at]!, end = start[at + 1]!; claim < end; claim += 1) claims[claim] = claim + shift;
  }
  return {
    ...columns,
    ...{ start, pool: ints(columns.pool, claims), key: floats(columns.key, claims) },
    ...{
      born: ints(columns.born, order),
      applied: ints(columns.applied, order),
      id: ints(columns.id, order),
    },
    lottery: floats(columns.lottery, columns.isDrawnPerPool ? claims : order),
    ...{ distance: floats(columns.distance, claims), wish: ints(columns.wish, claims) },
  };
}

/** Two of one shape: a loop that meets both kinds of array takes several times as long. A column that nothing asks for stays empty. */
function ints(column: Int32Array, from: Int32Array): Int32Array {
  const moved = new Int32Array(column.length);
  for (let at = 0; at < moved.length; at += 1) moved[at] = column[from[at]!]!;
  return moved;
}

function floats(column: Float64Array, from: Int32Array): Float64Array {
  const moved = new Float64Array(column.length);
  for (let at = 0; at < moved.length; at += 1) moved[at] = column[from[at]!]!;
  return moved;
}

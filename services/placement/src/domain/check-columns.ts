import { type Columns, compareTied } from './columns.ts';

/**
 * What `check` says of an instance, of columns, for sizes that no instance comes in: how many claims are better than what got a seat there, how many
 * pools hold more than they have seats, and how many children hold what they never claimed. It trusts the keys and nothing else of the engine's.
 */
export function faultsIn(columns: Columns, held: Int32Array): number {
  const { start, pool, key, capacity } = columns;
  const filled = new Int32Array(capacity.length);
  const lowest = new Float64Array(capacity.length).fill(Number.NEGATIVE_INFINITY);
  const lowestClaim = new Int32Array(capacity.length);
  const children = start.length - 1;
  let faults = 0;
  for (let child = 0; child < children; child += 1) {
    const claim = held[child]!;
    if (claim === -1) continue;
    if (claim < start[child]! || claim >= start[child + 1]!) faults += 1;
    const coded = pool[claim]!;
    const at = coded < 0 ? ~coded : coded;
    filled[at]! += 1;
    const mine = key[claim]!;
    if (mine > lowest[at]! || (mine === lowest[at]! && compareTied(columns, claim, lowestClaim[at]!) > 0)) {
      lowest[at] = mine;
      lowestClaim[at] = claim;
    }
  }
  for (let at = 0; at < capacity.length; at += 1) if (filled[at]! > capacity[at]!) faults += 1;
  for (let child = 0; child < children; child += 1) {
    const end = held[child] === -1 ? start[child + 1]! : held[child]!;
    for (let claim = start[child]!; claim < end; claim += 1) {
      const coded = pool[claim]!;
      const at = coded < 0 ? ~coded : coded;
      const mine = key[claim]!;
      const isBetter =
        mine < lowest[at]! || (mine === lowest[at]! && compareTied(columns, claim, lowestClaim[at]!) < 0);
      if (filled[at]! < capacity[at]! || isBetter) faults += 1;
    }
  }
  return faults;
}

import { type Columns, compareTied } from './columns.ts';

/** Who has which seat when nobody wants to move any more. */
export interface Matching {
  /** Where the seats of each pool begin; one more entry than there are pools. */
  readonly seat: Int32Array;
  /** How many of a pool's seats are taken. */
  readonly filled: Int32Array;
  /** The claim that holds each seat, in no order that says anything. */
  readonly claim: Int32Array;
  /** How many claims were put forward: the same for every order of children. */
  readonly proposals: number;
}

/** Each claim as it is put forward, and who is turned away by it: -1 for nobody, the claim itself where the pool says no. */
export type Trace = { readonly claim: number; readonly out: number }[];

/**
 * Child-proposing deferred acceptance (Gale and Shapley 1962): every child without a seat claims the next on its list, a pool keeps the
 * best up to its seats. The seats of a pool are a heap with the lowest ranked on top, ordered only once somebody is to be turned away.
 * `without` is a child who makes no claim.
 */
export function match(columns: Columns, trace?: Trace, without = -1): Matching {
  const { start, pool, key } = columns;
  const seat = seatsOf(columns);
  const pools = seat.length - 1;
  // How many seats are taken; one more than there are when the heap is in order.
  const state = new Int32Array(pools);
  const heapKey = new Float64Array(seat[pools]!);
  const heapClaim = new Int32Array(seat[pools]!);
  const ties = { columns, heapKey, heapClaim };
  const children = start.length - 1;
  let proposals = 0;
  for (let child = 0; child < children; child += 1) {
    let claim = start[child]!;
    if (claim === start[child + 1]! || child === without) continue;
    for (;;) {
      proposals += 1;
      const coded = pool[claim]!;
      const at = coded ^ (coded >> 31);
      const from = seat[at]!;
      const seats = seat[at + 1]! - from;
      const taken = state[at]!;
      if (taken < seats) {
        heapKey[from + taken] = key[claim]!;
        heapClaim[from + taken] = claim;
        state[at] = taken + 1;
        if (trace !== undefined) trace.push({ claim, out: -1 });
        break;
      }
      let out = claim;
      if (seats > 0) {
        if (taken === seats) {
          order(ties, from, seats);
          state[at] = seats + 1;
        }
        const mine = key[claim]!;
        const lowest = heapKey[from]!;
        if (mine < lowest || (mine === lowest && compareTied(columns, claim, heapClaim[from]!) < 0)) {
          out = heapClaim[from]!;
          sink(ties, from, seats, 0, mine, claim);
        }
      }
      if (trace !== undefined) trace.push({ claim, out });
      if (pool[out]! < 0) break;
      claim = out + 1;
    }
  }
  for (let at = 0; at < pools; at += 1) state[at] = Math.min(state[at]!, seat[at + 1]! - seat[at]!);
  return { seat, filled: state, claim: heapClaim, proposals };
}

/** A pool may say that it takes any number; it needs no more room than there are claims to it. */
function seatsOf({ pool, capacity }: Columns): Int32Array {
  const pools = capacity.length;
  const seat = new Int32Array(pools + 1);
  let all = 0;
  for (let at = 0; at < pools; at += 1) all += capacity[at]!;
  const isRoomy = all > pool.length;
  const claims = new Int32Array(isRoomy ? pools : 0);
  for (let claim = 0; isRoomy && claim < pool.length; claim += 1) {
    const coded = pool[claim]!;
    claims[coded ^ (coded >> 31)]! += 1;
  }
  for (let at = 0; at < pools; at += 1)
    seat[at + 1] = seat[at]! + (isRoomy ? Math.min(capacity[at]!, claims[at]!) : capacity[at]!);
  return seat;
}

interface Heap {
  readonly columns: Columns;
  readonly heapKey: Float64Array;
  readonly heapClaim: Int32Array;
}

function order(heap: Heap, from: number, seats: number): void {
  for (let at = (seats >> 1) - 1; at >= 0; at -= 1)
    sink(heap, from, seats, at, heap.heapKey[from + at]!, heap.heapClaim[from + at]!);
}

/** Puts a claim at a place of a heap, or where it belongs below. */
function sink(
  { columns, heapKey, heapClaim }: Heap,
  from: number,
  seats: number,
  place: number,
  mine: number,
  claim: number,
): void {
  let at = place;
  for (let below = 2 * at + 1; below < seats; below = 2 * at + 1) {
    let lowest = heapKey[from + below]!;
    if (below + 1 < seats) {
      const beside = heapKey[from + below + 1]!;
      const isLower =
        beside > lowest ||
        (beside === lowest &&
          compareTied(columns, heapClaim[from + below + 1]!, heapClaim[from + below]!) > 0);
      if (isLower) {
        below += 1;
        lowest = beside;
      }
    }
    if (lowest < mine || (lowest === mine && compareTied(columns, heapClaim[from + below]!, claim) < 0))
      break;
    heapKey[from + at] = lowest;
    heapClaim[from + at] = heapClaim[from + below]!;
    at = below;
  }
  heapKey[from + at] = mine;
  heapClaim[from + at] = claim;
}

/** The claim that each child holds, or -1. */
export function heldBy({ start }: Columns, { seat, filled, claim }: Matching): Int32Array {
  const children = start.length - 1;
  const isHeld = new Uint8Array(Math.ceil(start[children]! / 8));
  for (let at = 0; at < filled.length; at += 1)
    for (let taken = seat[at]!, end = taken + filled[at]!; taken < end; taken += 1)
      isHeld[claim[taken]! >> 3]! |= 1 << (claim[taken]! & 7);
  const held = new Int32Array(children).fill(-1);
  for (let child = 0; child < children; child += 1)
    for (let one = start[child]!, end = start[child + 1]!; one < end; one += 1)
      if ((isHeld[one >> 3]! & (1 << (one & 7))) !== 0) held[child] = one;
  return held;
}

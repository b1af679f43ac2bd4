import { type Columns, compareClaims } from './columns.ts';
import { type Matching, match } from './matching.ts';

/** Answers which of its claims a child would hold if it made these, in this order; -1 for none. */
export type WhatIf = (claims: readonly number[]) => number;

/**
 * Everybody else is matched once, without the child. Each question then costs a handful of proposals, as one child more goes on where they
 * have stopped, and leaves nothing behind. `claims` are some of those that the child has in the columns.
 */
export function whatIf(columns: Columns, child: number): WhatIf {
  const others = match(columns, undefined, child);
  return (claims) => seatFor(columns, others, claims);
}

function seatFor(
  columns: Columns,
  { seat, filled, claim: holders }: Matching,
  claims: readonly number[],
): number {
  const { pool, capacity } = columns;
  /** Who holds the seats of pools that are asked in vain or in earnest: the others stay as they are. */
  const touched = new Map<number, number[]>();
  const mine = new Set(claims);
  let asked = 0;
  let asking = claims[0];
  let holds = -1;
  while (asking !== undefined) {
    const coded = pool[asking]!;
    const at = coded < 0 ? ~coded : coded;
    const held = touched.get(at) ?? [...holders.subarray(seat[at], seat[at]! + filled[at]!)];
    touched.set(at, held);
    held.push(asking);
    if (mine.has(asking)) holds = asking;
    if (held.length <= capacity[at]!) break;
    const lowest = held.reduce(
      (low, one, place) => (compareClaims(columns, one, held[low]!) > 0 ? place : low),
      0,
    );
    const [out] = held.splice(lowest, 1);
    if (mine.has(out!)) {
      holds = -1;
      asked += 1;
      asking = claims[asked];
    } else asking = pool[out!]! < 0 ? undefined : out! + 1;
  }
  return holds;
}

/** What is to be allocated, as `placement-instance/1` has it, with what may be left out filled in. */
export interface Instance {
  readonly seed: string;
  readonly config: Config;
  readonly kindergartens: readonly Kindergarten[];
  readonly applications: readonly Application[];
}

export interface Config {
  /** The age groups, in the order in which they are allocated. */
  readonly markets: readonly string[];
  readonly tieBreak: 'single' | 'multiple';
  readonly lotteryUnit: 'application' | 'family';
  readonly maxWishes: number;
  readonly siblingInRound: boolean;
  readonly fallback: boolean;
  readonly convert: Conversion | null;
}

/** Seats of one group that nobody wants become seats of another: `ratio[0]` of them make `ratio[1]`. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly ratio: readonly [number, number];
}

export interface Kindergarten {
  readonly id: string;
  readonly seats: Readonly<Record<string, number>>;
  readonly priority: Priority;
  readonly convertible: boolean;
  readonly maxSeats: Readonly<Record<string, number>>;
  readonly reserved: readonly Reserve[];
}

/** Seats that come out of a kindergarten's own: who has the flag goes first, and where it is soft, others may follow. */
export interface Reserve {
  readonly id: string;
  readonly group: string;
  readonly seats: number;
  readonly flag: string;
  readonly soft: boolean;
}

export const criterionNames = ['age:oldest', 'age:youngest', 'distance', 'applied', 'wishRank'] as const;
export type Criterion = (typeof criterionNames)[number];

/** How a kindergarten ranks, by its statutes. */
export type Priority = (
  | { readonly mode: 'firstMatch' | 'lexicographic'; readonly groups: readonly string[] }
  | { readonly mode: 'points'; readonly points: ReadonlyMap<string, number> }
  | { readonly mode: 'explicit'; readonly order: readonly string[] }
) & { readonly criteria: readonly Criterion[] };

export interface Application {
  readonly id: string;
  readonly group: string;
  readonly born: string;
  readonly appliedAt: string | null;
  readonly flags: readonly string[];
  readonly family: string | null;
  /** The kindergarten where the child has a place already, which it keeps unless it gets one that it wants more. */
  readonly current: string | null;
  readonly wishes: readonly Wish[];
  readonly nearby: readonly Wish[];
}

export interface Wish {
  readonly k: string;
  readonly distance: number | null;
  readonly flags: readonly string[];
}

export interface Assignment {
  readonly k: string;
  readonly pool: string;
  readonly via: 'wish' | 'current' | 'fallback';
  /** The number of the wish that was met, from 1. */
  readonly wish: number | null;
}

export interface PoolResult {
  readonly seats: number;
  readonly filled: number;
  /** Who is ranked lowest among those who have a seat, where none is left. */
  readonly lastAdmitted: string | null;
}

export interface Result {
  readonly assigned: Readonly<Record<string, Assignment | null>>;
  readonly pools: Readonly<Record<string, PoolResult>>;
}

/** `K/group`, where everybody may ask for a seat. */
export const openPool = (kindergarten: string, group: string): string => `${kindergarten}/${group}`;

/** `K/group#reserve`. */
export const reservedPool = (kindergarten: string, reserve: Reserve): string =>
  `${openPool(kindergarten, reserve.group)}#${reserve.id}`;

/** The order of strings everywhere here: by UTF-16 code unit, on every machine the same. */
export const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

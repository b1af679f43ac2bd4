import type { Criterion } from './instance.ts';
import { lotteryEnd } from './lottery.ts';

/**
 * One market, laid out so that a million children are walked through without an object for any of them. A child's claims lie behind
 * each other, the one it wants most first; a claim is a wish for one pool.
 */
export interface Columns {
  /** Where the claims of each child begin; one more entry than there are children. */
  readonly start: Int32Array;
  /** The pool of each claim; `~pool` for a child's last, so that whoever is turned away need not be looked up. */
  readonly pool: Int32Array;
  /** Until `fillKeys`, the place of the claim by the rule's groups or points; afterwards a number that sorts, smaller first. */
  readonly key: Float64Array;
  /** How many the pool takes. */
  readonly capacity: Int32Array;
  /** Which of `rules` a pool ranks by. */
  readonly ruleOf: Int32Array;
  readonly rules: readonly Rule[];
  /** Of each child: the day it was born, counted from some day; when it was applied for, as an ordinal; its id, as an ordinal. */
  readonly born: Int32Array;
  readonly applied: Int32Array;
  readonly id: Int32Array;
  /** Of each child, or of each claim where every pool draws for itself. */
  readonly lottery: Float64Array;
  readonly isDrawnPerPool: boolean;
  /** Of each claim; missing is infinite. May be empty where no rule asks for it. */
  readonly distance: Float64Array;
  readonly wish: Int32Array;
}

/** The pool of a claim, a child's last one too. */
export function poolOf({ pool }: Pick<Columns, 'pool'>, claim: number): number {
  const coded = pool[claim]!;
  return coded < 0 ? ~coded : coded;
}

/** What a pool ranks by, first to last: places by groups or points, below `places`, these, the lottery and the id. */
export interface Rule {
  readonly places: number;
  readonly criteria: readonly Criterion[];
}

/** The place of whoever keeps a seat unless they get a better one. */
export const incumbent = -1;
/** Added to the place of whoever lacks the flag of a pool that is reserved. */
export const withoutFlag = 2 ** 52;

/** What is compared, after the place; a rule may have any of the first five. */
const codes = { 'age:oldest': 0, 'age:youngest': 1, distance: 2, applied: 3, wishRank: 4 } as const;
const [lotteryCode, idCode] = [5, 6];

function valueOf(columns: Columns, code: number, claim: number, child: number): number {
  switch (code) {
    case 0:
      return columns.born[child]!;
    case 1:
      return -columns.born[child]!;
    case 2:
      return columns.distance[claim]!;
    case 3:
      return columns.applied[child]!;
    case 4:
      return columns.wish[claim]!;
    case lotteryCode:
      return columns.lottery[columns.isDrawnPerPool ? claim : child]!;
    default:
      return columns.id[child]!;
  }
}

const codesOf = (rule: Rule): readonly number[] => [
  ...rule.criteria.map((name) => codes[name]),
  lotteryCode,
  idCode,
];

/** How one value goes into a key: what lies between `least` and the most becomes one of `cells` whole numbers. */
interface Step {
  readonly code: number;
  readonly least: number;
  readonly cells: number;
  readonly factor: number;
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

function rangeOf(values: Int32Array | Float64Array): Range {
  let [least, most, isWhole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (const value of values) {
    if (value === Number.POSITIVE_INFINITY) continue;
    if (value < least) least = value;
    if (value > most) most = value;
    isWhole &&= Number.isInteger(value);
  }
  return least > most ? { least: 0, most: 0, isWhole: true } : { least, most, isWhole };
}

function rangesOf(columns: Columns, used: ReadonlySet<number>): readonly Range[] {
  const none: Range = { least: 0, most: 0, isWhole: true };
  const born = used.has(0) || used.has(1) ? rangeOf(columns.born) : none;
  return [
    born,
    { least: -born.most, most: -born.least, isWhole: true },
    used.has(2) ? rangeOf(columns.distance) : none,
    used.has(3) ? rangeOf(columns.applied) : none,
    used.has(4) ? rangeOf(columns.wish) : none,
    { least: 0, most: lotteryEnd - 1, isWhole: true },
    { least: 0, most: Math.max(0, columns.id.length - 1), isWhole: true },
  ];
}

/**
 * A key has 52 bits. What does not fit is cut off from the end of the last value that goes in, so that keys never order two claims
 * against the rule; those whose keys are equal are compared by `compareTied`.
 */
function stepsOf(rule: Rule, ranges: readonly Range[]): readonly Step[] {
  const steps: Step[] = [];
  let room = Math.floor(withoutFlag / rule.places);
  for (const code of codesOf(rule)) {
    const { least, most, isWhole } = ranges[code]!;
    // One more than there are values, for the one that is missing.
    const cells = most - least + 2;
    if (isWhole && cells <= room) {
      steps.push({ code, least, cells, factor: 1 });
      room = Math.floor(room / cells);
      continue;
    }
    if (room > 1) steps.push({ code, least, cells: room, factor: (room - 1) / (most - least || 1) });
    break;
  }
  return steps;
}

/** Makes of each claim's place a number that sorts. */
export function fillKeys(columns: Columns): void {
  const { start, pool, key, id, ruleOf } = columns;
  const used = new Set(columns.rules.flatMap(codesOf));
  const ranges = rangesOf(columns, used);
  const plans = columns.rules.map((rule) => stepsOf(rule, ranges));
  const children = start.length - 1;
  for (let child = 0; child < children; child += 1) {
    const end = start[child + 1]!;
    for (let claim = start[child]!; claim < end; claim += 1) {
      const place = key[claim]!;
      if (place === incumbent) {
        key[claim] = id[child]! - children;
        continue;
      }
      const coded = pool[claim]!;
      const plan = plans[ruleOf[coded ^ (coded >> 31)]!]!;
      const above = place >= withoutFlag ? withoutFlag : 0;
      let packed = place - above;
      for (let at = 0; at < plan.length; at += 1) {
        const step = plan[at]!;
        const value = valueOf(columns, step.code, claim, child) - step.least;
        const cell = Math.floor(value * step.factor);
        packed = packed * step.cells + (cell < step.cells ? cell : step.cells - 1);
      }
      key[claim] = packed + above;
    }
  }
}

/** The child whose claim it is. */
export function ownerOf(start: Int32Array, claim: number): number {
  let [low, high] = [0, start.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (start[middle]! <= claim) low = middle;
    else high = middle;
  }
  // Children without a claim begin where the next one does: the last that begins there has it.
  return low;
}

/** Which of two claims to one pool is ranked first, where their keys are equal: by all that the rule compares. */
export function compareTied(columns: Columns, one: number, other: number): number {
  if (one === other) return 0;
  const [child, rival] = [ownerOf(columns.start, one), ownerOf(columns.start, other)];
  const coded = columns.pool[one]!;
  for (const code of codesOf(columns.rules[columns.ruleOf[coded ^ (coded >> 31)]!]!)) {
    const [mine, theirs] = [valueOf(columns, code, one, child), valueOf(columns, code, other, rival)];
    if (mine !== theirs) return mine < theirs ? -1 : 1;
  }
  return 0;
}

/** Which of two claims to one pool is ranked first. */
export const compareClaims = (columns: Columns, one: number, other: number): number =>
  columns.key[one]! - columns.key[other]! || compareTied(columns, one, other);

/** What two claims to one pool differ in first, after their places: the name of a criterion, `lottery` or `id`. */
export function firstDifference(columns: Columns, one: number, other: number): Criterion | 'lottery' | 'id' {
  const [child, rival] = [ownerOf(columns.start, one), ownerOf(columns.start, other)];
  const coded = columns.pool[one]!;
  const { criteria } = columns.rules[columns.ruleOf[coded ^ (coded >> 31)]!]!;
  const differ = (code: number): boolean =>
    valueOf(columns, code, one, child) !== valueOf(columns, code, other, rival);
  return criteria.find((name) => differ(codes[name])) ?? (differ(lotteryCode) ? 'lottery' : 'id');
}

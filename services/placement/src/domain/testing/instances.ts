import fc from 'fast-check';
import type { Instance } from '../instance.ts';
import { readInstance } from '../read-instance.ts';

/** What is given is plain data: tests write it as a municipality would send it. */
export type Given = Record<string, unknown>;

export const usualRule = { mode: 'firstMatch', groups: ['law18', 'sibling', 'right'], then: ['age:oldest'] };

export const kindergarten = (id: string, small: number, more: Given = {}): Given => ({
  ...{ id, seats: { small }, priority: usualRule },
  ...more,
});

/** A small child with the right, who wants these kindergartens in this order. */
export const child = (
  id: string,
  born: string,
  wishes: readonly (string | Given)[],
  more: Given = {},
): Given => ({
  ...{ id, group: 'small', born, flags: ['right'] },
  wishes: wishes.map((wish) => (typeof wish === 'string' ? { k: wish } : wish)),
  ...more,
});

export const instanceOf = (
  kindergartens: readonly Given[],
  applications: readonly Given[],
  config: Given = {},
  seed = 'demo-2026',
): Given => ({ format: 'placement-instance/1', seed, config, kindergartens, applications });

export function read(given: unknown): Instance {
  const answer = readInstance(given);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.instance;
}

const someOf = (...names: string[]): fc.Arbitrary<string[]> => fc.subarray(names);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const priority = (withWishRank: boolean): fc.Arbitrary<Given> => {
  const then = fc
    .shuffledSubarray([
      'age:oldest',
      'age:youngest',
      'distance',
      'applied',
      ...(withWishRank ? ['wishRank'] : []),
    ])
    .map((all) => all.slice(0, 3));
  const groups = fc.shuffledSubarray(['sibling', 'right', 'staff', 'twins']).map((all) => ['law18', ...all]);
  return fc.oneof(
    fc.record({ mode: fc.constant('firstMatch'), groups, then }),
    fc.record({ mode: fc.constant('lexicographic'), groups, then }),
    fc.record({
      ...{ mode: fc.constant('points'), then },
      points: fc.record({ sibling: fc.constantFrom(1, 0.5, -2), right: fc.constantFrom(3, 0.1, 0.2) }),
    }),
  );
};

export interface Size {
  readonly children: number;
  readonly kindergartens: number;
  /** Without what lets one child's place depend on another market, or on what is left over. */
  readonly isPlain?: boolean;
  readonly withWishRank?: boolean;
  readonly withCurrent?: boolean;
}

const names = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_none, at) => `${letter}${at}`);

/** Small instances in which all that the rules have may meet. */
export function someInstance(size: Size): fc.Arbitrary<Given> {
  const { isPlain = false, withWishRank = !isPlain, withCurrent = true } = size;
  const kindergartens = fc.integer({ min: 1, max: size.kindergartens }).map((count) => names('K', count));
  return kindergartens.chain((ids) =>
    fc.record({
      format: fc.constant('placement-instance/1'),
      seed: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      config: fc.record({
        tieBreak: fc.constantFrom('single', 'multiple'),
        lotteryUnit: fc.constantFrom('application', 'family'),
        siblingInRound: isPlain ? fc.constant(false) : fc.boolean(),
        fallback: isPlain ? fc.constant(false) : fc.boolean(),
        convert: isPlain
          ? fc.constant(null)
          : fc.option(
              fc.record({
                ...{ from: fc.constant('large'), to: fc.constant('small') },
                ratio: fc.constantFrom([2, 1], [1, 2], [3, 2]),
              }),
            ),
      }),
      kindergartens: fc.tuple(...ids.map((id) => someKindergarten(id, isPlain, withWishRank))),
      applications: fc
        .array(someApplication(ids, isPlain, withCurrent), { maxLength: size.children })
        .map((all) => all.map((one, at) => ({ ...one, id: `c${at}` }))),
    }),
  );
}

function someKindergarten(id: string, isPlain: boolean, withWishRank: boolean): fc.Arbitrary<Given> {
  const reserve = fc.record({
    ...{ id: fc.constantFrom('one', 'two'), group: fc.constant('small') },
    ...{ seats: fc.integer({ min: 0, max: 1 }), flag: fc.constantFrom('sami', 'staff'), soft: fc.boolean() },
  });
  return fc
    .record({
      id: fc.constant(id),
      small: fc.integer({ min: 0, max: 2 }),
      large: fc.integer({ min: 0, max: isPlain ? 0 : 3 }),
      priority: priority(withWishRank),
      convertible: fc.boolean(),
      maxSeats: fc.constantFrom({}, { small: 2 }),
      reserved: fc.uniqueArray(reserve, { maxLength: 2, selector: (one) => one.id }),
    })
    .map(({ small, large, reserved, ...more }) => ({
      ...more,
      reserved,
      seats: { small: small + reserved.reduce((sum, { seats }) => sum + seats, 0), large },
    }));
}

function someApplication(
  ids: readonly string[],
  isPlain: boolean,
  withCurrent: boolean,
): fc.Arbitrary<Given> {
  const wish = (k: string): fc.Arbitrary<Given> =>
    fc.record({
      k: fc.constant(k),
      distance: maybe(fc.constantFrom(100, 250.5, 300)),
      flags: someOf('sibling', 'staff', ...(isPlain ? [] : ['twins'])),
    });
  const wishes = fc.shuffledSubarray([...ids]).chain((some) => fc.tuple(...some.map(wish)));
  return fc.record({
    group: isPlain ? fc.constant('small') : fc.constantFrom('small', 'small', 'large'),
    born: fc.constantFrom('2023-09-01', '2023-12-31', '2024-02-29'),
    appliedAt: maybe(fc.constantFrom('2026-02-01T10:00:00Z', '2026-02-02T10:00:00Z')),
    flags: someOf('law18', 'right', 'sami'),
    family: maybe(fc.constantFrom('f', 'g')),
    current: withCurrent
      ? fc.option(fc.constantFrom(...ids), { freq: 4, nil: undefined })
      : fc.constant(undefined),
    wishes,
    nearby: isPlain ? fc.constant([]) : wishes,
  });
}

/** How often a property is tried: quickly in every run, at length where somebody asks for it. */
export const tries = (usual: number): { numRuns: number } => ({
  numRuns: usual * Number(process.env['PLACEMENT_TRIES'] ?? 1),
});

import type { Fault } from './check.ts';
import type { Warning } from './warnings.ts';

/** What is looked at before a round is published (placement § 10). */
export interface PublishFindings {
  /** Of what the round was allocated from, and of what it would be allocated from now. */
  readonly snapshot: { readonly allocated: string; readonly now: string };
  /** What the engine says is wrong with the round. */
  readonly errors: readonly string[];
  readonly warnings: readonly Warning[];
  /** What a check from scratch, with none of the engine's code, has found. */
  readonly faults: readonly Fault[];
  readonly undecided: readonly { readonly application: string; readonly flag: string }[];
  /** Applications that get a seat, of children who have an offer from elsewhere to answer: a child answers one at a time. */
  readonly answering: readonly string[];
  /** Kindergartens that have promised more than area and staff allow (BHG-25). */
  readonly overCapacity: readonly string[];
  readonly splitFamilies: readonly string[];
  /** Whose place is another than in the last simulation. */
  readonly changedPlaces: readonly string[];
  /** Who is in no run, because the register has not told when the child was born: they are decided on by hand. */
  readonly leftOut: readonly string[];
  /** Who is in the main round and has no right to a place, as far as anybody knows now (BHG-06). */
  readonly withoutRight: readonly string[];
  /** What whoever publishes says to have seen, by `keyOf`. */
  readonly seen: ReadonlySet<string>;
}

/** Why a round is not published: all of it is told at once, each by itself. */
export type PublishBar =
  | { readonly kind: 'snapshot-changed' }
  | { readonly kind: 'invalid'; readonly code: string }
  | { readonly kind: 'faulty'; readonly fault: Fault }
  | { readonly kind: 'undecided'; readonly application: string; readonly flag: 'law18' | 'right' }
  | { readonly kind: 'answering'; readonly application: string }
  | ({ readonly kind: 'unseen' } & PublishNotice);

/** What does not stand against publishing, and has to have been seen by whoever does it. */
export type PublishNotice =
  | { readonly what: 'warning'; readonly warning: Warning }
  | { readonly what: 'over-capacity'; readonly kindergarten: string }
  | { readonly what: 'split-family'; readonly family: string }
  | { readonly what: 'changed-place' | 'left-out' | 'without-right'; readonly application: string };

/** The flags that have to be decided on, each for itself, before anybody is told of a place (placement § 8). */
const decisive = ['law18', 'right'] as const;

export function barsOf(findings: PublishFindings): readonly PublishBar[] {
  const { snapshot, errors, faults, undecided, answering, seen } = findings;
  return [
    ...(snapshot.allocated === snapshot.now ? [] : [{ kind: 'snapshot-changed' as const }]),
    ...errors.map((code) => ({ kind: 'invalid' as const, code })),
    ...faults.map((fault) => ({ kind: 'faulty' as const, fault })),
    ...undecided.flatMap(({ application, flag: name }) =>
      decisive.flatMap((flag) => (flag === name ? [{ kind: 'undecided' as const, application, flag }] : [])),
    ),
    ...answering.map((application) => ({ kind: 'answering' as const, application })),
    ...noticesOf(findings)
      .filter((notice) => !seen.has(keyOf(notice)))
      .map((notice) => ({ kind: 'unseen' as const, ...notice })),
  ];
}

export const noticesOf = ({
  warnings,
  overCapacity,
  splitFamilies,
  changedPlaces,
  leftOut,
  withoutRight,
}: Pick<
  PublishFindings,
  'warnings' | 'overCapacity' | 'splitFamilies' | 'changedPlaces' | 'leftOut' | 'withoutRight'
>): readonly PublishNotice[] => [
  ...warnings.map((warning) => ({ what: 'warning' as const, warning })),
  ...overCapacity.map((kindergarten) => ({ what: 'over-capacity' as const, kindergarten })),
  ...splitFamilies.map((family) => ({ what: 'split-family' as const, family })),
  ...changedPlaces.map((application) => ({ what: 'changed-place' as const, application })),
  ...leftOut.map((application) => ({ what: 'left-out' as const, application })),
  ...withoutRight.map((application) => ({ what: 'without-right' as const, application })),
];

/** By what somebody says to have seen a notice. */
export function keyOf(notice: PublishNotice): string {
  switch (notice.what) {
    case 'warning':
      return `${notice.warning.code} ${notice.warning.path}`;
    case 'over-capacity':
      return `over-capacity ${notice.kindergarten}`;
    case 'split-family':
      return `split-family ${notice.family}`;
    case 'changed-place':
    case 'left-out':
    case 'without-right':
      return `${notice.what} ${notice.application}`;
  }
}

/** What a kindergarten has room for: guiding area and staff for each child (placement § 1, BHG-25). */
export interface Capacity {
  /** Square metres to play on. */
  readonly area: number;
  readonly adults: number;
}

/** In whole hundredths of a square metre and sixths of an adult, so that nothing is lost to binary fractions. */
export const isWithinCapacity = (
  { area, adults }: Capacity,
  { small, large }: { readonly small: number; readonly large: number },
): boolean => 533 * small + 400 * large <= Math.round(area * 100) && 2 * small + large <= adults * 6;

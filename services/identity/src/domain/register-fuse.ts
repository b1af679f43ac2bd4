import type { GrantChange } from './grants.ts';

/**
 * What the register changed for a child whose guardians had been worked out before: somebody new is named, somebody is named
 * no more, or not clearly, and its protection went up or down.
 */
export const changeKinds = ['OPENED', 'CLOSED', 'RAISED', 'LOWERED'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** How much the register may change in one window before people are asked (FREG-10). */
export interface FuseLimits {
  /** Of all children, as a fraction. */
  readonly share: number;
  /** So few are never too many, however small the municipality. */
  readonly count: number;
  readonly windowMs: number;
}

/** Children for whom the register changed something within the window, by what it was. */
export type Counted = Readonly<Record<ChangeKind, number>>;

export interface Blown {
  readonly cause: ChangeKind;
  readonly counted: number;
  readonly allowed: number;
}

/** Whether the register has changed more than it may without being looked at, and what most of all. */
export function decideFuse(counted: Counted, children: number, { share, count }: FuseLimits): Blown | null {
  const allowed = Math.max(count, Math.floor(children * share));
  const [most] = changeKinds
    .map((cause) => ({ cause, counted: counted[cause], allowed }))
    .toSorted((one, other) => other.counted - one.counted);
  return most !== undefined && most.counted > allowed ? most : null;
}

/** What came of a child when all that is known of it was worked out. */
export interface Worked {
  readonly changes: readonly GrantChange[];
  readonly isRaised: boolean;
  readonly isLowered: boolean;
}

/** What of that the register has changed. What waits to be read is no change yet. */
export const changesOf = ({ changes, isRaised, isLowered }: Worked): readonly ChangeKind[] => {
  const ofRegister = changes.filter(({ grant }) => grant.ground === 'PARENTAL_RESPONSIBILITY');
  const isOpened = ofRegister.some(({ from }) => from === null);
  const isClosed = ofRegister.some(
    ({ reason, from }) => from !== null && (reason === 'NOT_RESPONSIBLE' || reason === 'UNCLEAR'),
  );
  return [
    ...(isOpened ? (['OPENED'] as const) : []),
    ...(isClosed ? (['CLOSED'] as const) : []),
    ...(isRaised ? (['RAISED'] as const) : []),
    ...(isLowered ? (['LOWERED'] as const) : []),
  ];
};

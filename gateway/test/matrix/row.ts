import type { Column } from './columns.ts';

/** How a field is answered: with something, with nothing, or with a code of an error. */
export type Outcome = 'shown' | 'null' | 'empty' | 'NOT_YOURS' | Code;
export type Code =
  'NOT_FOUND' | 'FORBIDDEN' | 'STEP_UP_REQUIRED' | 'UNAUTHENTICATED' | 'BAD_USER_INPUT' | 'OTHER';

/** A row of the matrix. */
export type Row =
  /** For whoever is told of the object it stands on, as far as there is something to tell. */
  | { readonly kind: 'plain' }
  /** For some alone, and how everybody else is answered, by which rules. */
  | {
      readonly kind: 'only';
      readonly rule: string;
      readonly shown: readonly Column[];
      /** Whoever may be told something and need not be. */
      readonly may: readonly Column[];
      readonly others: Readonly<Partial<Record<Column, Outcome>>>;
      readonly rest: Outcome;
    };

interface More {
  readonly may?: readonly Column[];
  /** Those who are answered otherwise than the rest. */
  readonly others?: readonly (readonly [Outcome, readonly Column[]])[];
}

/** For `shown` alone; the rest is answered with `rest`. */
export const only = (
  shown: readonly Column[],
  rest: Outcome,
  rule: string,
  { may = [], others = [] }: More = {},
): Row => ({
  ...{ kind: 'only', rule, shown, rest, may },
  others: Object.fromEntries(others.flatMap(([outcome, some]) => some.map((one) => [one, outcome]))),
});

/** Fields that go with the object they stand on. */
export const plain = (names: string): Readonly<Record<string, Row>> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, { kind: 'plain' }]));

export type Table = Readonly<Record<string, Readonly<Record<string, Row>>>>;

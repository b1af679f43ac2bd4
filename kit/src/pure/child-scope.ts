import { type LocalDate, addDays, addMonths } from './dates.ts';

/** What a child has to do with one municipality. Another one's is another's to know. */
export interface ChildTies {
  /** A draft is no application: it has not been sent. `closedOn` null: it is under way. */
  readonly applications: readonly {
    readonly sentOn: LocalDate | null;
    readonly closedOn: LocalDate | null;
  }[];
  /** Days at units, `[from, to)`. */
  readonly stays: readonly { readonly from: LocalDate; readonly to: LocalDate | null }[];
}

/** Nothing, reading what is one's own, or all that a guardian does. */
export type Scope = 'NONE' | 'READ' | 'ALL';

export interface ChildScope {
  readonly admission: Scope;
  readonly communication: Scope;
}

/** What a municipality sets of it. */
export interface ScopeTerms {
  /** Days before the first at a unit from which home and unit write to each other. */
  readonly leadDays: number;
  /** Months after the last, or after an application was closed, in which guardians still read (RET-01, RET-12). */
  readonly tailMonths: number;
}

/** Two weeks ahead, and twelve months to read. */
export const scopeTerms: ScopeTerms = { leadDays: 14, tailMonths: 12 };

/**
 * What a guardian of a child has to do with it on a day: with its application from when that was sent, and with its unit from
 * two weeks before the start until it leaves, and reading from then on for a while (GUA-29). Asked for each municipality by
 * itself: to leave one for another ends nothing in the other, and both may be open at once.
 */
export function scopeOf(
  { applications, stays }: ChildTies,
  today: LocalDate,
  { leadDays, tailMonths }: ScopeTerms = scopeTerms,
): ChildScope {
  return {
    admission: widest(
      applications.map(({ sentOn, closedOn }) => {
        if (sentOn === null || today < sentOn) return 'NONE';
        if (closedOn === null || today < closedOn) return 'ALL';
        return today < addMonths(closedOn, tailMonths) ? 'READ' : 'NONE';
      }),
    ),
    communication: widest(
      stays
        // A place that was given back before it began was none.
        .filter(({ from, to }) => to === null || from < to)
        .map(({ from, to }) => {
          if (today < addDays(from, -leadDays)) return 'NONE';
          if (to === null || today < to) return 'ALL';
          return today < addMonths(addDays(to, -1), tailMonths) ? 'READ' : 'NONE';
        }),
    ),
  };
}

const widest = (scopes: readonly Scope[]): Scope =>
  (['ALL', 'READ'] as const).find((scope) => scopes.includes(scope)) ?? 'NONE';

/** Who an entry of parental responsibility names. */
export type Holder =
  | { readonly kind: 'person'; readonly personId: string }
  /** An adult without a number: nobody can sign in as them. */
  | { readonly kind: 'unidentified' }
  | { readonly kind: 'organisation' }
  | { readonly kind: 'nobody' }
  /** A number of the wrong series, or none at all by its check digits. */
  | { readonly kind: 'refused' };

/** One current entry about one child. `value` is `ansvar` as the register writes it. */
export interface Entry {
  readonly value: string;
  readonly holder: Holder;
}

/** Why the entries do not say who holds the responsibility. */
export type Unclear =
  | 'NO_RESPONSIBILITY'
  | 'RESPONSIBILITY_UNHEARD_OF'
  | 'RESPONSIBILITY_UNKNOWN'
  | 'ORGANISATION_RESPONSIBLE'
  | 'NOBODY_NAMED'
  | 'NUMBER_NOT_ACCEPTED'
  | 'CONTRADICTORY'
  | 'HOLDER_UNIDENTIFIED';

/** What all entries about a child say, taken together. */
export type Claim =
  | {
      readonly kind: 'clear';
      readonly holders: readonly string[];
      readonly hasUnidentified: boolean;
      readonly isGivenToOthers: boolean;
    }
  | { readonly kind: 'unclear'; readonly problem: Unclear };

type Form = 'joint' | 'sole' | 'others' | 'unknown' | 'unheard';

/** GUA-04: every word the register has, and one case for those it may come to have. */
function formOf(value: string): Form {
  switch (value) {
    case 'felles':
      return 'joint';
    case 'mor':
    case 'far':
    case 'medmor':
      return 'sole';
    case 'andre':
      return 'others';
    case 'ukjent':
      return 'unknown';
    default:
      return 'unheard';
  }
}

/** How many may hold the responsibility at once by the word that stands for it; more contradict each other. */
const mostHolders: Readonly<Record<Form, number>> = {
  joint: 2,
  sole: 1,
  others: Number.POSITIVE_INFINITY,
  unknown: 0,
  unheard: 0,
};

/** Reads entries together. Repeated ones count once (GUA-26); what is contradictory or missing means nobody (GUA-05, S-02). */
export function readClaim(entries: readonly Entry[]): Claim {
  const [first] = entries;
  if (first === undefined) return unclear('NO_RESPONSIBILITY');
  const forms = entries.map(({ value }) => formOf(value));
  if (forms.includes('unheard')) return unclear('RESPONSIBILITY_UNHEARD_OF');
  if (forms.includes('unknown')) return unclear('RESPONSIBILITY_UNKNOWN');
  const kinds = new Set(entries.map(({ holder }) => holder.kind));
  if (kinds.has('organisation')) return unclear('ORGANISATION_RESPONSIBLE');
  if (kinds.has('nobody')) return unclear('NOBODY_NAMED');
  if (kinds.has('refused')) return unclear('NUMBER_NOT_ACCEPTED');
  if (entries.some(({ value }) => value !== first.value)) return unclear('CONTRADICTORY');

  const holders = [
    ...new Set(entries.flatMap(({ holder }) => (holder.kind === 'person' ? [holder.personId] : []))),
  ].toSorted();
  const hasUnidentified = kinds.has('unidentified');
  const form = formOf(first.value);
  if (holders.length + (hasUnidentified ? 1 : 0) > mostHolders[form]) return unclear('CONTRADICTORY');
  if (holders.length === 0) return unclear('HOLDER_UNIDENTIFIED');
  return { kind: 'clear', holders, hasUnidentified, isGivenToOthers: form === 'others' };
}

const unclear = (problem: Unclear): Claim => ({ kind: 'unclear', problem });

import { type LocalDate, birthdayAt } from '@ranselpost/kit/pure/dates';
import { type Protection, highest } from './protection.ts';
import { type Claim, type Entry, type Unclear, readClaim } from './responsibility.ts';

/** What is known of a child when its guardians are worked out. */
export interface ChildFacts {
  readonly childId: string;
  /** False until the register has answered, once or again after what it said had been lost. */
  readonly isRead: boolean;
  /** False when the register answered that it does not know the child. */
  readonly isInRegister: boolean;
  readonly birthDate: LocalDate | null;
  readonly hasNationalNumber: boolean;
  readonly hasFalseIdentity: boolean;
  readonly protection: Protection;
  /** The highest protection that has concerned the child since staff last released it (ADR-13). */
  readonly heldProtection: Protection;
  /** What it says now cannot be read, and may be something else (GUA-01). */
  readonly isUnreadable: boolean;
  /** The register has split them from somebody else who had been taken for the same (FREG-09). */
  readonly wasSplit: boolean;
  /** A representative for a minor is appointed (GUA-16). */
  readonly isRepresented: boolean;
  readonly entries: readonly Entry[];
  /** Whoever has a grant by document: they concern the child's protection as the holders do. */
  readonly documented: readonly string[];
}

/** What is known of an adult whom a child's entries name. */
export interface AdultFacts {
  readonly personId: string;
  readonly isRead: boolean;
  readonly isInRegister: boolean;
  readonly isDead: boolean;
  readonly hasNationalNumber: boolean;
  readonly hasFalseIdentity: boolean;
  readonly isUnreadable: boolean;
  readonly wasSplit: boolean;
  readonly protection: Protection;
}

/** What keeps somebody from having access. All but the first three wait for staff to let them through. */
export type Hold =
  /** Somebody the entries name has not been read yet: whether they are protected is not known (S-02). */
  | 'AWAITING_REGISTER'
  /** What it says now of the child, or of somebody it concerns, cannot be read: it may take away, or protect (S-02). */
  | 'REGISTER_UNREADABLE'
  /** A restriction in force closes it, and nobody lets it through (GUA-12). */
  | 'RESTRICTED'
  /** Held at this level: to let it through says nothing of a higher one (ADR-04). */
  | 'PROTECTION_FORTROLIG'
  | 'PROTECTION_STRENGT_FORTROLIG'
  | 'D_NUMBER'
  | 'FALSE_IDENTITY'
  | 'GIVEN_TO_OTHERS'
  | 'BIRTH_DATE_MISSING'
  | 'NOT_IN_REGISTER'
  /** Two persons were taken for one: whose right it is, is for staff to say (FREG-09). */
  | 'SPLIT'
  /** The register has changed too much at once, and nobody has looked at it yet (FREG-10). */
  | 'QUARANTINED'
  /** It was held for that, and people said no: staff let it through one by one, or the register takes it back. */
  | 'REFUSED'
  /** They had lost it after the day that this database was restored to, and nobody here knows why any more (S-27). */
  | 'LOST_BEFORE_RESTORE'
  /** The entries do not say who holds the responsibility. */
  | 'UNCLEAR';

/** What the register leaves open of who is to have access to a child. */
export type Question =
  | Unclear
  | 'NOT_IN_REGISTER'
  | 'SECOND_HOLDER_UNIDENTIFIED'
  | 'NO_LIVING_HOLDER'
  | 'REGISTER_UNREADABLE'
  | 'SPLIT'
  | 'REPRESENTATIVE_APPOINTED';

/** What the register says about who is to have access to a child. */
export interface Derivation {
  readonly standings: readonly { readonly personId: string; readonly holds: readonly Hold[] }[];
  /** Named by entries that contradict each other or say too little: no access now, and nothing is over yet (GUA-05). */
  readonly inDoubt: readonly string[];
  readonly problems: readonly Question[];
  /** The highest protection of the child and of those it concerns, as the register has it now (ADR-01). */
  readonly protection: Protection;
  /** What counts: that, or what has concerned the child before and was not released (ADR-13). */
  readonly heldProtection: Protection;
  /** What holds everybody, whatever their ground, for what is not known of the people (GUA-01, FREG-09). */
  readonly doubts: readonly Hold[];
  /** What the register says of the child is not known, or not any more: whoever had access by it waits (S-02). */
  readonly isUnread: boolean;
  /** The first day without access (GUA-14). */
  readonly endsOn: LocalDate | null;
}

const majority = 18;
const nothing = { standings: [], inDoubt: [], problems: [], isUnread: false } as const;
type Said = Omit<Derivation, 'endsOn' | 'protection' | 'heldProtection' | 'doubts'>;

/**
 * Who is to have access to a child by what the register says (GUA-01 … GUA-05, registries § 5.7). Relations, addresses
 * and names are not even among the facts it is given (GUA-02). Whoever it does not name has no access.
 */
export function deriveGuardianship(
  child: ChildFacts,
  adults: ReadonlyMap<string, AdultFacts>,
  today: LocalDate,
): Derivation {
  const endsOn = child.birthDate === null ? null : birthdayAt(child.birthDate, majority);
  const concerned = [child, ...livingAround(child, adults)];
  const protection = highest(concerned.map((person) => person.protection));
  const doubts: readonly Hold[] = [
    ...(concerned.some(({ isUnreadable }) => isUnreadable) ? (['REGISTER_UNREADABLE'] as const) : []),
    ...(child.wasSplit ? (['SPLIT'] as const) : []),
  ];
  const heldProtection = highest([child.heldProtection, protection]);
  const said =
    endsOn !== null && endsOn <= today ? nothing : readChild({ ...child, heldProtection }, adults, doubts);
  return { ...said, endsOn, protection, heldProtection, doubts };
}

function readChild(
  child: ChildFacts,
  adults: ReadonlyMap<string, AdultFacts>,
  doubts: readonly Hold[],
): Said {
  const own: readonly Question[] = [
    ...(child.isUnreadable ? (['REGISTER_UNREADABLE'] as const) : []),
    ...(child.wasSplit ? (['SPLIT'] as const) : []),
    ...(child.isRepresented ? (['REPRESENTATIVE_APPOINTED'] as const) : []),
  ];
  if (!child.isRead) return { ...nothing, problems: own, isUnread: true };
  const claim = readClaim(child.entries);
  if (!child.isInRegister || claim.kind === 'unclear') {
    const problem = claim.kind === 'unclear' && child.isInRegister ? claim.problem : 'NOT_IN_REGISTER';
    return {
      ...nothing,
      inDoubt: personsNamed(child.entries).filter((personId) => adults.get(personId)?.isDead !== true),
      problems: [problem, ...own],
    };
  }
  return standingsOf(child, claim, adults, { own, doubts });
}

/** Everybody whom the child concerns: named by an entry, however unclear, or with a grant by document. */
function livingAround(
  { entries, documented }: ChildFacts,
  adults: ReadonlyMap<string, AdultFacts>,
): readonly AdultFacts[] {
  const concerned = [...personsNamed(entries), ...documented].flatMap((id) => adults.get(id) ?? []);
  return concerned.filter(({ isDead }) => !isDead);
}

/** What holds everybody at a level of protection, until staff have looked at it at that level. */
export const holdsAt = (level: Protection): readonly Hold[] =>
  level === 'FORTROLIG' || level === 'STRENGT_FORTROLIG' ? [`PROTECTION_${level}`] : [];

function standingsOf(
  child: ChildFacts,
  claim: Extract<Claim, { kind: 'clear' }>,
  adults: ReadonlyMap<string, AdultFacts>,
  { own, doubts }: { readonly own: readonly Question[]; readonly doubts: readonly Hold[] },
): Said {
  // Somebody we know nothing of is somebody unread. The dead hold nothing, and nobody is put in their place (GUA-11).
  const living = claim.holders
    .map((personId) => adults.get(personId) ?? unread(personId))
    .filter(({ isDead }) => !isDead);
  const shared = [...doubts, ...holdsOfAll(child, living, claim)];
  const standings = living.map((adult) => ({
    personId: adult.personId,
    holds: unique([...shared, ...holdsOf(adult)]),
  }));
  return {
    ...nothing,
    standings,
    problems: [
      ...(claim.hasUnidentified ? (['SECOND_HOLDER_UNIDENTIFIED'] as const) : []),
      ...(living.length === 0 ? (['NO_LIVING_HOLDER'] as const) : []),
      ...own,
    ],
  };
}

const holdsOfAll = (
  child: ChildFacts,
  living: readonly AdultFacts[],
  claim: Extract<Claim, { kind: 'clear' }>,
): readonly Hold[] => [
  ...(living.some(({ isRead }) => !isRead) ? (['AWAITING_REGISTER'] as const) : []),
  ...holdsAt(child.heldProtection),
  ...(child.hasNationalNumber ? [] : (['D_NUMBER'] as const)),
  ...(child.hasFalseIdentity ? (['FALSE_IDENTITY'] as const) : []),
  // Without a birth date nobody can tell when access ends (AGE-01).
  ...(child.birthDate === null ? (['BIRTH_DATE_MISSING'] as const) : []),
  ...(claim.isGivenToOthers ? (['GIVEN_TO_OTHERS'] as const) : []),
];

function holdsOf(adult: AdultFacts): readonly Hold[] {
  const split = splitOf(adult);
  if (!adult.isRead) return split;
  if (!adult.isInRegister) return [...split, 'NOT_IN_REGISTER'];
  return [
    ...split,
    ...(adult.hasNationalNumber ? [] : (['D_NUMBER'] as const)),
    ...(adult.hasFalseIdentity ? (['FALSE_IDENTITY'] as const) : []),
  ];
}

/** What holds somebody who had been taken for another, or another for them, whatever their ground. */
export const splitOf = (adult: AdultFacts | undefined): readonly Hold[] =>
  adult?.wasSplit === true ? ['SPLIT'] : [];

const unread = (personId: string): AdultFacts => ({
  personId,
  isRead: false,
  isInRegister: false,
  isDead: false,
  hasNationalNumber: false,
  hasFalseIdentity: false,
  isUnreadable: false,
  wasSplit: false,
  protection: 'NONE',
});

const personsNamed = (entries: readonly Entry[]): readonly string[] =>
  unique(entries.flatMap(({ holder }) => (holder.kind === 'person' ? [holder.personId] : [])));

const unique = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

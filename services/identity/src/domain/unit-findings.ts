/** A school or kindergarten in use here, as rosters have it. */
export interface KnownUnit {
  readonly unitId: string;
  readonly kind: 'SCHOOL' | 'KINDERGARTEN';
  readonly organisationNumber: string | null;
}

/** What of a unit in the open registers can be compared. */
export interface RegisteredUnit {
  readonly organisationNumber: string;
  readonly kind: 'SCHOOL' | 'KINDERGARTEN';
  readonly isActive: boolean;
  readonly isListed: boolean;
}

export type FindingKind =
  | 'CLOSED_BY_REGISTER'
  /** Listed for the municipality no more, by a register that does not say that it has closed. */
  | 'NOT_LISTED'
  | 'ANOTHER_KIND'
  /** In use here, and in none of the registers, or by no number that could be looked up. */
  | 'NOT_IN_REGISTER'
  /** Open by the registers, and nobody here has sent a roster of it. */
  | 'NOT_HERE';

export interface UnitFinding<Entry extends RegisteredUnit = RegisteredUnit> {
  /** Unit or organisation number: the same for as long as the finding stands. */
  readonly key: string;
  readonly kind: FindingKind;
  readonly unitId: string | null;
  readonly entry: Entry | null;
}

/**
 * Where registers and rosters say different things of units. A register closes and removes nothing here: whoever
 * administers the municipality looks at it (FREG-14). As long as no register has been read, nothing is known to differ.
 */
export function findDifferences<Entry extends RegisteredUnit>(
  units: readonly KnownUnit[],
  entries: readonly Entry[],
): readonly UnitFinding<Entry>[] {
  if (entries.length === 0) return [];
  const byNumber = new Map(entries.map((entry) => [entry.organisationNumber, entry]));
  const numbersHere = new Set(units.map(({ organisationNumber }) => organisationNumber));
  const ofUnits = units.flatMap((unit): readonly UnitFinding<Entry>[] => {
    const { unitId, organisationNumber } = unit;
    const entry = organisationNumber === null ? undefined : byNumber.get(organisationNumber);
    const kind = compare(unit, entry);
    return kind === null ? [] : [{ key: unitId, kind, unitId, entry: entry ?? null }];
  });
  const unknown = entries
    .filter((entry) => entry.isActive && entry.isListed && !numbersHere.has(entry.organisationNumber))
    .map((entry) => ({ key: entry.organisationNumber, kind: 'NOT_HERE' as const, unitId: null, entry }));
  return [...ofUnits, ...unknown].toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

function compare(unit: KnownUnit, entry: RegisteredUnit | undefined): FindingKind | null {
  if (entry === undefined) return 'NOT_IN_REGISTER';
  if (!entry.isActive) return 'CLOSED_BY_REGISTER';
  if (!entry.isListed) return 'NOT_LISTED';
  return entry.kind === unit.kind ? null : 'ANOTHER_KIND';
}

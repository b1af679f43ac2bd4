import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { byCodeUnit, openPool } from './instance.ts';
import { groupOn, yearOfAdmission } from './right-to-place.ts';
import type { RoundKind } from './round.ts';

/** What a round is allocated from, as the database has it. */
export interface RoundFacts {
  readonly kind: RoundKind;
  readonly admissionYear: number;
  /** The day and month on which the kindergarten year begins: `08-01`. */
  readonly yearBegins: string;
  readonly wishLimit: number;
  readonly seed: string;
  /** In the words of `placement-instance/1`, and read with it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly units: readonly AdmittingUnit[];
  readonly applicants: readonly Applicant[];
  readonly overrides: readonly Override[];
}

export interface AdmittingUnit {
  readonly id: string;
  /** The rule of its statutes, in the words of `placement-instance/1`. */
  readonly priority: unknown;
  readonly convertible: boolean;
  readonly maxSeats: Readonly<Record<string, number>>;
  readonly seats: Readonly<Record<string, number>>;
  readonly reserved: readonly GivenReserve[];
}

export interface GivenReserve {
  readonly id: string;
  readonly group: string;
  readonly seats: number;
  readonly flag: string;
  readonly soft: boolean;
}

export interface Applicant {
  readonly id: string;
  readonly born: LocalDate;
  readonly wantedStart: LocalDate | null;
  readonly submittedAt: Date;
  /** Whoever has parental responsibility: children who have the same are a family. */
  readonly guardianIds: readonly string[];
  /** What was granted, and `right`. */
  readonly flags: readonly string[];
  /** The unit where the child has a place on the day that the kindergarten year begins. */
  readonly currentUnitId: string | null;
  readonly wishes: readonly GivenWish[];
  readonly nearby: readonly GivenWish[];
}

export interface GivenWish {
  readonly unitId: string;
  readonly distance: number | null;
  readonly flags: readonly string[];
}

/** What a case worker has decided by hand. It holds before anything is allocated, so that the rest stays fair (placement § 10). */
export type Override =
  | { readonly kind: 'PIN' | 'BAR'; readonly applicationId: string; readonly unitId: string }
  | { readonly kind: 'SEATS'; readonly unitId: string; readonly group: string; readonly seats: number };

/** A child that has its seat by hand, which the engine is not asked about. */
export interface Pinned {
  readonly applicationId: string;
  readonly unitId: string;
  readonly pool: string;
}

export type OverrideFault =
  | { readonly kind: 'E_UNKNOWN_APPLICATION'; readonly applicationId: string }
  | { readonly kind: 'E_UNKNOWN_K'; readonly unitId: string }
  /** There is no seat left that a child could be put on by hand. */
  | { readonly kind: 'E_FULL'; readonly pool: string };

export interface GivenInstance {
  readonly format: 'placement-instance/1';
  readonly seed: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly kindergartens: readonly Readonly<Record<string, unknown>>[];
  readonly applications: readonly Readonly<Record<string, unknown>>[];
}

export interface RoundInput {
  readonly instance: GivenInstance;
  readonly pinned: readonly Pinned[];
}

/** The instance of a round: the same to the byte for the same facts, in whatever order they were read (BHG-23). */
export function roundInstance(facts: RoundFacts): Result<RoundInput, readonly OverrideFault[]> {
  const faults = [...unknownOf(facts)];
  if (faults.length > 0) return refuse(faults);

  const seats = new Map(facts.units.map(({ id, seats: decided }) => [id, { ...decided }]));
  const add = (unitId: string, group: string, more: number): number => {
    const of = seats.get(unitId)!;
    return (of[group] = (of[group] ?? 0) + more);
  };
  for (const one of facts.overrides) if (one.kind === 'SEATS') seats.get(one.unitId)![one.group] = one.seats;

  const applicants = facts.applicants.toSorted((one, other) => byCodeUnit(one.id, other.id));
  const byId = new Map(applicants.map((one) => [one.id, one]));
  const pinned = facts.overrides.flatMap((one): readonly Pinned[] => {
    if (one.kind !== 'PIN') return [];
    const { applicationId, unitId } = one;
    return [{ applicationId, unitId, pool: openPool(unitId, groupOf(byId.get(applicationId)!, facts)) }];
  });
  for (const { applicationId, unitId, pool } of pinned) {
    const applicant = byId.get(applicationId)!;
    const group = groupOf(applicant, facts);
    const { currentUnitId } = applicant;
    // The engine gives a kindergarten the seats of those who are there and take part; who is pinned takes part no more.
    if (currentUnitId !== null && seats.has(currentUnitId)) add(currentUnitId, group, 1);
    if (add(unitId, group, -1) < 0) faults.push({ kind: 'E_FULL', pool });
  }
  if (faults.length > 0) return refuse(faults);

  const families = familiesOf(applicants);
  const isPinned = new Set(pinned.map(({ applicationId }) => applicationId));
  const barred = new Set(
    facts.overrides.flatMap((one) => (one.kind === 'BAR' ? [`${one.applicationId} ${one.unitId}`] : [])),
  );
  const wish = ({ unitId, distance, flags }: GivenWish): object => ({
    k: unitId,
    ...(distance === null ? {} : { distance }),
    flags: sorted(flags),
  });
  return accept({
    pinned: pinned.toSorted((one, other) => byCodeUnit(one.applicationId, other.applicationId)),
    instance: {
      format: 'placement-instance/1',
      seed: facts.seed,
      config: { ...facts.config, markets: marketsOf(facts), maxWishes: facts.wishLimit },
      kindergartens: facts.units
        .toSorted((one, other) => byCodeUnit(one.id, other.id))
        .map(({ id, priority, convertible, maxSeats, reserved }) => ({
          ...{ id, priority, convertible, maxSeats, reserved },
          seats: seats.get(id)!,
        })),
      applications: applicants
        .filter(({ id }) => !isPinned.has(id))
        .map((one) => ({
          id: one.id,
          group: groupOf(one, facts),
          born: one.born,
          appliedAt: one.submittedAt.toISOString(),
          flags: sorted(one.flags),
          ...(families.has(one.id) ? { family: families.get(one.id) } : {}),
          ...(one.currentUnitId !== null && seats.has(one.currentUnitId)
            ? { current: one.currentUnitId }
            : {}),
          wishes: one.wishes.filter(({ unitId }) => !barred.has(`${one.id} ${unitId}`)).map(wish),
          nearby: one.nearby.filter(({ unitId }) => !barred.has(`${one.id} ${unitId}`)).map(wish),
        })),
    },
  });
}

/** After-school care has one group for all, kindergartens have two by age (placement § 11). */
export const afterSchoolGroup = 'sfo';

const marketsOf = ({ kind, config }: RoundFacts): unknown =>
  kind === 'sfo' ? [afterSchoolGroup] : (config['markets'] ?? ['large', 'small']);

/** By the first day in the year of admission from which a place is wanted: no other year's day chooses a group. */
export function groupOf(
  { born, wantedStart }: Pick<Applicant, 'born' | 'wantedStart'>,
  round: Pick<RoundFacts, 'kind' | 'admissionYear' | 'yearBegins'>,
): string {
  if (round.kind === 'sfo') return afterSchoolGroup;
  const { earliest, latest } = yearOfAdmission(round);
  const start = wantedStart === null || wantedStart < earliest ? earliest : wantedStart;
  return groupOn(born, start > latest ? latest : start);
}

const sorted = (flags: readonly string[]): readonly string[] => [...new Set(flags)].toSorted(byCodeUnit);

function* unknownOf({ units, applicants, overrides }: RoundFacts): Iterable<OverrideFault> {
  const unitIds = new Set(units.map(({ id }) => id));
  const applicationIds = new Set(applicants.map(({ id }) => id));
  for (const one of overrides) {
    if (!unitIds.has(one.unitId)) yield { kind: 'E_UNKNOWN_K', unitId: one.unitId };
    if (one.kind !== 'SEATS' && !applicationIds.has(one.applicationId))
      yield { kind: 'E_UNKNOWN_APPLICATION', applicationId: one.applicationId };
  }
}

/** A family is called by the application of its that comes first, so that nothing of the guardians gets into what is kept of a run. */
function familiesOf(applicants: readonly Applicant[]): ReadonlyMap<string, string> {
  const families = new Map<string, string>();
  const together = Map.groupBy(
    applicants.filter(({ guardianIds }) => guardianIds.length > 0),
    ({ guardianIds }) => guardianIds.toSorted(byCodeUnit).join(' '),
  );
  for (const [, family] of together)
    if (family.length > 1) for (const { id } of family) families.set(id, family[0]!.id);
  return families;
}

import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Verdict, undecidedOf } from './claim.ts';
import { isInTime } from './deadline.ts';
import { type RightToPlace, rightToPlace } from './right-to-place.ts';
import type { Applicant, GivenReserve, GivenWish, Override, RoundFacts } from './round-instance.ts';
import { type Round, deadlineOf } from './round.ts';

/** What the database has of a round that is to be allocated. */
export interface RunFacts {
  readonly units: readonly RecordedUnit[];
  readonly overrides: readonly Override[];
  readonly applicants: readonly RecordedApplicant[];
}

export interface RecordedUnit {
  readonly id: string;
  readonly priority: unknown;
  readonly convertible: boolean;
  readonly maxSeats: Readonly<Record<string, number>>;
  /** Whether guardians are told ranks (BHG-20). */
  readonly showRank: boolean;
  readonly seats: readonly RecordedSeats[];
}

export interface RecordedSeats {
  readonly group: string;
  readonly seats: number;
  readonly occupied: number;
  readonly reserved: readonly Omit<GivenReserve, 'group'>[];
  readonly area: number | null;
  readonly adults: number | null;
}

export interface RecordedApplicant {
  readonly id: string;
  readonly childId: string;
  /** Null where the register has not told it. */
  readonly born: LocalDate | null;
  readonly livesHere: 'YES' | 'NO' | 'UNKNOWN' | null;
  readonly wantedStart: LocalDate | null;
  readonly submittedAt: string;
  /** What a case worker has decided: in the main round where the register does not say, in the others of whoever has the right. */
  readonly hasRight: boolean | null;
  readonly currentUnitId: string | null;
  readonly guardianIds: readonly string[];
  readonly claims: readonly {
    readonly flag: string;
    readonly unitId: string | null;
    readonly verdict: Verdict;
  }[];
  readonly wishes: readonly {
    readonly unitId: string;
    readonly rank: number;
    readonly hasSibling: boolean;
  }[];
}

/** A round as it is planned, as far as it matters for who gets what. */
export interface PlannedRound extends Round, Pick<RoundFacts, 'admissionYear' | 'yearBegins' | 'wishLimit'> {
  readonly config: Readonly<Record<string, unknown>>;
}

/** A round with other rules, seats or decisions by hand than its own. */
export interface ScenarioChanges {
  readonly rules: readonly { readonly unitId: string; readonly priority: unknown }[];
  readonly overrides: readonly Override[];
}

export interface FactsRead {
  readonly facts: RoundFacts;
  /** What somebody has yet to decide on, of each application. */
  readonly undecided: readonly { readonly application: string; readonly flag: string }[];
  /** Applications to the main round of children who have no right to a place by now (BHG-06). */
  readonly withoutRight: readonly string[];
  /** Applications of children whose birth date the register has not told: they are in no run, and are decided on by hand (ADR-03). */
  readonly leftOut: readonly string[];
}

/** What a round is allocated from, with a seed and with what a scenario has otherwise. */
export function readRunFacts(
  round: PlannedRound,
  record: RunFacts,
  { seed, changes }: { readonly seed: string; readonly changes: ScenarioChanges | null },
): FactsRead {
  const known = record.applicants.filter(isKnown);
  const judged = known.map((one) => ({ one, right: rightOf(round, one) }));
  const { overridesByTwo: _ofPeople, ...config } = round.config;
  const rules = new Map(changes?.rules.map(({ unitId, priority }) => [unitId, priority]));
  const { kind, admissionYear, yearBegins, wishLimit } = round;
  return {
    withoutRight: judged.flatMap(({ one, right }) =>
      round.kind === 'main' && right === 'NONE' ? [one.id] : [],
    ),
    leftOut: record.applicants.filter((one) => !isKnown(one)).map(({ id }) => id),
    undecided: judged.flatMap(({ one, right }) => [
      ...undecidedOf(
        standing(one).map((claim) => ({ ...claim, id: '', applicationId: one.id, provenAt: null })),
      ),
      ...(right === 'UNDECIDED' ? [{ application: one.id, flag: 'right' }] : []),
    ]),
    facts: {
      ...{ kind, admissionYear, yearBegins, wishLimit, seed, config },
      units: record.units.map(({ showRank: _shown, seats, ...unit }) => ({
        ...{ ...unit, priority: rules.get(unit.id) ?? unit.priority },
        seats: Object.fromEntries(seats.map((one) => [one.group, one.seats])),
        reserved: seats.flatMap(({ group, reserved }) => reserved.map((one) => ({ ...one, group }))),
      })),
      applicants: judged.map(({ one, right }) => toApplicant(round, record, one, right === 'RIGHT')),
      overrides: inForce([...record.overrides, ...(changes?.overrides ?? [])], known),
    },
  };
}

type Known = RecordedApplicant & { readonly born: LocalDate };

const isKnown = (one: RecordedApplicant): one is Known => one.born !== null;

const residences = { YES: 'HERE', NO: 'ELSEWHERE', UNKNOWN: 'UNKNOWN' } as const;

/**
 * Who applied to the main round in time has the right by the register (BHG-01). In the other rounds nobody has it for being in time there: who moved
 * here later waits for the next main round (BHG-03), and of whoever has it from the last one a case worker decides so.
 */
function rightOf(round: PlannedRound, one: Known): 'RIGHT' | 'NONE' | 'UNDECIDED' {
  // Nobody has a right to after-school care by the Kindergarten Act.
  if (round.kind === 'sfo') return 'NONE';
  if (round.kind !== 'main') return one.hasRight === true ? 'RIGHT' : 'NONE';
  const deadline = deadlineOf(round);
  const { admissionYear, yearBegins } = round;
  const right: RightToPlace = rightToPlace({
    ...{ born: one.born, admissionYear, yearBegins, isSchoolDeferred: false },
    isInTime: deadline !== null && isInTime(new Date(one.submittedAt), deadline),
    residence: residences[one.livesHere ?? 'UNKNOWN'],
  });
  if (right.kind !== 'TO_CONFIRM') return right.kind === 'RIGHT' ? 'RIGHT' : 'NONE';
  if (one.hasRight === null) return 'UNDECIDED';
  return one.hasRight ? 'RIGHT' : 'NONE';
}

/** What is claimed for a unit that is wished for no more waits for nobody. */
const standing = ({ claims, wishes }: Known): Known['claims'] =>
  claims.filter((claim) => claim.unitId === null || wishes.some(({ unitId }) => unitId === claim.unitId));

function toApplicant(round: PlannedRound, record: RunFacts, one: Known, hasRight: boolean): Applicant {
  const granted = one.claims.filter(({ verdict }) => verdict === 'granted');
  const flagsAt = (unitId: string | null): readonly string[] =>
    granted.flatMap((claim) => (claim.unitId === unitId ? [claim.flag] : []));
  const { id, born, wantedStart, guardianIds, currentUnitId } = one;
  const wished = new Set(one.wishes.map(({ unitId }) => unitId));
  return {
    ...{ id, born, wantedStart, guardianIds, currentUnitId },
    submittedAt: new Date(one.submittedAt),
    flags: [...flagsAt(null), ...(hasRight ? ['right'] : [])],
    wishes: one.wishes.map(({ unitId, hasSibling }): GivenWish => ({
      ...{ unitId, distance: null },
      flags: [...flagsAt(unitId), ...(hasSibling ? ['sibling'] : [])],
    })),
    // How far it is, nobody has told: whoever falls back does so on all others.
    nearby:
      hasRight && round.config['fallback'] === true
        ? record.units
            .filter((unit) => !wished.has(unit.id))
            .map((unit) => ({ unitId: unit.id, distance: null, flags: [] }))
        : [],
  };
}

/** What was decided by hand of children who take part; of one child and of one number of seats the last word counts. */
function inForce(overrides: readonly Override[], applicants: readonly Known[]): readonly Override[] {
  const ids = new Set(applicants.map(({ id }) => id));
  const last = new Map<string, Override>();
  for (const one of overrides) {
    if (one.kind === 'SEATS') last.set(`SEATS ${one.unitId} ${one.group}`, one);
    else if (ids.has(one.applicationId))
      last.set(
        one.kind === 'PIN' ? `PIN ${one.applicationId}` : `BAR ${one.applicationId} ${one.unitId}`,
        one,
      );
  }
  return [...last.values()];
}

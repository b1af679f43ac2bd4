import type { Run } from './allocate.ts';
import { sensitiveFlags } from './claim.ts';
import { type Reason, type WishOutcome, explainer } from './explain.ts';
import { type Application, type Instance, openPool } from './instance.ts';
import { type Override, type Pinned, type RoundFacts, groupOf } from './round-instance.ts';
import type { RecordedApplicant, RunFacts } from './run-facts.ts';

/** What became of a wish, as it is kept when a round is published. */
export interface PublishedOutcome {
  readonly applicationId: string;
  readonly childId: string;
  /** The number that the family gave it. */
  readonly rank: number;
  readonly unitId: string;
  readonly group: string;
  /** `BY_HAND`: the engine was not asked. `HAS_PLACE`: the child was there already, and stays. */
  readonly outcome: 'OFFERED' | 'NOT_NEEDED' | 'REJECTED' | 'BY_HAND' | 'HAS_PLACE';
  readonly rejection: PublishedRejection | null;
  readonly isTouchedByHand: boolean;
}

export interface PublishedRejection {
  readonly seats: number;
  readonly decidedBy: Reason;
  /** That of the last admitted child, where it can be told without telling whose it is. */
  readonly lastPriority: string | null;
  readonly numbers: RejectionNumbers;
  /** Whether the unit tells guardians the numbers (BHG-20). */
  readonly isShown: boolean;
}

export interface RejectionNumbers {
  readonly applicants: number;
  readonly place: number;
  readonly lastAdmittedPlace: number | null;
  readonly queue: number;
}

export interface OutcomeFacts {
  readonly stored: RunFacts;
  readonly facts: RoundFacts;
  readonly instance: Instance;
  readonly run: Run;
  readonly pinned: readonly Pinned[];
}

/** What became of all wishes of a round, with the numbers that families gave them. Whoever keeps a place has asked for none further down. */
export function publishedOutcomes({
  stored,
  facts,
  instance,
  run,
  pinned,
}: OutcomeFacts): readonly PublishedOutcome[] {
  const explain = explainer(instance, run);
  const recorded = new Map(stored.applicants.map((one) => [one.id, one]));
  const units = new Map(stored.units.map((one) => [one.id, one]));
  const pins = new Map(pinned.map((one) => [one.applicationId, one]));
  const touched = touchedPools(facts);
  const told = tellablePriorities(instance, run);
  return facts.applicants.flatMap((applicant) => {
    const { id } = applicant;
    const { childId, wishes } = recorded.get(id)!;
    const group = groupOf(applicant, facts);
    const explained = new Map(explain(id)?.map((one) => [one.k, one]));
    return wishes.flatMap(({ unitId, rank }): readonly PublishedOutcome[] => {
      const common = { ...{ applicationId: id, childId, rank, unitId, group }, rejection: null };
      const pin = pins.get(id);
      if (pin !== undefined)
        return [{ ...common, outcome: outcomeBeside(pin, wishes, rank), isTouchedByHand: true }];
      const found = explained.get(unitId);
      if (found === undefined && isBarred(facts.overrides, id, unitId))
        return [{ ...common, outcome: 'BY_HAND', isTouchedByHand: true }];
      const isTouchedByHand = touched.has(id) || touched.has(openPool(unitId, group));
      if (found === undefined) {
        if (unitId !== applicant.currentUnitId) return [];
        const stays = run.result.assigned[id]?.via === 'current';
        return [{ ...common, outcome: stays ? 'HAS_PLACE' : 'NOT_NEEDED', isTouchedByHand }];
      }
      if (found.outcome !== 'rejected')
        return [{ ...common, outcome: names[found.outcome], isTouchedByHand }];
      const { applicants, rank: place, lastAdmittedRank, queue } = found;
      const pool = openPool(unitId, group);
      const lastPriority = told(pool, found.decidedBy);
      // Which flag it was says whose, where few have it, and may say something of somebody's health.
      const isTold = lastPriority !== null || !found.decidedBy.startsWith('flag:');
      return [
        {
          ...{ ...common, outcome: 'REJECTED', isTouchedByHand },
          rejection: {
            seats: found.seats + pinned.filter((one) => one.pool === pool).length,
            ...{ decidedBy: isTold ? found.decidedBy : 'group', lastPriority },
            numbers: { applicants, place, lastAdmittedPlace: lastAdmittedRank, queue },
            isShown: units.get(unitId)!.showRank,
          },
        },
      ];
    });
  });
}

const names: Readonly<Record<Exclude<WishOutcome['outcome'], 'rejected'>, 'OFFERED' | 'NOT_NEEDED'>> = {
  offered: 'OFFERED',
  'not-needed': 'NOT_NEEDED',
};

/** Of a child that was given a seat by hand: the one that it got, what it wanted less, and what it was not put on. */
function outcomeBeside(
  { unitId }: Pinned,
  wishes: RecordedApplicant['wishes'],
  rank: number,
): PublishedOutcome['outcome'] {
  const met = wishes.find((wish) => wish.unitId === unitId)?.rank;
  if (met === rank) return 'OFFERED';
  return met !== undefined && met < rank ? 'NOT_NEEDED' : 'BY_HAND';
}

const isBarred = (overrides: readonly Override[], applicationId: string, unitId: string): boolean =>
  overrides.some((one) => one.kind === 'BAR' && one.applicationId === applicationId && one.unitId === unitId);

/** Applications that somebody decided on by hand, and pools where that took or made a seat. */
function touchedPools(facts: RoundFacts): ReadonlySet<string> {
  const applicants = new Map(facts.applicants.map((one) => [one.id, one]));
  return new Set(
    facts.overrides.flatMap((one) => {
      if (one.kind === 'SEATS') return [openPool(one.unitId, one.group)];
      const applicant = applicants.get(one.applicationId);
      return applicant === undefined
        ? []
        : [one.applicationId, openPool(one.unitId, groupOf(applicant, facts))];
    }),
  );
}

/** Fewer children than this have a priority at a pool, and it could be known whose it is (placement § 7). */
const enoughHolders = 5;

/** The priority that was decisive at a pool, where it says nothing of anybody in particular and of nobody's health (BHG-09). */
function tellablePriorities({ applications, kindergartens }: Instance, { result }: Run) {
  const byId = new Map(applications.map((one) => [one.id, one]));
  const rules = new Map(kindergartens.map(({ id, priority }) => [id, priority]));
  const flagsAt = ({ flags, wishes }: Application, k: string): readonly string[] => [
    ...flags,
    ...wishes.flatMap((wish) => (wish.k === k ? wish.flags : [])),
  ];
  const holders = (pool: string, flag: string): number =>
    applications.filter((one) =>
      one.wishes.some(({ k }) => openPool(k, one.group) === pool && flagsAt(one, k).includes(flag)),
    ).length;
  return (pool: string, decidedBy: Reason): string | null => {
    const last = byId.get(result.pools[pool]?.lastAdmitted ?? '');
    if (last === undefined) return null;
    const k = pool.slice(0, pool.lastIndexOf('/'));
    const rule = rules.get(k)!;
    const has = flagsAt(last, k);
    const flag = decidedBy.startsWith('flag:')
      ? decidedBy.slice('flag:'.length)
      : decidedBy === 'group' && rule.mode === 'firstMatch'
        ? rule.groups.find((one) => has.includes(one))
        : undefined;
    if (flag === undefined || sensitiveFlags.has(flag) || !has.includes(flag)) return null;
    return holders(pool, flag) < enoughHolders ? null : flag;
  };
}

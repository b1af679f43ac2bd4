import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { isInTime } from './deadline.ts';
import type { Config } from './instance.ts';
import { readInstance } from './read-instance.ts';
import { afterSchoolGroup } from './round-instance.ts';
import { type Round, type RoundState, deadlineOf, isChangeable } from './round.ts';
import { type Warning, warningsOf } from './warnings.ts';

/** How a round is drawn, in the words of an instance (placement § 5). */
export interface RoundConfig extends Omit<Config, 'maxWishes'> {
  /** Whether a second person approves what is decided by hand (placement § 3). Nothing that the engine knows of. */
  readonly overridesByTwo?: boolean;
}

/** What is planned of a round: changed as a whole, until it opens. */
export interface RoundPlan extends Pick<Round, 'kind' | 'deadline'> {
  readonly title: string;
  readonly admissionYear: number;
  readonly wishLimit: number;
  /** The day and month on which the kindergarten year begins: `08-01`. */
  readonly yearBegins: string;
  readonly config: RoundConfig;
  /** The units that take part. */
  readonly unitIds: readonly string[];
}

export type PlanRefusal =
  /** A round that begins on a day for all has a last day to apply (BHG-05). */
  | { readonly kind: 'E_NO_DEADLINE' }
  | { readonly kind: 'E_UNKNOWN_K'; readonly unitIds: readonly string[] }
  | { readonly kind: 'E_BAD_GROUP' | 'E_FORMAT'; readonly places: readonly string[] };

type UnitKind = 'SCHOOL' | 'KINDERGARTEN' | 'AFTER_SCHOOL';

/** `kinds` are of the units that there are; their features are nobody's concern here: also who is closed for messages admits (P12). */
export function decidePlan(
  plan: RoundPlan,
  kinds: ReadonlyMap<string, UnitKind>,
): Result<RoundPlan, PlanRefusal> {
  const { kind, deadline, config } = plan;
  if (deadline === null && kind !== 'continuous' && kind !== 'sfo') return refuse({ kind: 'E_NO_DEADLINE' });
  const admits = kind === 'sfo' ? 'AFTER_SCHOOL' : 'KINDERGARTEN';
  const unknown = plan.unitIds.filter((unitId) => kinds.get(unitId) !== admits);
  if (unknown.length > 0) return refuse({ kind: 'E_UNKNOWN_K', unitIds: unknown });
  const read = readInstance(bareInstance(plan));
  if (!read.ok) {
    const places = read.problems.map(({ path }) => path);
    const isGroup = read.problems.every(({ code }) => code === 'E_BAD_GROUP');
    return refuse({ kind: isGroup ? 'E_BAD_GROUP' : 'E_FORMAT', places });
  }
  return accept({ ...plan, config: { ...config, markets: marketsOf(plan) } });
}

/** The age groups of a round, in the order in which they are allocated; after-school care has one for all (placement § 11). */
export const marketsOf = ({ kind, config }: Pick<RoundPlan, 'kind' | 'config'>): readonly string[] =>
  kind === 'sfo' ? [afterSchoolGroup] : config.markets;

/** The round as the engine would see it, with rules of units and without anybody in it. */
const bareInstance = (
  plan: Pick<RoundPlan, 'kind' | 'config' | 'wishLimit'>,
  units: readonly { readonly unitId: string; readonly priority: unknown }[] = [],
): object => ({
  format: 'placement-instance/1',
  seed: '',
  config: { ...plan.config, markets: marketsOf(plan), maxWishes: plan.wishLimit },
  kindergartens: units.map(({ unitId, priority }) => ({ id: unitId, priority, seats: {} })),
  applications: [],
});

/** What is allowed in a round and should be known before it opens; with the unit whose statutes a warning is about. */
export interface PlanWarning {
  readonly code: Warning['code'];
  readonly unitId: string | null;
}

export function planWarnings(
  plan: Pick<RoundPlan, 'kind' | 'config' | 'wishLimit'>,
  units: readonly { readonly unitId: string; readonly priority: unknown }[],
): readonly PlanWarning[] {
  const read = readInstance(bareInstance(plan, units));
  if (!read.ok) return [];
  return warningsOf(read.instance).map(({ code, path }) => {
    const at = /^kindergartens\[(\d+)\]/.exec(path)?.[1];
    return { code, unitId: at === undefined ? null : units[Number(at)]!.unitId };
  });
}

export type OpeningRefusal =
  /** The last second to apply is over. */
  | { readonly kind: 'E_DEADLINE'; readonly deadline: Date }
  | { readonly kind: 'E_NO_UNITS' }
  | { readonly kind: 'E_NO_STATUTES' | 'E_NO_SEATS'; readonly unitIds: readonly string[] };

/** A unit as a round finds it that opens. */
export interface UnitToOpen {
  readonly unitId: string;
  /** Those in force today; null where there are none. */
  readonly statuteId: string | null;
  readonly hasSeats: boolean;
}

/** Nobody can apply to a round of which it is not known how many seats there are and who comes first (placement § 8, BHG-10). */
export function decideOpening(
  round: Pick<Round, 'deadline' | 'grace'>,
  units: readonly UnitToOpen[],
  now: Date,
): Result<readonly { readonly unitId: string; readonly statuteId: string }[], OpeningRefusal> {
  const deadline = deadlineOf(round);
  if (deadline !== null && !isInTime(now, deadline)) return refuse({ kind: 'E_DEADLINE', deadline });
  if (units.length === 0) return refuse({ kind: 'E_NO_UNITS' });
  const without = (isWithout: (unit: UnitToOpen) => boolean): readonly string[] =>
    units.filter(isWithout).map(({ unitId }) => unitId);
  const lawless = without(({ statuteId }) => statuteId === null);
  if (lawless.length > 0) return refuse({ kind: 'E_NO_STATUTES', unitIds: lawless });
  const seatless = without(({ hasSeats }) => !hasSeats);
  if (seatless.length > 0) return refuse({ kind: 'E_NO_SEATS', unitIds: seatless });
  return accept(
    units.flatMap(({ unitId, statuteId }) => (statuteId === null ? [] : [{ unitId, statuteId }])),
  );
}

/** Another version of a unit's statutes than the one that a round began with. */
export interface OtherStatutes {
  readonly unitId: string;
  readonly statuteId: string;
  readonly reason: string;
}

export type OtherStatutesRefusal =
  | { readonly kind: 'E_STATE'; readonly state: RoundState }
  | { readonly kind: 'E_UNKNOWN_K' | 'E_NO_STATUTES'; readonly unitIds: readonly string[] }
  | { readonly kind: 'E_NO_REASON' };

/** Rules may change until a round is allocated, for a reason (placement § 8). `versions` are all that the unit has adopted. */
export function decideOtherStatutes(
  round: Pick<Round, 'state'> & Pick<RoundPlan, 'unitIds'>,
  { unitId, statuteId, reason }: OtherStatutes,
  versions: readonly { readonly id: string; readonly unitId: string }[],
): Result<OtherStatutes, OtherStatutesRefusal> {
  const { state } = round;
  // A draft keeps to none: which they are is settled when it opens.
  if (state === 'draft' || !isChangeable(state, 'rules')) return refuse({ kind: 'E_STATE', state });
  if (!round.unitIds.includes(unitId)) return refuse({ kind: 'E_UNKNOWN_K', unitIds: [unitId] });
  if (!versions.some((one) => one.id === statuteId && one.unitId === unitId))
    return refuse({ kind: 'E_NO_STATUTES', unitIds: [unitId] });
  if (reason.trim() === '') return refuse({ kind: 'E_NO_REASON' });
  return accept({ unitId, statuteId, reason: reason.trim() });
}

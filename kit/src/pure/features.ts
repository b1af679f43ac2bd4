import type { features } from '@ranselpost/schema/events/identity/feature-changed.v1';
import type { LocalDate } from './dates.ts';
import { type Result, accept, refuse } from './result.ts';

/** What a municipality opens and closes, per unit. */
export type Feature = (typeof features)[number];
export type FeatureState = 'CLOSED' | 'ANNOUNCED' | 'OPEN' | 'SUSPENDED';

/** How a feature stands at a unit, as identity has worked it out and nobody else does. */
export interface FeatureStanding {
  readonly state: FeatureState;
  readonly opensOn: LocalDate | null;
  /** Whether what exists already may still be read. */
  readonly isReadable: boolean;
}

/** How some feature stands at some unit; also one that only a later version knows. */
export interface UnitFeature extends FeatureStanding {
  readonly unitId: string;
  readonly feature: string;
}

/** How a feature stands at some units. */
export interface FeatureStandings {
  readonly feature: Feature;
  readonly atUnits: ReadonlyMap<string, FeatureStanding>;
}

/** What is known of one feature. */
export const standingsOf = (feature: Feature, known: readonly UnitFeature[]): FeatureStandings => ({
  feature,
  atUnits: new Map(known.filter((one) => one.feature === feature).map((one) => [one.unitId, one])),
});

/** Why something is not done: its feature is not open at the unit. What is shown instead, the graph says. */
export interface FeatureClosed {
  readonly kind: 'feature-closed';
  readonly feature: Feature;
  readonly unitId: string;
  readonly state: FeatureState;
  readonly opensOn: LocalDate | null;
}

/** How a feature stands that nothing was ever stated of (D08). */
export const neverStated: FeatureStanding = { state: 'CLOSED', opensOn: null, isReadable: false };

/** The id that the graph knows the state of a feature at a unit by. */
export const featureStateId = (feature: Feature, unitId: string): string => `${unitId}:${feature}`;

const standingAt = ({ atUnits }: FeatureStandings, unitId: string): FeatureStanding =>
  atUnits.get(unitId) ?? neverStated;

/** Whoever wants to do something with a feature asks this first: only where it is open is anything done (X07, D01). */
export function requireFeature(standings: FeatureStandings, unitId: string): Result<true, FeatureClosed> {
  const { state, opensOn } = standingAt(standings, unitId);
  return state === 'OPEN'
    ? accept(true)
    : refuse({ kind: 'feature-closed', feature: standings.feature, unitId, state, opensOn });
}

/** Whether what exists already may be read at a unit: also where a feature is suspended, unless the municipality hides it. */
export const isReadableAt = (standings: FeatureStandings, unitId: string): boolean =>
  standingAt(standings, unitId).isReadable;

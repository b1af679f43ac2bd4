import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type { FeatureStandings } from '@ranselpost/kit/pure/features';
import type { CountFacts, CountGround } from '../domain/counting-policy.ts';
import { areShownAt } from '../domain/policy.ts';
import * as calendars from '../store/calendars.ts';
import type { Deps } from './deps.ts';
import { type LoadedFacts, loadLeaveFacts } from './leave-facts.ts';

export interface LoadedCountFacts extends LoadedFacts, CountFacts {
  /** How absence stands at the units of the children. */
  readonly standings: FeatureStandings;
}

export async function loadCountFacts(
  tx: Tx,
  deps: Pick<Deps, 'now'>,
  actor: Actor,
  childIds: readonly string[],
): Promise<LoadedCountFacts> {
  const facts = await loadLeaveFacts(tx, actor, childIds, localDateAt(deps.now()));
  const unitIds = [...new Set(facts.enrolments.map(({ unitId }) => unitId))];
  const units = await calendars.ofUnits(tx, unitIds);
  return {
    ...facts,
    schoolIds: new Set(unitIds.filter((id) => units.get(id)?.kind === 'SCHOOL')),
    standings: await loadFeature(tx, 'ABSENCE', facts, unitIds),
  };
}

/** False where the municipality hides absence at one of a child's schools: then no number tells of any of them (X07). */
export const isCountShown = ({ enrolments, schoolIds, standings }: LoadedCountFacts, childId: string) =>
  areShownAt(
    standings,
    enrolments
      .filter((place) => place.childId === childId && schoolIds.has(place.unitId))
      .map(({ unitId }) => unitId),
  );

/** What the access log is told: at which school it was opened, where that is known. */
export const toRead = (childId: string, ground: CountGround) =>
  ground.as === 'GUARDIAN' ? { childId } : { childId, unitId: ground.unitId };

import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { featureChangedV1 } from '@ranselpost/schema/events/identity/feature-changed.v1';
import { isDeepStrictEqual } from 'node:util';
import { type Act, type Unit, standingAt } from '../domain/feature.ts';
import * as acts from '../store/feature-acts.ts';
import * as unitFeatures from '../store/unit-features.ts';
import { type Deps, type EventDeps, today } from './deps.ts';

/**
 * Works out anew how features stand at every unit, and tells what has changed: after something was stated, when a unit is
 * new, and on a timer, because planned openings come of themselves. Answers at how many units something changed.
 */
export const tellFeatures = (deps: Deps): Promise<number> =>
  deps.db.asService(async (tx) => {
    const facts = await toFeatureFacts({ ...deps, db: tx });
    await tellAll(tx, facts);
    return facts.length;
  });

/** The same within an open transaction: keeps what has changed, and answers the facts that tell it. */
export async function toFeatureFacts(deps: EventDeps): Promise<readonly Fact[]> {
  const units = await unitFeatures.holdAll(deps.db);
  const byFeature = Map.groupBy(await acts.all(deps.db), ({ feature }) => feature);
  const changed = units
    .map((unit) => ({ ...unit, now: standingsAt(unit, byFeature, today(deps)) }))
    .filter(({ standings, now }) => !isDeepStrictEqual(standings, now));
  return (
    await unitFeatures.save(
      deps.db,
      changed.map(({ unitId, now }) => ({ unitId, standings: now })),
    )
  ).map(toFact);
}

/** The same facts as they were told last; of units that nothing was told of, nothing. */
export const featureFacts = async ({ db }: EventDeps, unitIds: readonly string[]): Promise<readonly Fact[]> =>
  (await unitFeatures.told(db, unitIds)).map(toFact);

const standingsAt = (
  unit: Unit,
  byFeature: ReadonlyMap<Act['feature'], readonly Act[]>,
  day: string,
): readonly unitFeatures.FeatureOfUnit[] =>
  [...byFeature]
    .flatMap(([feature, stated]) => {
      const standing = standingAt(unit, stated, day);
      return standing === undefined ? [] : [{ feature, ...standing }];
    })
    .toSorted((one, other) => (one.feature < other.feature ? -1 : 1));

const toFact = ({ unitId, revision, standings }: unitFeatures.UnitFeatures): Fact =>
  fact(featureChangedV1, {
    unitId,
    revision,
    features: standings.map(({ feature, state, opensOn, isReadable }) => ({
      ...{ feature, state, opensOn, isReadable },
    })),
  });

import { tellAll } from '@ranselpost/kit/outbox';
import { type Told, stopsAgain, stopsOfAll } from '../domain/feature.ts';
import * as acts from '../store/feature-acts.ts';
import * as unitFeatures from '../store/unit-features.ts';
import type { EventDeps } from './deps.ts';
import { toFeatureFacts } from './tell-features.ts';

/**
 * Stops once more what was closed or hidden after the day this database was restored to, until two people have looked at
 * it (S-27). Null, and nobody can say what that was: everything that is open.
 */
export async function stopAgain(deps: EventDeps, words: readonly Told[] | null): Promise<void> {
  const { db, newId } = deps;
  const before = await toFeatureFacts(deps);
  const here = (await unitFeatures.holdAll(db)).map(({ unitId, standings }) => ({
    unitId,
    features: standings,
  }));
  for (const stop of words === null ? stopsOfAll(here) : stopsAgain(here, words))
    await acts.insert(db, {
      ...stop,
      ...{ actId: newId(), kind: 'STOP', opensOn: null, insistsOnDay: false, notice: null, cancels: null },
      ...{ power: 'MUNICIPAL_ADMINISTRATOR', lifts: [], decisionId: null, by: null },
    });
  await tellAll(db, [...before, ...(await toFeatureFacts(deps))]);
}

import { about, readsOf } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type { Absence } from '../domain/absence.ts';
import { areShownAt, shownTo } from '../domain/policy.ts';
import * as absences from '../store/absences.ts';
import type { Deps } from './deps.ts';

/** Absences by id, those that the actor may see. */
export function readAbsences(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Absence>> {
  return deps.db.asActor(actor, async (tx) => {
    const found = await absences.byIds(tx, ids);
    const childIds = [...new Set(found.map(({ childId }) => childId))];
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const features = await loadFeature(
      tx,
      'ABSENCE',
      facts,
      found.map(({ unitId }) => unitId),
    );
    const shown = found
      .filter(({ unitId }) => areShownAt(features, [unitId]))
      .map((absence) => shownTo(actor, facts, absence))
      .filter((absence) => absence !== null);
    return about(
      readsOf('ABSENCE', actor, facts, shown),
      new Map(shown.map((absence) => [absence.id, absence])),
    );
  });
}

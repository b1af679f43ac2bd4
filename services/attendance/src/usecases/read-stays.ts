import { about, readsOf } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { areShownAt, sightOf } from '../domain/policy.ts';
import type { Stay } from '../domain/stay.ts';
import * as stays from '../store/stays.ts';
import type { Deps } from './deps.ts';

/** What holds of each child from today on, at every unit for its guardians and at their own for staff; null where there is no such child. */
export const readStays = (deps: Deps, actor: Actor, childIds: readonly string[]) =>
  deps.db.asActor<readonly (readonly Stay[] | 'hidden' | null)[]>(actor, async (tx) => {
    const today = localDateAt(deps.now());
    const facts = await loadAccessFacts(tx, actor, childIds, today);
    const found = await stays.ofChildren(tx, childIds, today);
    const units = facts.enrolments.map(({ unitId }) => unitId);
    const features = await loadFeature(tx, 'ABSENCE', facts, units);
    const shown = childIds.map((childId) => {
      const sight = sightOf(actor, facts, childId);
      if (sight === null) return null;
      const isSeen = (unitId: string) => sight.kind === 'all' || sight.unitIds.includes(unitId);
      const places = facts.enrolments.filter((place) => place.childId === childId && isSeen(place.unitId));
      if (
        !areShownAt(
          features,
          places.map(({ unitId }) => unitId),
        )
      )
        return 'hidden';
      return found.filter((stay) => stay.childId === childId && isSeen(stay.unitId));
    });
    const told = childIds.filter((_childId, place) => Array.isArray(shown[place]));
    return about(
      readsOf(
        'ABSENCE',
        actor,
        facts,
        told.map((childId) => ({ childId })),
      ),
      shown,
    );
  });

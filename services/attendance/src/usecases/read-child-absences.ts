import { about, readsOf } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import type { ShownList } from '../domain/absence.ts';
import { areShownAt, placesSeen, shownTo, sightOf } from '../domain/policy.ts';
import * as absences from '../store/absences.ts';
import type { Deps } from './deps.ts';

export interface ChildAbsencesWanted {
  readonly childId: string;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly after: absences.ListPlace | null;
  readonly first: number;
}

/**
 * For each child asked about, one absence more than wanted when there are more. A list that would leave out what the
 * municipality hides is hidden whole: it would look as if the child had not been away (S-26).
 */
export function readChildAbsences(
  deps: Deps,
  actor: Actor,
  wanted: readonly ChildAbsencesWanted[],
): Promise<ShownList[]> {
  return deps.db.asActor(actor, async (tx) => {
    const childIds = [...new Set(wanted.map(({ childId }) => childId))];
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const listings = wanted.map(({ childId, ...rest }) => {
      const sight = sightOf(actor, facts, childId);
      const unitIds = sight?.kind === 'all' ? null : (sight?.unitIds ?? []);
      return { ...rest, unitIds, childIds: sight === null ? [] : [childId], isHidden: sight === null };
    });
    const lists = await absences.list(tx, listings);
    const units = lists.map((list, place) => [
      ...placesSeen(actor, facts, wanted[place]!),
      ...list.map(({ unitId }) => unitId),
    ]);
    const features = await loadFeature(tx, 'ABSENCE', facts, units.flat());
    const shown = lists.map((list, place) => {
      if (listings[place]!.isHidden) return null;
      return areShownAt(features, units[place]!)
        ? list.map((absence) => shownTo(actor, facts, absence)).filter((absence) => absence !== null)
        : 'hidden';
    });
    // That a child was never away is told of it, too.
    const told = wanted.filter((_child, place) => Array.isArray(shown[place]));
    return about(
      readsOf(
        'ABSENCE',
        actor,
        facts,
        told.map(({ childId }) => ({ childId })),
      ),
      shown,
    );
  });
}

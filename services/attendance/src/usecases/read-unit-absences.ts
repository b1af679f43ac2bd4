import { about, readsOf } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import type { ShownList } from '../domain/absence.ts';
import { areShownAt, mayListUnit, maySeeAbsence, shownTo } from '../domain/policy.ts';
import * as absences from '../store/absences.ts';
import type { Deps } from './deps.ts';

export interface UnitAbsencesWanted {
  readonly unitId: string;
  readonly day: LocalDate;
  readonly after: absences.ListPlace | null;
  readonly first: number;
}

/** For each unit and day, one absence more than wanted when there are more; null where there is no such unit. */
export function readUnitAbsences(
  deps: Deps,
  actor: Actor,
  wanted: readonly UnitAbsencesWanted[],
): Promise<ShownList[]> {
  return deps.db.asActor(actor, async (tx) => {
    // Who is away is looked up before who of them may be seen, so that pages are full however few that are.
    const away = await absences.childrenAway(tx, wanted);
    const childIds = [...new Set(away.map(({ childId }) => childId))];
    const facts = await loadAccessFacts(tx, actor, childIds, localDateAt(deps.now()));
    const lists = await absences.list(
      tx,
      wanted.map(({ unitId, day, after, first }) => ({
        ...{ after, first, from: day, to: day, unitIds: [unitId] },
        childIds: away
          .filter((slot) => slot.unitId === unitId && slot.day === day && maySeeAbsence(actor, facts, slot))
          .map(({ childId }) => childId),
      })),
    );
    const features = await loadFeature(
      tx,
      'ABSENCE',
      facts,
      wanted.map(({ unitId }) => unitId),
    );
    const shown = lists.map((list, place) => {
      const { unitId } = wanted[place]!;
      if (!mayListUnit(actor, facts, unitId)) return null;
      return areShownAt(features, [unitId])
        ? list.map((absence) => shownTo(actor, facts, absence)).filter((absence) => absence !== null)
        : 'hidden';
    });
    return about(
      readsOf(
        'ABSENCE',
        actor,
        facts,
        shown.flatMap((list) => (list === 'hidden' || list === null ? [] : list)),
      ),
      shown,
    );
  });
}

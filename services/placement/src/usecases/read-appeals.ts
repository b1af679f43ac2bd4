import { type Answer, type ChildRead, about } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { offerSightOf } from '../domain/offer-policy.ts';
import * as appeals from '../store/appeals.ts';
import type { StoredAppeal } from '../store/appeals.ts';
import { type LoadedFacts, loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { readOf } from './read-offers.ts';

export type ShownAppeal = Omit<StoredAppeal, 'appealedBy' | 'moves'>;

/** Of a protected child each guardian reads their own alone (ADM-05, ADR-11). */
function seen(actor: Actor, facts: LoadedFacts, found: readonly StoredAppeal[]) {
  const viewer = 'personId' in actor ? actor.personId : null;
  return found.flatMap(
    ({ appealedBy, moves: _moves, ...appeal }): { shown: ShownAppeal; reads: readonly ChildRead[] }[] => {
      const { childId } = appeal;
      const sight = offerSightOf(actor, facts, childId);
      if (sight === null) return [];
      if (sight === 'GUARDIAN' && facts.keptApart.includes(childId) && appealedBy !== viewer) return [];
      return [{ shown: appeal, reads: readOf(childId, sight) }];
    },
  );
}

/** Appeals by id, as far as the actor may see them. */
export const readAppeals = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownAppeal>> =>
  deps.db.asActor(actor, async (tx) => {
    const found = await appeals.byIds(tx, ids);
    const facts = await loadApplicationFacts(
      tx,
      actor,
      [...new Set(found.map(({ childId }) => childId))],
      deps.now(),
    );
    const told = seen(actor, facts, found);
    return about(
      told.flatMap(({ reads }) => reads),
      new Map(told.map(({ shown }) => [shown.id, shown])),
    );
  });

/** Appeals about children; null where whoever asks sees nothing of a child's admission. */
export const readChildAppeals = (
  deps: Deps,
  actor: Actor,
  childIds: readonly string[],
): Promise<readonly (readonly ShownAppeal[] | null)[]> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly (readonly ShownAppeal[] | null)[]>> => {
    const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
    const told = seen(actor, facts, await appeals.ofChildren(tx, childIds));
    return about(
      told.flatMap(({ reads }) => reads),
      childIds.map((childId) =>
        offerSightOf(actor, facts, childId) === null
          ? null
          : told.flatMap(({ shown }) => (shown.childId === childId ? [shown] : [])),
      ),
    );
  });

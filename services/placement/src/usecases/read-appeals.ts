import { type Answer, type ChildRead, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type AppealStep, nextStep } from '../domain/appeal.ts';
import { decidesOnAppeals, offerSightOf } from '../domain/offer-policy.ts';
import * as appeals from '../store/appeals.ts';
import type { StoredAppeal } from '../store/appeals.ts';
import { type LoadedFacts, loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { readOf } from './read-offers.ts';

export interface ShownAppeal extends Omit<StoredAppeal, 'appealedBy' | 'moves'> {
  readonly waitsFor: AppealStep | null;
}

/** Of a protected child each guardian reads their own alone (ADM-05, ADR-11). */
function seen(actor: Actor, facts: LoadedFacts, found: readonly StoredAppeal[]) {
  const viewer = 'personId' in actor ? actor.personId : null;
  return found.flatMap(
    ({ appealedBy, moves, ...appeal }): { shown: ShownAppeal; reads: readonly ChildRead[] }[] => {
      const { childId } = appeal;
      const sight = offerSightOf(actor, facts, childId);
      if (sight === null) return [];
      if (sight === 'GUARDIAN' && facts.keptApart.includes(childId) && appealedBy !== viewer) return [];
      const isOwnerHeard = moves.some(({ move }) => move === 'HEAR_OWNER');
      const shown = { ...appeal, waitsFor: nextStep({ state: appeal.state, isOwnerHeard }) };
      return [{ shown, reads: readOf(childId, sight) }];
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

/** Appeals that wait, longest first, of whomever the actor meets at work; null for whoever decides on none (BHG-17). */
export const readWaitingAppeals = (
  deps: Deps,
  actor: Actor,
  listing: appeals.AppealListing,
): Promise<readonly ShownAppeal[] | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly ShownAppeal[] | null>> => {
    if (actor.kind !== 'staff') return aboutNobody(null);
    const found = await appeals.waiting(tx, listing);
    const childIds = [...new Set(found.map(({ childId }) => childId))];
    const facts = await loadApplicationFacts(tx, actor, childIds, deps.now());
    if (!decidesOnAppeals(actor, facts)) return aboutNobody(null);
    const told = seen(actor, facts, found);
    return about(
      told.flatMap(({ reads }) => reads),
      told.map(({ shown }) => shown),
    );
  });

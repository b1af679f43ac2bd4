import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { isId } from '@ranselpost/kit/pure/ids';
import { mayReadGroup, mayReadUnit } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as views from '../store/views.ts';
import { type Deps, today } from './deps.ts';
import { knowsEveryUnit } from './meet-director.ts';

export type { GroupView, UnitView } from '../store/views.ts';

/** Those of the units that the actor may know of: all of them for administrators, by name and kind. */
export async function readUnits(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, views.UnitView>> {
  if (!isPerson(actor) && actor.kind !== 'tablet') return new Map();
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps));
    const asked = ids.filter(isId);
    const found = (await knowsEveryUnit(deps, tx, actor))
      ? views.units(tx, asked)
      : viewUnits(tx, actor, facts, asked);
    return aboutNobody(byId(await found));
  });
}

/** Those of the groups that the actor may know of. */
export async function readGroups(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, views.GroupView>> {
  if (!isPerson(actor)) return new Map();
  const asked = ids.filter(isId);
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps), { groupIds: asked });
    return aboutNobody(byId(await viewGroups(tx, actor, facts, asked)));
  });
}

/** The same within a transaction of the actor's, with what is known of their grounds. */
export function viewUnits(
  tx: Tx,
  actor: Actor,
  facts: AccessFacts,
  ids: readonly string[],
): Promise<readonly views.UnitView[]> {
  return views.units(
    tx,
    ids.filter((id) => mayReadUnit(actor, facts, id).isPermitted),
  );
}

export async function viewGroups(
  tx: Tx,
  actor: Actor,
  facts: AccessFacts,
  ids: readonly string[],
): Promise<readonly views.GroupView[]> {
  const found = await views.groups(tx, ids);
  return found.filter(({ id, unitId }) => mayReadGroup(actor, facts, { groupId: id, unitId }).isPermitted);
}

const byId = <View extends { readonly id: string }>(found: readonly View[]): ReadonlyMap<string, View> =>
  new Map(found.map((view) => [view.id, view]));

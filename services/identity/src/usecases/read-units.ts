import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { isId } from '@ranselpost/kit/pure/ids';
import { mayReadGroup, mayReadUnit } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as views from '../store/views.ts';
import { type Deps, today } from './deps.ts';

export type { GroupView, UnitView } from '../store/views.ts';

/** Those of the units that the actor may know of. */
export async function readUnits(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, views.UnitView>> {
  if (!isPerson(actor)) return new Map();
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps));
    const permitted = ids.filter((id) => isId(id) && mayReadUnit(actor, facts, id).isPermitted);
    return new Map((await views.units(tx, permitted)).map((unit) => [unit.id, unit]));
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
    const found = await views.groups(tx, asked);
    return new Map(
      found
        .filter(({ id, unitId }) => mayReadGroup(actor, facts, { groupId: id, unitId }).isPermitted)
        .map((group) => [group.id, group]),
    );
  });
}

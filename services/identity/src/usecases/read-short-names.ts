import { about, readsOf } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { isId } from '@ranselpost/kit/pure/ids';
import { mayNameChild } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as views from '../store/views.ts';
import { type Deps, today } from './deps.ts';

/** What those of the children are called on a board, whom the actor may see there: at a shared tablet all that is told of them. */
export const readShortNames = (
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> =>
  deps.db.asActor(actor, async (tx) => {
    const asked = ids.filter(isId);
    const facts = await loadAccessFacts(tx, actor, today(deps), { childIds: asked });
    const seen = asked.filter((id) => mayNameChild(actor, facts, id).isPermitted);
    const told = seen.map((childId) => ({ childId }));
    return about(readsOf('CHILD', actor, facts, told), await views.shortNames(tx, seen));
  });

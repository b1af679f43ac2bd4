import { about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { isId } from '@ranselpost/kit/pure/ids';
import { mayKnowGuardian, mayReadChild, mayReadEnrolment } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as views from '../store/views.ts';
import { type Deps, today } from './deps.ts';

export type { ChildView, EnrolmentView, GuardianView } from '../store/views.ts';

/** Those of the children that the actor may see, as far as they may. The rest is as if it did not exist (S-06). */
export async function readChildren(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, views.ChildView>> {
  if (!isPerson(actor)) return new Map();
  const asked = ids.filter(isId);
  return deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, today(deps), { childIds: asked });
    const seen = await viewChildren(tx, actor, facts, asked);
    return about(
      readsOf(
        'CHILD',
        actor,
        facts,
        seen.map(({ id }) => ({ childId: id })),
      ),
      new Map(seen.map((child) => [child.id, child])),
    );
  });
}

/** The same within a transaction of the actor's, with what is known of their grounds. */
export async function viewChildren(
  tx: Tx,
  actor: Actor,
  facts: AccessFacts,
  ids: readonly string[],
): Promise<readonly views.ChildView[]> {
  const permitted = ids.filter((id) => mayReadChild(actor, facts, id).isPermitted);
  const found = await views.children(tx, permitted, facts.today);
  return found.map((child) => ({
    ...child,
    guardians: child.guardians.filter(
      ({ id, protection }) =>
        mayKnowGuardian(actor, facts, child.id, { personId: id, protection }).isPermitted,
    ),
    enrolments: child.enrolments.filter((enrolment) => mayReadEnrolment(actor, facts, enrolment).isPermitted),
  }));
}

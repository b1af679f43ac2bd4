import { type ChildRead, about, readsOf } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { type Actor, type PersonActor, isPerson } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { isId } from '@ranselpost/kit/pure/ids';
import { mayKnowGuardian, mayNameConsidered, mayReadChild, mayReadEnrolment } from '../domain/policy.ts';
import { loadAccessFacts } from '../store/access-facts.ts';
import * as considered from '../store/considered-children.ts';
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
    const own = new Set(seen.map(({ id }) => id));
    const named = await nameConsidered(
      tx,
      actor,
      facts,
      asked.filter((id) => !own.has(id)),
    );
    const reads = readsOf(
      'CHILD',
      actor,
      facts,
      seen.map(({ id }) => ({ childId: id })),
    );
    return about(
      [...reads, ...named.map(({ id }) => readOfConsidered(id))],
      new Map([...seen, ...named].map((child) => [child.id, child])),
    );
  });
}

/** Of some children that are in nobody's charge who asks: what those are called whom admission considers, and nothing else of them. */
async function nameConsidered(
  tx: Tx,
  actor: PersonActor,
  facts: AccessFacts,
  ids: readonly string[],
): Promise<readonly views.ChildView[]> {
  if (actor.kind !== 'staff' || ids.length === 0) return [];
  const asked = await considered.ask(tx, actor.personId, ids);
  const permitted = ids.filter((id) => mayNameConsidered(actor, facts, asked, id).isPermitted);
  const found = await views.children(tx, permitted, facts.today);
  return found.map(({ id, name }) => ({ id, name, guardians: [], enrolments: [] }));
}

const readOfConsidered = (childId: string): ChildRead => ({
  ...{ childId, kind: 'CHILD', unitId: null },
  ...{ role: 'CASE_WORKER', rule: 'S-02' },
});

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

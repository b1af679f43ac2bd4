import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayAssignReductions } from '../domain/reduced-payment-policy.ts';
import * as reductions from '../store/reduced-payments.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

export type { WaitingReduction } from '../store/reduced-payments.ts';

type Assigned = Result<string, { readonly kind: 'E_ASSIGNEE' }>;

/** Names the case worker who reads what a household earns and decides. Nobody names themself, and whoever names another reads nothing by it. */
export const assignReducedPayment = (
  deps: Deps,
  actor: Actor,
  { id, personId }: { readonly id: string; readonly personId: string },
): Promise<Assigned> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Assigned>> => {
      mayAssignReductions(actor, await loadApplicationFacts(tx, actor, [], deps.now()));
      await reductions.lock(tx, id);
      const mayBeNamed = await reductions.mayBeNamed(tx, id, personId);
      if (mayBeNamed === null) throw new AppError('NOT_FOUND');
      if (!mayBeNamed) return aboutNobody(refuse({ kind: 'E_ASSIGNEE' }));
      const assigned = { of: id, assignedTo: personId, assignedBy: actor.personId };
      await reductions.insertAssignment(tx, { id: deps.newId(), ...assigned });
      return aboutNobody(accept(id));
    }),
  );

/** What waits for somebody to be named, longest first, and nothing of whom it is about; null for whoever names nobody. */
export const readReductionsToAssign = (
  deps: Deps,
  actor: Actor,
  listing: reductions.ReductionListing,
): Promise<readonly reductions.WaitingReduction[] | null> =>
  deps.db.asActor(actor, async (tx) => {
    const { municipalRoles } = await loadApplicationFacts(tx, actor, [], deps.now());
    const isListed = actor.kind === 'staff' && municipalRoles.includes('CASE_WORKER');
    return aboutNobody(isListed ? await reductions.toAssign(tx, listing) : null);
  });

import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayAssignClaims } from '../domain/claim-policy.ts';
import * as claims from '../store/claims.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

type Assigned = Result<{ readonly claimId: string }, { readonly kind: 'E_ASSIGNEE' }>;

/**
 * Names the case worker who decides on a claim of priority by law, or for health. Nobody names themself, and whoever names another reads nothing
 * of the child by it (BHG-09, P24).
 */
export const assignClaim = (
  deps: Deps,
  actor: Actor,
  { claimId, personId }: { readonly claimId: string; readonly personId: string },
): Promise<Assigned> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Assigned>> => {
      mayAssignClaims(actor, await loadApplicationFacts(tx, actor, [], deps.now()));
      await claims.lock(tx, claimId);
      const mayBeNamed = await claims.mayBeNamed(tx, claimId, personId);
      if (mayBeNamed === null) throw new AppError('NOT_FOUND');
      if (!mayBeNamed) return aboutNobody(refuse({ kind: 'E_ASSIGNEE' }));
      await claims.insertAssignment(tx, {
        ...{ id: deps.newId(), claimId, assignedTo: personId, assignedBy: actor.personId },
      });
      return aboutNobody(accept({ claimId }));
    }),
  );

/** What waits for somebody to be named, longest first, and nothing of what it is about; null for whoever names nobody. */
export const readClaimsToAssign = (
  deps: Deps,
  actor: Actor,
  listing: claims.ClaimListing,
): Promise<readonly claims.WaitingClaim[] | null> =>
  deps.db.asActor(actor, async (tx) => {
    const { municipalRoles } = await loadApplicationFacts(tx, actor, [], deps.now());
    const isListed = actor.kind === 'staff' && municipalRoles.includes('CASE_WORKER');
    return aboutNobody(isListed ? await claims.toAssign(tx, listing) : null);
  });

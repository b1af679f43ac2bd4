import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { mayApplyFor } from '../domain/application-policy.ts';
import { type RemovalRefusal, decideRemoval } from '../domain/claim-document.ts';
import * as documents from '../store/claim-documents.ts';
import * as claims from '../store/claims.ts';
import { loadRound, lockApplication } from './application-facts.ts';
import type { Deps } from './deps.ts';

type Removed = Result<claims.StoredClaim, RemovalRefusal>;

/** A guardian takes a document of their own back from a claim; what it alone has shown is not shown any more (BHG-09). */
export async function removeClaimDocument(
  deps: Deps,
  actor: Actor,
  { claimId, documentId }: { readonly claimId: string; readonly documentId: string },
): Promise<Removed> {
  const now = deps.now();
  return deps.db.asActor(actor, async (tx): Promise<Answer<Removed>> => {
    const [found] = await claims.byIds(tx, [claimId]);
    if (found === undefined) throw new AppError('NOT_FOUND');
    const { application, facts } = await lockApplication(tx, actor, found.applicationId, now);
    mayApplyFor(actor, facts, application.childId);
    await claims.lock(tx, claimId);
    const [claim] = await claims.byIds(tx, [claimId]);
    if (claim === undefined) throw new AppError('NOT_FOUND');
    const document = (await documents.ofClaims(tx, [claimId])).find(
      ({ id, ownerId }) => id === documentId && ownerId === actor.personId,
    );
    const { round } = await loadRound(tx, claim.roundId, { now, siblings: new Set() });
    const decision = decideRemoval(document, { verdict: claim.verdict, roundState: round.state });
    if (!decision.ok) return aboutNobody(decision);
    if (!(await documents.takeBack(tx, documentId)))
      throw new AppError('CONFLICT', 'a document was taken back at the same time');
    const [stands] = await claims.byIds(tx, [claimId]);
    return aboutNobody(accept(stands!));
  });
}

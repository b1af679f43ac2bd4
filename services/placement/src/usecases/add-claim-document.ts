import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { mayApplyFor } from '../domain/application-policy.ts';
import { type DocumentRefusal, decideDocument } from '../domain/claim-document.ts';
import * as documents from '../store/claim-documents.ts';
import * as claims from '../store/claims.ts';
import { loadRound, lockApplication } from './application-facts.ts';
import type { Deps } from './deps.ts';

type Added = Result<claims.StoredClaim, DocumentRefusal>;

/**
 * Puts a document with a claim, as a guardian’s own: from then on whoever decides on it reads it, and it shows what is claimed from when it
 * came in (BHG-09, P05). The same again is the same.
 */
export async function addClaimDocument(
  deps: Deps,
  actor: Actor,
  { claimId, documentId }: { readonly claimId: string; readonly documentId: string },
): Promise<Added> {
  const now = deps.now();
  return deps.db.asActor(actor, async (tx): Promise<Answer<Added>> => {
    const [found] = await claims.byIds(tx, [claimId]);
    if (found === undefined) throw new AppError('NOT_FOUND');
    const { application, facts } = await lockApplication(tx, actor, found.applicationId, now);
    mayApplyFor(actor, facts, application.childId);
    await claims.lock(tx, claimId);
    const [claim] = await claims.byIds(tx, [claimId]);
    if (claim === undefined) throw new AppError('NOT_FOUND');
    const own = [
      ...(await documents.byIds(tx, [documentId])),
      ...(await documents.ofClaims(tx, [claimId])),
    ].filter(({ ownerId }) => ownerId === actor.personId);
    const document = own.find(({ id }) => id === documentId);
    if (document?.claimId === claimId) return aboutNobody(accept(claim));
    const { round } = await loadRound(tx, claim.roundId, { now, siblings: new Set() });
    const decision = decideDocument(document, {
      ...{ verdict: claim.verdict, state: application.state, roundState: round.state },
      others: own.filter((one) => one.claimId === claimId),
    });
    if (!decision.ok) return aboutNobody(decision);
    if (!(await documents.putWith(tx, claimId, documentId)))
      throw new AppError('CONFLICT', 'a document was put with something else at the same time');
    const [stands] = await claims.byIds(tx, [claimId]);
    return aboutNobody(accept(stands!));
  });
}

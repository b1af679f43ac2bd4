import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { mayApplyFor } from '../domain/application-policy.ts';
import { type ClaimWithdrawalRefusal, decideClaimWithdrawal } from '../domain/claim.ts';
import * as claims from '../store/claims.ts';
import { loadRound, lockApplication } from './application-facts.ts';
import type { Deps } from './deps.ts';

type Withdrawn = Result<{ readonly applicationId: string }, ClaimWithdrawalRefusal>;

/** A guardian takes back what they have claimed, and with it goes what showed it (BHG-09). */
export async function withdrawClaim(deps: Deps, actor: Actor, claimId: string): Promise<Withdrawn> {
  const now = deps.now();
  return deps.db.asActor(actor, async (tx): Promise<Answer<Withdrawn>> => {
    const [found] = await claims.byIds(tx, [claimId]);
    if (found === undefined) throw new AppError('NOT_FOUND');
    const { application, facts } = await lockApplication(tx, actor, found.applicationId, now);
    mayApplyFor(actor, facts, application.childId);
    await claims.lock(tx, claimId);
    const [claim] = await claims.byIds(tx, [claimId]);
    if (claim === undefined) throw new AppError('NOT_FOUND');
    const decision = decideClaimWithdrawal(claim, {
      ...(await loadRound(tx, claim.roundId, { now, siblings: new Set() })),
      state: application.state,
      isClaimant: claim.claimedBy === actor.personId,
      isClaimantGone: await claims.isClaimantGone(tx, claimId),
    });
    if (!decision.ok) return aboutNobody(decision);
    if (!(await claims.takeBack(tx, claimId)))
      throw new AppError('CONFLICT', 'the claim was decided on at the same time');
    return aboutNobody(accept({ applicationId: application.id }));
  });
}

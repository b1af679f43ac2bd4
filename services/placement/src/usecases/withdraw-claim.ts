import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { mayApplyFor } from '../domain/application-policy.ts';
import { type ClaimWithdrawalRefusal, decideClaimWithdrawal } from '../domain/claim.ts';
import * as claims from '../store/claims.ts';
import { loadRound, lockApplication } from './application-facts.ts';
import type { Deps } from './deps.ts';

type Withdrawn = Result<{ readonly applicationId: string }, ClaimWithdrawalRefusal>;

/** A guardian takes back what they have claimed, and with it goes what showed it (BHG-09). Taken back already, by them, it is the same (S-22). */
export async function withdrawClaim(deps: Deps, actor: Actor, claimId: string): Promise<Withdrawn> {
  const now = deps.now();
  return deps.db.asActor(actor, async (tx): Promise<Answer<Withdrawn>> => {
    const [found] = await claims.byIds(tx, [claimId]);
    if (found === undefined) return aboutNobody(await answerAgain(tx, actor, claimId, now));
    const { application, facts } = await lockApplication(tx, actor, found.applicationId, now);
    mayApplyFor(actor, facts, application.childId);
    await claims.lock(tx, claimId);
    const [claim] = await claims.byIds(tx, [claimId]);
    if (claim === undefined) return aboutNobody(await answerAgain(tx, actor, claimId, now));
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

/** What was answered when they took it back; for anybody else there is no such claim. */
async function answerAgain(tx: Tx, actor: Actor, claimId: string, now: Date): Promise<Withdrawn> {
  const applicationId = 'personId' in actor ? await claims.takenBackFrom(tx, claimId, actor.personId) : null;
  if (applicationId === null) throw new AppError('NOT_FOUND');
  const { application, facts } = await lockApplication(tx, actor, applicationId, now);
  mayApplyFor(actor, facts, application.childId);
  return accept({ applicationId });
}

import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type ApplicationRefusal, decideWithdrawal } from '../domain/application.ts';
import { mayApplyFor } from '../domain/application-policy.ts';
import * as applications from '../store/applications.ts';
import { keepRound, lockChild } from '../store/offer-locks.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import { asItStands } from './submit-application.ts';
import { tellOthersAtHome } from './tell-application.ts';

/** What is withdrawn; null for a draft, of which nothing is kept, and where a unit that it wishes for is hidden. */
type Withdrawn = Result<applications.StoredApplication | null, ApplicationRefusal>;

interface Found {
  readonly outcome: Withdrawn;
  /** What is withdrawn now, and was not before. */
  readonly withdrawn: applications.ToWithdraw | null;
  readonly by: string;
}

/** Withdraws an application, also while it is frozen (BHG-07), or throws a draft away. Done again it is the same. */
export const withdrawApplication = (deps: Deps, actor: Actor, applicationId: string): Promise<Withdrawn> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Found> => {
        const application = await lockToWithdraw(tx, applicationId);
        const facts = await loadFacts(tx, actor, [application.childId], localDateAt(deps.now()));
        mayApplyFor(actor, facts, application.childId);
        const by = actor.personId;
        const { state, isHidden } = application;
        const shown = async () => accept(isHidden ? null : await asItStands(tx, applicationId));
        if (state === 'withdrawn') return { outcome: await shown(), withdrawn: null, by };
        const decision = decideWithdrawal(application, {
          isApplicant: application.submittedBy === by,
          isApplicantGone: await applications.isApplicantGone(tx, applicationId),
        });
        if (!decision.ok) return { outcome: decision, withdrawn: null, by };
        if (state === 'draft') {
          await applications.discardDraft(tx, applicationId);
          return { outcome: accept(null), withdrawn: null, by };
        }
        await applications.insertWithdrawal(tx, application, by);
        return { outcome: await shown(), withdrawn: application, by };
      },
      async (tx, { outcome, withdrawn, by }) => {
        if (withdrawn !== null) await tellOthersAtHome(tx, deps, withdrawn, by);
        return aboutNobody(outcome);
      },
    ),
  );

/**
 * An application that nobody else writes at. Nor does anybody offer anything by it meanwhile, answer or publish: what is offered ends with it, as it
 * stands by then (S-23).
 */
async function lockToWithdraw(tx: Tx, applicationId: string): Promise<applications.ToWithdraw> {
  const seen = await applications.toWithdraw(tx, applicationId);
  if (seen === undefined) throw new AppError('NOT_FOUND');
  await keepRound(tx, seen.roundId);
  await lockChild(tx, seen.childId);
  await applications.lockChild(tx, seen.childId);
  const application = await applications.toWithdraw(tx, applicationId);
  if (application === undefined) throw new AppError('NOT_FOUND');
  return application;
}

import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type ApplicationRefusal, decideWithdrawal } from '../domain/application.ts';
import { mayApplyFor } from '../domain/application-policy.ts';
import * as applications from '../store/applications.ts';
import { keepRound, lockChild } from '../store/offer-locks.ts';
import { lockApplication } from './application-facts.ts';
import type { Deps } from './deps.ts';
import { asItStands } from './submit-application.ts';
import { tellOthersAtHome } from './tell-application.ts';

/** What is withdrawn; null for a draft, of which nothing is kept. */
type Withdrawn = Result<applications.StoredApplication | null, ApplicationRefusal>;

/** Nobody offers anything by it meanwhile, answers or publishes: what is offered ends with it, as it stands by then (S-23). */
async function lockWhatIsOffered(tx: Tx, applicationId: string): Promise<void> {
  const [seen] = await applications.byIds(tx, [applicationId]);
  if (seen === undefined) throw new AppError('NOT_FOUND');
  await keepRound(tx, seen.roundId);
  await lockChild(tx, seen.childId);
}

/** Withdraws an application, also while it is frozen (BHG-07), or throws a draft away. Done again it is the same. */
export const withdrawApplication = (deps: Deps, actor: Actor, applicationId: string): Promise<Withdrawn> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<{ outcome: Withdrawn; isNew: boolean; by: string }> => {
        await lockWhatIsOffered(tx, applicationId);
        const { application, facts } = await lockApplication(tx, actor, applicationId, deps.now());
        mayApplyFor(actor, facts, application.childId);
        const by = actor.personId;
        if (application.state === 'withdrawn') return { outcome: accept(application), isNew: false, by };
        const decision = decideWithdrawal(application, {
          isApplicant: application.submittedBy === by,
          isApplicantGone: await applications.isApplicantGone(tx, applicationId),
        });
        if (!decision.ok) return { outcome: decision, isNew: false, by };
        if (application.state === 'draft') {
          await applications.discardDraft(tx, applicationId);
          return { outcome: accept(null), isNew: false, by };
        }
        await applications.insertWithdrawal(tx, application, by);
        return { outcome: accept(await asItStands(tx, applicationId)), isNew: true, by };
      },
      async (tx, { outcome, isNew, by }) => {
        if (outcome.ok && outcome.value !== null && isNew)
          await tellOthersAtHome(tx, deps, outcome.value, by);
        return aboutNobody(outcome);
      },
    ),
  );

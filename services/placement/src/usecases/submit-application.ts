import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { decideSubmission } from '../domain/application.ts';
import { mayApplyFor } from '../domain/application-policy.ts';
import * as applications from '../store/applications.ts';
import {
  type Outcome,
  decideFeatures,
  loadApplyingChild,
  loadRound,
  lockApplication,
  ofChildAndKind,
  siblingsNamed,
} from './application-facts.ts';
import type { Deps } from './deps.ts';
import { tellOthersAtHome } from './tell-application.ts';

export interface Submission {
  readonly applicationId: string;
  readonly idempotencyKey: string;
}

interface Sent {
  readonly outcome: Outcome;
  readonly isNew: boolean;
  readonly by: string;
}

/**
 * Sends what was drafted. Whoever asks is told when it came in once that is committed, and not before (S-20). The clock is read when it arrives,
 * so that nobody is late who waited for others (BHG-05).
 */
export async function submitApplication(
  deps: Deps,
  actor: Actor,
  { applicationId, idempotencyKey }: Submission,
): Promise<Outcome> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Sent> => {
        const { application, facts } = await lockApplication(tx, actor, applicationId, now);
        mayApplyFor(actor, facts, application.childId);
        const by = actor.personId;
        if ((await applications.receivedUnder(tx, applicationId, idempotencyKey)) !== null)
          return { outcome: accept(application), isNew: false, by };
        const { childId, roundId, roundKind, wantedStart, guardianIds, origin } = application;
        const siblings = await siblingsNamed(tx, actor, childId, application.wishes, now);
        const round = await loadRound(tx, roundId, { now, siblings });
        const decision = decideSubmission(application, application, {
          ...round,
          child: await loadApplyingChild(tx, childId, round),
          guardians: {
            responsible: new Set(await applications.guardiansToState(tx, childId)),
            stated: new Set(guardianIds),
          },
          // A grant on parental responsibility comes from the register, which has nobody without a number.
          ...{ hasNationalNumber: true, isEnteredByStaff: false },
          ofChild: await ofChildAndKind(tx, childId, roundKind),
        });
        if (!decision.ok) return { outcome: decision, isNew: false, by };
        const { version, wishes } = decision.value.application;
        const isOpen = await decideFeatures(tx, facts, wishes);
        if (!isOpen.ok) return { outcome: isOpen, isNew: false, by };
        await applications.insertReceipt(tx, {
          ...{ applicationId, childId, origin, version, wishes, wantedStart, guardianIds, idempotencyKey },
          ...{ receivedAt: decision.value.receipt.receivedAt, receivedBy: by },
        });
        return { outcome: accept(await asItStands(tx, applicationId)), isNew: true, by };
      },
      async (tx, { outcome, isNew, by }) => {
        if (outcome.ok && isNew) await tellOthersAtHome(tx, deps, outcome.value, by);
        return aboutNobody(outcome);
      },
    ),
  );
}

/** An application after a change of it. */
export async function asItStands(tx: Tx, id: string): Promise<applications.StoredApplication> {
  const [application] = await applications.byIds(tx, [id]);
  return application!;
}

import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { decideAppeal } from '../domain/appeal.ts';
import { mayAnswerFor } from '../domain/offer-policy.ts';
import * as appeals from '../store/appeals.ts';
import * as letters from '../store/decision-letters.ts';
import { lockChild } from '../store/offer-locks.ts';
import { loadApplicationFacts } from './application-facts.ts';
import { archiveAppeal } from './archive-appeal.ts';
import type { Deps } from './deps.ts';
import { type CommandAnswer, firstAnswer, keepAnswer, refused } from './offer-command.ts';
import { tellFamily } from './tell-families.ts';

export interface DecisionToAppeal {
  readonly applicationId: string;
  /** The unit that was wished for and not got. */
  readonly unitId: string;
  readonly grounds: string;
  readonly idempotencyKey: string;
}

/**
 * Either guardian appeals alone, and the other one is told unless somebody is protected (ADM-05, BHG-16). The time to appeal is counted from when
 * they opened their letter; until then it has not begun (ADM-03). Also while admission is stopped: nobody loses a right by that.
 */
export async function appealDecision(
  deps: Deps,
  actor: Actor,
  wanted: DecisionToAppeal,
): Promise<CommandAnswer> {
  const now = deps.now();
  return twice(() =>
    deps.db.decide(
      actor,
      (tx) => look(deps, tx, actor, wanted, now),
      async (tx, { answer, made, by }) => {
        if (made !== null) {
          const { grounds, state } = made;
          await archiveAppeal(tx, deps, made, { kind: 'APPEALED', grounds, isLate: state === 'late' });
          await tellFamily(tx, deps, { childId: made.childId, subjectId: made.id }, by);
        }
        return aboutNobody(answer);
      },
    ),
  );
}

async function look(deps: Deps, tx: Tx, actor: Actor, wanted: DecisionToAppeal, now: Date) {
  const { applicationId, unitId } = wanted;
  const seen = await appeals.decisionOf(tx, applicationId);
  if (seen === null) throw new AppError('NOT_FOUND');
  await lockChild(tx, seen.childId);
  const facts = await loadApplicationFacts(tx, actor, [seen.childId], now);
  mayAnswerFor(actor, facts, seen.childId);
  const { personId: by } = actor;
  const asked = { ...wanted, personId: by, command: ['appeal', applicationId, unitId] };
  const before = await firstAnswer(tx, asked);
  if (before !== undefined) return { answer: before, made: null, by };
  const standing = (await appeals.ofChildren(tx, [seen.childId])).filter(
    (one) => one.applicationId === applicationId,
  );
  const decision = decideAppeal(seen, {
    ...{
      kindergarten: unitId,
      grounds: wanted.grounds,
      receivedAt: now,
      arrivedAt: await letters.openedAt(tx, 'ADMISSION', applicationId),
      refusedBy: seen.refusedBy,
    },
    standing: standing.map((one) => ({ ...one, kindergarten: one.unitId })),
  });
  if (!decision.ok)
    return { answer: await keepAnswer(tx, asked, refused(decision.refusal.kind), now), made: null, by };
  const { childId, roundId } = seen;
  const made = {
    ...{ id: deps.newId(), applicationId, childId, roundId, unitId, grounds: wanted.grounds.trim() },
    ...{ state: decision.value, appealedBy: by, receivedAt: now },
  };
  await appeals.insert(tx, made);
  return { answer: await keepAnswer(tx, asked, accept(made.id), now), made, by };
}

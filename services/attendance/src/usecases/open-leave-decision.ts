import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import { tell } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { leaveDecisionOpenedV1 } from '@ranselpost/schema/events/attendance/leave-decision-opened.v1';
import { complaintDeadline } from '../domain/leave-letter.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';
import * as consequences from '../store/leave-consequences.ts';
import * as leaves from '../store/leaves.ts';
import type { Deps } from './deps.ts';
import { loadLeaveFacts } from './leave-facts.ts';

/** A decision as a guardian reads it. */
export interface OpenedLeave {
  readonly leaveId: string;
  readonly text: string;
  /** Null for who has become a guardian since it was decided: nobody sent it to them. */
  readonly complaintUntil: LocalDate | null;
}

/** Opens the letter of a decision, as often as it takes. The first opening is when it arrived (ADM-03). */
export const openLeaveDecision = (
  deps: Deps,
  actor: Actor,
  leaveId: string,
): Promise<Result<OpenedLeave, { readonly kind: 'leave-not-decided' }>> =>
  deps.db.decide(
    actor,
    async (tx) => {
      const [leave] = await leaves.byIds(tx, [leaveId]);
      if (leave === undefined) throw new AppError('NOT_FOUND');
      const facts = await loadLeaveFacts(tx, actor, [leave.childId], localDateAt(deps.now()));
      mayAnswerForChild(actor, facts, leave.childId);
      const text =
        (await leaves.texts(tx, [leaveId])).findLast(({ part }) => part === 'LETTER')?.body ?? null;
      return { personId: actor.personId, text, letter: await consequences.ownLetter(tx, leaveId) };
    },
    async (
      tx,
      { personId, text, letter },
    ): Promise<Answer<Result<OpenedLeave, { kind: 'leave-not-decided' }>>> => {
      if (text === null) return aboutNobody(refuse({ kind: 'leave-not-decided' }));
      const now = deps.now();
      if (letter !== null && (await consequences.markOpened(tx, letter.decisionId, now)))
        await tell(tx, leaveDecisionOpenedV1, {
          ...{ decisionId: letter.decisionId, personId, openedAt: now.toISOString() },
        });
      const openedAt = letter === null ? null : (letter.openedAt ?? now);
      return aboutNobody(accept({ leaveId, text, complaintUntil: complaintDeadline(openedAt) }));
    },
  );

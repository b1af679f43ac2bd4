import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Leave, type LeaveRefusal, decideObjection } from '../domain/leave.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';
import * as leaves from '../store/leaves.ts';
import { archiveLeave } from './archive-leave.ts';
import type { Deps } from './deps.ts';
import { lockLeave } from './leave-facts.ts';
import { tellObjected } from './tell-leave.ts';

/**
 * Another guardian than who applied does not agree: the leader decides, whatever it is about (LEA-07). Said again it is the same. What
 * they write about it is for whoever decides; of a holy day nothing is taken in (LEA-04).
 */
export const objectToLeave = (
  deps: Deps,
  actor: Actor,
  { leaveId, text }: { readonly leaveId: string; readonly text: string | null },
): Promise<Result<Leave, LeaveRefusal>> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Objected> => {
        const { leave, facts, features } = await lockLeave(tx, deps, actor, leaveId);
        mayAnswerForChild(actor, facts, leave.childId);
        const by = actor.personId;
        if (leave.appliedBy === by) throw new AppError('BAD_USER_INPUT', 'it is the viewer’s own');
        const decision = decideObjection(leave, { text, features });
        if (!decision.ok) return { outcome: decision, before: leave, noticeId: null, by };
        const noticeId = await leaves.insertObjection(tx, leave, by);
        const [objected] = await leaves.byIds(tx, [leaveId]);
        const body = text?.trim() ?? '';
        if (noticeId !== null && body !== '')
          await leaves.insertText(tx, objected!, {
            ...{ id: deps.newId(), part: 'OBJECTION' as const, body, writtenBy: by },
          });
        return { outcome: accept(objected!), before: leave, noticeId, by };
      },
      async (tx, { outcome, before, noticeId, by }) => {
        if (noticeId === null) return aboutNobody(outcome);
        await archiveLeave(tx, deps, before, { kind: 'OBJECTED', text }, by);
        await tellObjected(tx, deps, before, { noticeId, by });
        return aboutNobody(outcome);
      },
    ),
  );

interface Objected {
  readonly outcome: Result<Leave, LeaveRefusal>;
  readonly before: Leave;
  /** Under which it is told; null where nothing is new. */
  readonly noticeId: string | null;
  readonly by: string;
}

import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Leave, type LeaveRefusal, decideObjection } from '../domain/leave.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';
import * as leaves from '../store/leaves.ts';
import type { Deps } from './deps.ts';
import { lockLeave } from './leave-facts.ts';

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
    deps.db.asActor(actor, async (tx): Promise<Answer<Result<Leave, LeaveRefusal>>> => {
      const { leave, facts, features } = await lockLeave(tx, deps, actor, leaveId);
      mayAnswerForChild(actor, facts, leave.childId);
      if (leave.appliedBy === actor.personId) throw new AppError('BAD_USER_INPUT', 'it is the viewer’s own');
      const decision = decideObjection(leave, { text, features });
      if (!decision.ok) return aboutNobody(decision);
      const isNew = await leaves.insertObjection(tx, leave, actor.personId);
      const [objected] = await leaves.byIds(tx, [leaveId]);
      const body = text?.trim() ?? '';
      if (isNew && body !== '')
        await leaves.insertText(tx, objected!, {
          ...{ id: deps.newId(), part: 'OBJECTION' as const, body, writtenBy: actor.personId },
        });
      return aboutNobody(accept(objected!));
    }),
  );

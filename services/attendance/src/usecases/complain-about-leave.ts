import { aboutNobody } from '@ranselpost/kit/answer';
import { idFor } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import type { Leave, LeaveRefusal } from '../domain/leave.ts';
import { decideComplaint } from '../domain/leave-complaint.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';
import * as complaints from '../store/leave-complaints.ts';
import * as consequences from '../store/leave-consequences.ts';
import * as leaves from '../store/leaves.ts';
import { archiveLeave } from './archive-leave.ts';
import type { Deps } from './deps.ts';
import { lockLeave } from './leave-facts.ts';
import { tellComplained } from './tell-leave.ts';

export interface Complaint {
  readonly leaveId: string;
  readonly text: string | null;
}
interface Complained {
  readonly outcome: Result<Leave, LeaveRefusal>;
  /** What is new; null where nothing is. */
  readonly complaintId: string | null;
  readonly isLate: boolean;
  readonly by: string;
}

/**
 * A guardian complains about the decision that stands: the leader is told, and prepares it; the other guardian is told that there is one
 * (ADM-05). What is written is for whoever decides. Said again in the same words it is the same.
 */
export const complainAboutLeave = (
  deps: Deps,
  actor: Actor,
  { leaveId, text }: Complaint,
): Promise<Result<Leave, LeaveRefusal>> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Complained> => {
        const { leave, facts, features } = await lockLeave(tx, deps, actor, leaveId);
        mayAnswerForChild(actor, facts, leave.childId);
        const by = actor.personId;
        const nothing = { complaintId: null, isLate: false, by };
        const last = await leaves.lastDecision(tx, leaveId);
        const known = await complaints.ofLeaves(tx, [leaveId]);
        const own = known.find((one) => one.nth === last?.nth && one.complainedBy === by);
        const body = text?.trim() ?? '';
        if (own !== undefined) {
          const said = (await leaves.texts(tx, [leaveId])).find(
            ({ part, complaintId }) => part === 'COMPLAINT' && complaintId === own.id,
          );
          return (said?.body ?? '') === body
            ? { outcome: accept(leave), ...nothing }
            : { outcome: refuse({ kind: 'leave-complained' }), ...nothing };
        }
        const decision = decideComplaint(leave, {
          ...{ today: facts.today, features, text, hasComplained: false },
          openedAt: (await consequences.ownLetter(tx, leaveId))?.openedAt ?? null,
        });
        if (!decision.ok) return { outcome: decision, ...nothing };
        // The other guardian sees it, and is not to read from it when it came (ADR-11).
        const id = idFor(`${leaveId} complaint ${last!.nth} ${by}`);
        const complaint = { ...decision.value, id, nth: last!.nth, complainedBy: by };
        if (!(await complaints.insert(tx, leave, complaint)))
          throw new AppError('CONFLICT', 'the same complaint came at the same time');
        const [complained] = await leaves.byIds(tx, [leaveId]);
        if (body !== '')
          await leaves.insertText(tx, complained!, {
            ...{ id: deps.newId(), part: 'COMPLAINT' as const, body, writtenBy: by },
            ...{ nth: complaint.nth, complaintId: complaint.id },
          });
        return { outcome: accept(complained!), complaintId: complaint.id, isLate: complaint.isLate, by };
      },
      async (tx, { outcome, complaintId, isLate, by }) => {
        if (outcome.ok && complaintId !== null) {
          await archiveLeave(tx, deps, outcome.value, { kind: 'COMPLAINED', text, isLate }, by);
          await tellComplained(tx, deps, outcome.value, { complaintId, by });
        }
        return aboutNobody(outcome);
      },
    ),
  );

import { about, readsOf } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import type { Leave, LeaveRefusal } from '../domain/leave.ts';
import { type LeaveComplaint, complaintStateOf, decideForwarding } from '../domain/leave-complaint.ts';
import { mayDecideLeave } from '../domain/leave-policy.ts';
import { rulesOn } from '../domain/leave-regulation.ts';
import * as complaints from '../store/leave-complaints.ts';
import * as leaves from '../store/leaves.ts';
import { archiveLeave } from './archive-leave.ts';
import type { Deps } from './deps.ts';
import { type LoadedFacts, lockLeave } from './leave-facts.ts';
import { tellForwarded } from './tell-leave.ts';

interface Forwarded {
  readonly outcome: Result<Leave, LeaveRefusal>;
  readonly facts: LoadedFacts;
  readonly leave: Leave;
  readonly complaint: LeaveComplaint;
  readonly isNew: boolean;
}

/**
 * The leader stands by a decision that was complained about, and sends the case on with a note (ADM-04), which whoever complained reads as
 * well. Said again in the same words it is the same.
 */
export const forwardLeaveComplaint = (
  deps: Deps,
  actor: Actor,
  { complaintId, note }: { readonly complaintId: string; readonly note: string | null },
): Promise<Result<Leave, LeaveRefusal>> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Forwarded> => {
        const seen = await complaints.byId(tx, complaintId);
        if (seen === undefined) throw new AppError('NOT_FOUND');
        const { leave, facts, features } = await lockLeave(tx, deps, actor, seen.leaveId);
        const { as, personId } = mayDecideLeave(actor, facts, leave);
        const complaint = (await complaints.byId(tx, complaintId))!;
        const state = complaintStateOf(complaint, { ...complaint, state: leave.state });
        const body = note?.trim() ?? '';
        const found = { facts, leave, complaint, isNew: false };
        if (state === 'FORWARDED') {
          const written = (await leaves.texts(tx, [leave.id])).find(
            ({ part, complaintId: of }) => part === 'NOTE' && of === complaintId,
          );
          if (written?.body === body) return { ...found, outcome: accept(leave) };
        }
        const decision = decideForwarding(leave, state, { as, note, features });
        if (!decision.ok) return { ...found, outcome: decision };
        if (!(await complaints.forward(tx, leave, complaint, personId)))
          throw new AppError('CONFLICT', 'somebody forwarded it at the same time');
        await leaves.insertText(tx, leave, {
          ...{ id: deps.newId(), part: 'NOTE', body, writtenBy: personId, nth: complaint.nth, complaintId },
        });
        return { ...found, outcome: accept(leave), isNew: true };
      },
      async (tx, { outcome, facts, leave, complaint, isNew }) => {
        if (isNew) {
          const to = rulesOn(deps.leaveRegulation, leave.firstDay)?.complaintTo ?? 'klageinstansen';
          const act = { kind: 'FORWARDED', to, note: note!.trim() } as const;
          await archiveLeave(tx, deps, leave, act, complaint.complainedBy);
          await tellForwarded(tx, deps, leave, complaint);
        }
        return about(readsOf('ABSENCE', actor, facts, [leave]), outcome);
      },
    ),
  );

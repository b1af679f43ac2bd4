import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type Leave, type LeaveRefusal, decideWithdrawal } from '../domain/leave.ts';
import { mayAnswerForChild, withdraws } from '../domain/leave-policy.ts';
import * as complaints from '../store/leave-complaints.ts';
import * as leaves from '../store/leaves.ts';
import { archiveLeave } from './archive-leave.ts';
import { takeBack } from './carry-out-leave.ts';
import type { Deps } from './deps.ts';
import { lockLeave } from './leave-facts.ts';
import { dropNotices } from './tell-leave.ts';

/** Whoever applied takes leave back, or the rest of it from a day on: those days are the school's again, and count for nothing. */
export const withdrawLeave = (
  deps: Deps,
  actor: Actor,
  { leaveId, from }: { readonly leaveId: string; readonly from: LocalDate | null },
): Promise<Result<Leave, LeaveRefusal>> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Withdrawn> => {
        const { leave, facts, features } = await lockLeave(tx, deps, actor, leaveId);
        mayAnswerForChild(actor, facts, leave.childId);
        const by = actor.personId;
        const nothing = { back: null, lapsed: null, by };
        if (!withdraws(actor, await leaves.applicant(tx, leaveId)))
          return { outcome: refuse({ kind: 'leave-of-another' }), ...nothing };
        // Withdrawn already, and not to be done again.
        if (
          leave.state === 'WITHDRAWN' ||
          (from !== null && (await leaves.withdrawnFrom(tx, leaveId)) === from)
        )
          return { outcome: accept(leave), ...nothing };
        const decision = decideWithdrawal(leave, { today: facts.today, from, features });
        if (!decision.ok) return { outcome: decision, ...nothing };
        await leaves.insertWithdrawal(tx, leave, { from: decision.value, withdrawnBy: actor.personId });
        const [withdrawn] = await leaves.byIds(tx, [leaveId]);
        const isOver = withdrawn!.state === 'WITHDRAWN';
        const lapsed = isOver ? (await complaints.ofLeaves(tx, [leaveId])).map(({ id }) => id) : null;
        return { outcome: accept(withdrawn!), back: decision.value, lapsed, by };
      },
      async (tx, { outcome, back, lapsed, by }) => {
        if (lapsed !== null) await dropNotices(tx, leaveId, lapsed);
        if (back !== null) await takeBack(tx, deps, leaveId, back);
        if (back !== null && outcome.ok)
          await archiveLeave(tx, deps, outcome.value, { kind: 'WITHDRAWN', from: back }, by);
        return aboutNobody(outcome);
      },
    ),
  );

interface Withdrawn {
  readonly outcome: Result<Leave, LeaveRefusal>;
  /** The day from which it was withdrawn just now. */
  readonly back: LocalDate | null;
  /** Complaints about what is over now: nobody has to be told of them any more. Null where some of it stands. */
  readonly lapsed: readonly string[] | null;
  readonly by: string;
}

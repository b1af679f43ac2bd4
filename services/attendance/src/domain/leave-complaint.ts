import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { type FeatureStandings, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Leave, LeaveDecider, LeaveRefusal } from './leave.ts';
import { complaintDeadline } from './leave-letter.ts';

/**
 * `RECEIVED` waits for the leader, who decides anew or forwards it to whoever decides on complaints. `LAPSED`: the leave was withdrawn, and
 * there is nothing to decide.
 */
export type ComplaintState = 'RECEIVED' | 'FORWARDED' | 'DECIDED_ANEW' | 'LAPSED';

export interface LeaveComplaint {
  readonly id: string;
  readonly leaveId: string;
  /** Which decision on the leave it is about. */
  readonly nth: number;
  readonly complainedBy: string | null;
  readonly complainedAt: Date;
  readonly isLate: boolean;
  readonly forwardedAt: Date | null;
}

/** Worked out, and stored nowhere: what was decided after it wins over what became of the leave, and that over where it was sent. */
export function complaintStateOf(
  { nth, forwardedAt }: Pick<LeaveComplaint, 'nth' | 'forwardedAt'>,
  { lastDecision, state }: { readonly lastDecision: number } & Pick<Leave, 'state'>,
): ComplaintState {
  if (lastDecision > nth) return 'DECIDED_ANEW';
  if (state === 'WITHDRAWN') return 'LAPSED';
  return forwardedAt === null ? 'RECEIVED' : 'FORWARDED';
}

export interface KnownAtComplaining {
  readonly today: LocalDate;
  readonly features: FeatureStandings;
  readonly text: string | null;
  /** When whoever complains first opened the decision: it has arrived (ADM-03). */
  readonly openedAt: Date | null;
  /** That they have complained about this very decision before. */
  readonly hasComplained: boolean;
}

/**
 * Either guardian complains, alone (ADM-05). A late complaint is taken as well, and is late (ADM-06); where the decision has not been
 * opened the time has not begun (ADM-03). About a holy day no word is taken in that could say which faith it is (LEA-04).
 */
export function decideComplaint(
  leave: Leave,
  { today, features, text, openedAt, hasComplained }: KnownAtComplaining,
): Result<{ readonly isLate: boolean }, LeaveRefusal> {
  if (leave.state === 'APPLIED') return refuse({ kind: 'leave-not-decided' });
  if (leave.state === 'WITHDRAWN') return refuse({ kind: 'leave-decided', leave });
  const isOpen = requireFeature(features, leave.unitId);
  if (!isOpen.ok) return isOpen;
  if (leave.kind === 'HOLY_DAY' && text !== null) return refuse({ kind: 'leave-reason-unwanted' });
  if (hasComplained) return refuse({ kind: 'leave-complained' });
  const deadline = complaintDeadline(openedAt);
  return accept({ isLate: deadline !== null && deadline < today });
}

/** The leader stands by the decision, and sends it on with a note of why (fvl. § 33). */
export function decideForwarding(
  leave: Leave,
  state: ComplaintState,
  {
    as,
    note,
    features,
  }: { readonly as: LeaveDecider; readonly note: string | null; readonly features: FeatureStandings },
): Result<'forwarded', LeaveRefusal> {
  if (as !== 'LEADER') return refuse({ kind: 'leave-for-the-leader' });
  const isOpen = requireFeature(features, leave.unitId);
  if (!isOpen.ok) return isOpen;
  if (state !== 'RECEIVED') return refuse({ kind: 'leave-complaint-settled' });
  return note === null || note.trim() === ''
    ? refuse({ kind: 'leave-reasons-missing' })
    : accept('forwarded');
}

import { type LocalDate, addDays } from '@ranselpost/kit/pure/dates';
import { requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type KnownAtDeciding,
  type Leave,
  type LeaveRefusal,
  type Limits,
  type Period,
  type Verdict,
  exceptionsFor,
  grantedOf,
  isAbsent,
  limitsOf,
  overlaps,
  periodOf,
  standingOf,
  whyNotThese,
} from './leave.ts';

export interface KnownAtReversing extends KnownAtDeciding {
  readonly today: LocalDate;
  /** That somebody has complained about the decision that stands. */
  readonly hasComplaint: boolean;
  /** From which day on a guardian has withdrawn it. */
  readonly withdrawnFrom: LocalDate | null;
  /** The child's other leave at the unit that is applied for or granted. */
  readonly standing: readonly Leave[];
}

/** What replaces a decision, and from where to where the leave stands then. */
export interface Reversal extends Limits {
  readonly verdict: Verdict;
}

/**
 * The leader replaces a decision by another, with reasons: for the better at any time (fvl. § 35), and for the worse where somebody has
 * complained. What has been of granted leave is not taken back, nor the day on which it is decided, of which the child is away already; what a
 * guardian has withdrawn is not given again.
 */
export function decideReversal(
  leave: Leave,
  verdict: Verdict,
  known: KnownAtReversing,
): Result<Reversal, LeaveRefusal> {
  if (known.as !== 'LEADER') return refuse({ kind: 'leave-for-the-leader' });
  if (leave.state === 'APPLIED') return refuse({ kind: 'leave-not-decided' });
  if (leave.state === 'WITHDRAWN') return refuse({ kind: 'leave-decided', leave });
  const isOpen = requireFeature(known.features, leave.unitId);
  if (!isOpen.ok) return isOpen;
  if (isAbsent(verdict.reasons)) return refuse({ kind: 'leave-reasons-missing' });
  return verdict.outcome === 'REFUSED' ? takeBack(leave, verdict, known) : give(leave, verdict, known);
}

function takeBack(
  leave: Leave,
  verdict: Verdict,
  { today, hasComplaint }: KnownAtReversing,
): Result<Reversal, LeaveRefusal> {
  if (leave.state === 'REFUSED') return refuse({ kind: 'leave-unchanged', leave });
  if (!hasComplaint) return refuse({ kind: 'leave-complaint-missing' });
  const { firstDay, lastDay } = periodOf(leave);
  const endsBefore = firstDay > today ? firstDay : addDays(today, 1);
  return endsBefore > lastDay
    ? refuse({ kind: 'leave-over' })
    : accept({ verdict, startsOn: leave.startsOn, endsBefore });
}

/** All that was applied for, or fewer days, but never fewer than stand: those are taken away by a refusal alone. */
function give(leave: Leave, verdict: Verdict, known: KnownAtReversing): Result<Reversal, LeaveRefusal> {
  const wanted = cutAt(verdict.days ?? leave, known.withdrawnFrom);
  const days = grantedOf({ days: wanted }, known.schoolDays);
  const wrong = whyNotThese(leave, { ...verdict, days: wanted }, days);
  if (wrong !== null) return refuse({ kind: wrong });
  const stands = standingOf(leave);
  if (stands !== null && (wanted.firstDay > stands.firstDay || wanted.lastDay < stands.lastDay))
    return refuse({ kind: 'leave-period-wrong' });
  const isSame = stands?.firstDay === wanted.firstDay && stands.lastDay === wanted.lastDay;
  if (leave.state === 'GRANTED' && isSame) return refuse({ kind: 'leave-unchanged', leave });
  const limits = limitsOf(wanted, leave);
  const clash = known.standing.find((other) => other.id !== leave.id && overlaps(other, wanted));
  if (clash !== undefined) return refuse({ kind: 'leave-overlaps', leave: clash });
  const needed = exceptionsFor(leave, { ...known, schoolDays: days });
  if (needed === null) return refuse({ kind: 'leave-no-regulation' });
  if (needed.some((one) => !verdict.exceptions.includes(one)))
    return refuse({ kind: 'leave-exception-needed', needed });
  return accept({ verdict: { ...verdict, exceptions: needed }, ...limits });
}

const cutAt = ({ firstDay, lastDay }: Period, from: LocalDate | null): Period => ({
  firstDay,
  lastDay: from === null || from > lastDay ? lastDay : addDays(from, -1),
});

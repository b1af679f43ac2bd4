import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import {
  type KnownAtDeciding,
  type Leave,
  type LeaveRefusal,
  type Verdict,
  exceptionsFor,
  isAbsent,
  overlaps,
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

/** What replaces a decision, and from which day on nothing of the leave stands: null where all of it does. */
export interface Reversal {
  readonly verdict: Verdict;
  readonly endsBefore: LocalDate | null;
}

/**
 * The leader replaces a decision by another, with reasons: for the better at any time (fvl. § 35), and for the worse where somebody has
 * complained. What has been of granted leave is not taken back, and what a guardian has withdrawn not given again.
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
  if (verdict.outcome === leave.state) return refuse({ kind: 'leave-unchanged', leave });
  if (isAbsent(verdict.reasons)) return refuse({ kind: 'leave-reasons-missing' });
  return verdict.outcome === 'REFUSED'
    ? takeBack(leave, verdict, known)
    : giveAfterAll(leave, verdict, known);
}

function takeBack(
  leave: Leave,
  verdict: Verdict,
  { today, hasComplaint }: KnownAtReversing,
): Result<Reversal, LeaveRefusal> {
  if (!hasComplaint) return refuse({ kind: 'leave-complaint-missing' });
  const from = leave.firstDay > today ? leave.firstDay : today;
  const isOver = from > leave.lastDay || (leave.endsBefore !== null && from >= leave.endsBefore);
  return isOver ? refuse({ kind: 'leave-over' }) : accept({ verdict, endsBefore: from });
}

function giveAfterAll(
  leave: Leave,
  verdict: Verdict,
  known: KnownAtReversing,
): Result<Reversal, LeaveRefusal> {
  const clash = known.standing.find((other) => other.id !== leave.id && overlaps(other, leave));
  if (clash !== undefined) return refuse({ kind: 'leave-overlaps', leave: clash });
  const needed = exceptionsFor(leave, known);
  if (needed === null) return refuse({ kind: 'leave-no-regulation' });
  if (needed.some((one) => !verdict.exceptions.includes(one)))
    return refuse({ kind: 'leave-exception-needed', needed });
  return accept({ verdict: { ...verdict, exceptions: needed }, endsBefore: known.withdrawnFrom });
}

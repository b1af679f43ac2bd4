import { toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { BoardRow } from '../domain/day-board.ts';
import type { DayBoardWanted, ShownBoard } from '../usecases/read-day-boards.ts';
import type { BoardRow as RowShown, DayBoardConnection as BoardShown } from './generated/types.ts';
import { toShownStaffing } from './staffing.ts';
import { toShownStay } from './stay.ts';
import { toShownTrip } from './trip.ts';
import { toShownMark } from './mark-attendance.ts';

/** A board; `NOT_FOUND` where there is none for the viewer, and `FEATURE_CLOSED` where it is shown to nobody for now. */
export function toShownBoard(
  board: ShownBoard,
  { day, first, after }: DayBoardWanted,
  now: Date,
): BoardShown {
  if (board === null) throw new AppError('NOT_FOUND');
  if (board === 'hidden') throw new AppError('FEATURE_CLOSED');
  const { PRESENT, ELSEWHERE, ABSENT_REPORTED, ABSENT_UNREPORTED, NOT_YET_KNOWN } = board.counts;
  return {
    ...{ day, asOf: now.toISOString(), isOpen: board.isOpen },
    staffing: board.staffing === null ? null : toShownStaffing(board.staffing),
    counts: {
      ...{ present: PRESENT, elsewhere: ELSEWHERE, notYetKnown: NOT_YET_KNOWN },
      ...{ absentReported: ABSENT_REPORTED, absentUnreported: ABSENT_UNREPORTED },
      ...{ here: board.here, inDoubt: board.inDoubt },
    },
    ...toPage(board.rows.map(toShownRow), first, after, ({ child }) => child.id),
  };
}

const toShownRow = ({ childId, groupIds: _groupIds, slots, stay, trip, ...row }: BoardRow): RowShown => ({
  ...{
    ...row,
    child: { id: childId },
    stay: stay === null ? null : toShownStay(stay),
    trip: trip === null ? null : toShownTrip(trip),
  },
  slots: slots.map(({ lesson, state: stateOfSlot, mark, inDoubt, trace }) => ({
    ...{ lesson, state: stateOfSlot, mark: mark === null ? null : toShownMark(mark) },
    ...{ inDoubt: inDoubt.map(toShownMark), trace: trace.map(toShownMark) },
  })),
});

import { asStaff, guardians } from './columns.ts';
import { countingChanges, countingOfChild, countingOfUnit, countingTypes } from './counting-rows.ts';
import { type Row, type Table, only, plain } from './row.ts';

/**
 * Rows of the matrix for leave from school, and for what is counted of its absence. Whoever decides may be the guardian of a child in their class, of whom they are told nothing
 * at work; and may decide on other children than the one that the column is about.
 */
const decidesOrIsGuardian = only([...guardians, 'leader'], 'null', 'LEA-09 GUA-24 S-06', { may: asStaff });

export const leaveChanges: Readonly<Record<string, Row>> = {
  // For a day that is over.
  applyForLeave: only(guardians, 'NOT_FOUND', 'LEA-07 GUA-20'),
  // Tried with leave that does not exist.
  objectToLeave: only([], 'NOT_FOUND', 'LEA-07 S-06'),
  withdrawLeave: only([], 'NOT_FOUND', 'LEA-07 S-06'),
  grantLeave: only([], 'NOT_FOUND', 'LEA-03 S-06'),
  openLeaveDecision: only([], 'NOT_FOUND', 'LEA-06 S-06'),
  refuseLeave: only([], 'NOT_FOUND', 'LEA-03 S-06'),
  complainAboutLeave: only([], 'NOT_FOUND', 'ADM-05 S-06'),
  forwardLeaveComplaint: only([], 'NOT_FOUND', 'ADM-04 S-06'),
  reverseLeaveDecision: only([], 'NOT_FOUND', 'ADM-10 S-06'),
  ...countingChanges,
};

export const leaveOfChild: Readonly<Record<string, Row>> = {
  leaves: decidesOrIsGuardian,
  leaveQuota: decidesOrIsGuardian,
  absenceSummary: decidesOrIsGuardian,
  ...countingOfChild,
};

export const leaveOfUnit: Readonly<Record<string, Row>> = {
  ...countingOfUnit,
  waitingLeaves: only(
    ['leader', 'leaderUnnamed', 'contactTeacher', 'unnamed', 'colleague', 'kindergarten'],
    'NOT_FOUND',
    'LEA-09 S-06',
  ),
};

const leave = plain(
  'id child unit firstDay lastDay startsOn endsBefore kind state decider schoolDays isAwayAfterSchool childHearing appliedAt decidedAt isObjectedByViewer complaints file',
);

/** Nobody has leave in the matrix: tried with what does not exist. */
export const leaveReference: Readonly<Record<string, Row>> = {
  '(reference)': only([], 'NOT_FOUND', 'LEA-09 S-06'),
  ...leave,
};

export const leaveTypes: Table = {
  Leave: leave,
  ...countingTypes,
  LeaveFile: plain('decisionReasons reason childView isObjectedTo objections'),
  AbsenceSummary: plain('schoolYear days leaveDays hours'),
  LeaveQuota: plain('schoolYear granted asked daysInAll daysWithoutReason'),
  LeaveConnection: plain('edges nodes pageInfo'),
  LeaveEdge: plain('node cursor'),
  LeaveDecisionOpened: plain('leave text complaintUntil'),
  LeaveApplied: plain('leave'),
  LeaveObjected: plain('leave'),
  LeaveWithdrawn: plain('leave'),
  LeaveDecided: plain('leave'),
  LeaveComplained: plain('leave'),
  LeaveComplaintForwarded: plain('leave'),
  LeaveComplaint: plain('id state complainedAt isLate isByViewer text note'),
  LeaveRefused: plain('code message standing exceptionsNeeded'),
};

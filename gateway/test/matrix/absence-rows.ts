import { guardians, inCharge, leaders } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

/** Rows of the matrix for what is reported of a child, and when units are open. */
export const absenceChanges: Readonly<Record<string, Row>> = {
  reportAbsence: only([...guardians, ...inCharge], 'NOT_FOUND', 'ABS-02 GUA-20'),
  // Tried with one that does not exist.
  withdrawAbsence: only([], 'NOT_FOUND', 'ABS-13 S-06'),
  correctAbsence: only([], 'NOT_FOUND', 'ABS-13 S-06'),
  setUnitCalendar: only(leaders, 'NOT_FOUND', 'ABS-13 S-06'),
};

export const absenceFields =
  'id child unit day cause arrivesAt leavesAt reportedAt isLate correctedAt withdrawnAt correlationId repeats changes';
export const absenceTypes: Table = {
  AbsenceReported: plain('correlationId outcomes'),
  AbsenceOutcome: plain('child unit absences knownDays skippedDays refusal'),
  SkippedDay: plain('day reason'),
  AbsenceDayPast: plain('code message firstPossibleDay'),
  AbsenceTooMany: plain('code message placesMax slotsMax'),
  AbsenceReportInvalid: plain('code message'),
  AbsenceUnitWrong: plain('code message'),
  AbsenceUnitClosed: plain('code message'),
  AbsenceTooFarAhead: plain('code message lastPossibleDay'),
  AbsenceWithdrawn: plain('absence'),
  AbsenceCorrected: plain('absence'),
  AbsenceCutOffPassed: plain('code message cutOff'),
  AbsenceChangeRefused: plain('code message'),
  AbsenceChange: plain('kind cause arrivesAt leavesAt changedById changedAt'),
  AbsenceRepeat: plain('cause arrivesAt leavesAt reportedAt'),
  UnitCalendar: plain(
    'opensAt closesAt planningAt daysAhead askMinutesBefore isOpenEveryDay schoolYears closed',
  ),
  SchoolYear: plain('firstDay lastDay'),
  ClosedDays: plain('firstDay lastDay kind'),
  UnitCalendarSet: plain('calendar'),
  UnitCalendarRefused: plain('code message'),
};

import { atTheUnit, guardians, inCharge, leaders } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for the register: what staff mark, and the board of a day. */
export const unitBoard: Rows = {
  // Of nobody who is not in the viewer's charge: the rows and the numbers are for the children whom they may see.
  dayBoard: only(atTheUnit, 'NOT_FOUND', 'ABS-01 ADR-10 S-06'),
};

export const childStays: Rows = {
  // Nobody has said anything yet: it is as empty to whoever may read it.
  stays: only([], 'NOT_FOUND', 'T18 SFO-10 GUA-20 S-06', { may: [...guardians, ...inCharge] }),
};

export const childStillSick: Rows = {
  // Nobody was ill yesterday: there is nothing to ask anybody.
  stillSick: only([], 'null', 'T09 GUA-20 S-06'),
};

export const registerChanges: Rows = {
  answerStillSick: only(guardians, 'NOT_FOUND', 'T09 ABS-02 GUA-20'),
  setTimetable: only(['leader', 'office', 'leaderUnnamed', 'named'], 'NOT_FOUND', 'T11 S-06'),
  setStay: only(
    [...guardians, ...inCharge.filter((one) => one !== 'office' && one !== 'named')],
    'NOT_FOUND',
    'T18 SFO-08 GUA-20 S-06',
  ),
  setAbsenceAlert: only(leaders, 'NOT_FOUND', 'ABS-12 S-06'),
  // Tried with a day on which there is no call to make.
  notePhoneCall: only([], 'NOT_FOUND', 'ABS-12 ADR-10 S-06'),
  // Tried with a day before the child came: of a child who is in nobody's charge the outcome is that there is none.
  markAttendance: only(
    atTheUnit.filter((one) => one !== 'office' && one !== 'named'),
    'NOT_FOUND',
    'ABS-03 T11 T16 T17 S-06',
  ),
};

export const registerTypes: Table = {
  StillSick: plain('day state units'),
  StillSickAnswered: plain('stillSick outcomes'),
  StillSickRefused: plain('code message'),
  TimetableSet: plain('lessons'),
  TimetableRefused: plain('code message'),
  Stay: plain('unit weekday day comes arrives leaves goesHome'),
  StaySet: plain('stay'),
  StayRefused: plain('code message'),
  AbsenceAlertSet: plain('minutes'),
  PhoneCallNoted: plain('alert'),
  Lesson: plain('id groupId weekday starts ends from to'),
  AttendanceMarked: plain('outcomes'),
  MarkOutcome: plain('id kind standing'),
  Mark: plain('id standing came went isByClock madeAt takenAt madeBy'),
  DayBoardConnection: plain('day isOpen counts edges nodes pageInfo'),
  DayCounts: plain('present elsewhere absentReported absentUnreported notYetKnown here inDoubt'),
  BoardRowEdge: plain('node cursor'),
  BoardRow: plain('child state isHere came went fetchedLate alert stay isTimeToGo slots'),
  DaySlot: plain('lesson state mark inDoubt trace'),
};

import { atTheUnit, guardians, inCharge, leaders } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for the register: what staff mark, and the board of a day. */
export const unitBoard: Rows = {
  // Nobody who is not in the viewer's charge is in a number.
  expectedAttendance: only(atTheUnit, 'NOT_FOUND', 'T24 ADR-19 S-06'),
  // None is open in the town.
  holidaySurveys: only([], 'NOT_FOUND', 'T19 ADR-19 S-06', { may: atTheUnit }),
  // Of nobody who is not in the viewer's charge: the rows and the numbers are for the children whom they may see.
  dayBoard: only(atTheUnit, 'NOT_FOUND', 'ABS-01 ADR-10 S-06'),
  // No trip is planned; it is as empty to whoever may read it.
  trips: only([], 'NOT_FOUND', 'T27 S-06', { may: atTheUnit }),
};

export const childStays: Rows = {
  // Nobody has said anything yet: it is as empty to whoever may read it.
  stays: only([], 'NOT_FOUND', 'T18 SFO-10 GUA-20 S-06', { may: [...guardians, ...inCharge] }),
};

export const childStillSick: Rows = {
  // Nothing is asked of the child in the matrix.
  holidaySurveys: only([], 'empty', 'T19 GUA-20 S-06', { may: [...guardians, ...inCharge] }),
  // Nobody has made an address.
  daysFeed: only([], 'null', 'GUA-20 S-06'),
  // Nobody was ill yesterday: there is nothing to ask anybody.
  stillSick: only([], 'null', 'T09 GUA-20 S-06'),
  // No trip is planned.
  trips: only([], 'NOT_FOUND', 'T27 GUA-20 S-06', { may: guardians }),
};

export const registerChanges: Rows = {
  // Of the own child; and tried with an address of nobody's, to take the place of another.
  makeDaysFeed: only([], 'NOT_FOUND', 'GUA-20 S-06'),
  revokeDaysFeed: only([], 'NOT_FOUND', 'GUA-20 S-06'),
  openHolidaySurvey: only(leaders, 'NOT_FOUND', 'T19 S-06'),
  // Tried with a survey that does not exist.
  withdrawHolidaySurvey: only([], 'NOT_FOUND', 'T19 S-06'),
  answerHolidaySurvey: only([], 'NOT_FOUND', 'T19 GUA-20 S-06'),
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
  // Tried with one that is over.
  planTrip: only(
    inCharge.filter((one) => one !== 'office' && one !== 'named'),
    'NOT_FOUND',
    'T27 S-06',
  ),
  setStaffPresence: only(
    atTheUnit.filter((one) => one !== 'office' && one !== 'named'),
    'NOT_FOUND',
    'T26 S-06',
  ),
  callOffTrip: only([], 'NOT_FOUND', 'T27 S-06'),
  // Tried with a day before the child came: of a child who is in nobody's charge the outcome is that there is none.
  markAttendance: only(
    atTheUnit.filter((one) => one !== 'office' && one !== 'named'),
    'NOT_FOUND',
    'ABS-03 T11 T16 T17 S-06',
  ),
};

export const registerTypes: Table = {
  DaysFeed: plain('id madeAt readOn'),
  DaysFeedMade: plain('feed path'),
  DaysFeedRevoked: plain('revokedId'),
  DaysFeedRefused: plain('code message'),
  HolidaySurveyOpened: plain('survey'),
  HolidaySurveyWithdrawn: plain('survey'),
  HolidaySurveyAnswered: plain('answered'),
  HolidaySurveyRefused: plain('code message'),
  HolidaySurvey: plain('id unit days asksHalfDays groupIds answerUntil'),
  ChildHolidaySurvey: plain('survey answers trace'),
  HolidayAnswer: plain('day part'),
  HolidayAnswerMade: plain('day part isByStaff answeredById answeredAt'),
  UnitHolidaySurvey: plain('survey days unanswered'),
  HolidaySurveyDay: plain('day whole morning afternoon none unanswered'),
  UnansweredConnection: plain('edges nodes pageInfo'),
  UnansweredEdge: plain('node cursor'),
  ExpectedDay: plain('day isOpen all groups'),
  ExpectedGroup: plain('groupId counts'),
  ExpectedCounts: plain('expected halfDay away onLeave notComing bySurvey'),
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
  Lesson: plain('id groupId weekday starts ends subject from to'),
  AttendanceMarked: plain('outcomes'),
  MarkOutcome: plain('id kind standing'),
  Mark: plain('id standing came went isByClock madeAt takenAt madeBy'),
  DayBoardConnection: plain('day asOf isOpen counts staffing edges nodes pageInfo'),
  StaffPresenceSet: plain('isHere groupId'),
  Staffing: plain('staff children groups isViewerHere viewerGroupId'),
  GroupStaffing: plain('groupId staff children'),
  DayCounts: plain('present elsewhere absentReported absentUnreported notYetKnown here inDoubt'),
  BoardRowEdge: plain('node cursor'),
  BoardRow: plain('child state isHere came went fetchedLate alert stay trip isTimeToGo slots'),
  Trip: plain('id firstDay leavesAt lastDay returnsAt'),
  UnitTrip: plain('trip children staff'),
  ChildTrip: plain('firstDay leavesAt lastDay returnsAt'),
  TripPlanned: plain('planned'),
  TripRefused: plain('code message'),
  TripCalledOff: plain('children'),
  DaySlot: plain('lesson state mark inDoubt trace'),
};

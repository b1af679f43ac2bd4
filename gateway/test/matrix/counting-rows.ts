import { asStaff, guardians, leaders } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

/** Who follows up the absence of the one child that there is a case of; one of them leads a hidden child's school too. */
const followers = [...leaders, 'contactTeacher'] as const;

/** Rows of the matrix for what is counted of absence from school. */
export const countingChanges: Readonly<Record<string, Row>> = {
  requestAbsenceRemoval: only(guardians, 'NOT_FOUND', 'ABS-07 GUA-20'),
  // Tried with what does not exist.
  acceptAbsenceRemoval: only([], 'NOT_FOUND', 'ABS-07 S-06'),
  refuseAbsenceRemoval: only([], 'NOT_FOUND', 'ABS-07 S-06'),
  withdrawHealthNote: only([], 'NOT_FOUND', 'T23 S-06'),
  // Of nobody whose days they could be.
  acceptHealthNote: only(['leader'], 'NOT_FOUND', 'T23 GUA-24 S-06'),
  certifyAbsence: only(['leader'], 'NOT_FOUND', 'ABS-23 GUA-24 S-06'),
  setGroupGrade: only(leaders, 'NOT_FOUND', 'ABS-06 S-06'),
  setAbsenceThresholds: only(leaders, 'NOT_FOUND', 'ABS-18 S-06'),
  setMunicipalAbsenceThresholds: only(['administrator'], 'FORBIDDEN', 'ABS-18'),
  // Tried with what does not exist.
  noteThresholdAlert: only([], 'NOT_FOUND', 'T14 S-06'),
  openFollowUp: only(['leader', 'contactTeacher'], 'NOT_FOUND', 'T15 GUA-24 S-06'),
  addFollowUpStep: only(followers, 'NOT_FOUND', 'T15 S-06'),
  completeFollowUpStep: only(followers, 'NOT_FOUND', 'T15 S-06'),
  closeFollowUp: only(followers, 'NOT_FOUND', 'T15 S-06'),
};

export const countingQueries: Readonly<Record<string, Row>> = {
  // There are none in the town.
  municipalAbsenceThresholds: only([], 'FORBIDDEN', 'ABS-18', { may: ['administrator'] }),
};

export const countingOfChild: Readonly<Record<string, Row>> = {
  // Off, as it is in the town.
  subjectAbsence: only([], 'null', 'ABS-19 S-06'),
  // Whoever leads a school may lead other children than the one that the column is about.
  absenceCertificate: only([...guardians, 'leader'], 'null', 'ABS-07 T23 GUA-24 S-06', { may: asStaff }),
};

export const countingOfUnit: Readonly<Record<string, Row>> = {
  // There are none in the town.
  absenceThresholds: only([], 'NOT_FOUND', 'ABS-18 S-06', { may: leaders }),
  // Whoever leads a class sees those that are for them; here there are none.
  thresholdAlerts: only(
    ['leader', 'leaderUnnamed', 'contactTeacher', 'unnamed', 'colleague', 'kindergarten'],
    'NOT_FOUND',
    'T14 S-06',
  ),
  followUps: only(
    ['leader', 'leaderUnnamed', 'contactTeacher', 'unnamed', 'colleague', 'kindergarten'],
    'NOT_FOUND',
    'T15 S-06',
  ),
  absenceStatistics: only([...leaders, 'office', 'named'], 'NOT_FOUND', 'T30 S-06'),
};

export const countingTypes: Table = {
  SubjectAbsence: plain('subject hours yearHours sharePercent isAboveLimit'),
  AbsenceCertificate: plain('schoolYear grade counted removable causes removal healthNotes certified'),
  CertificateCount: plain('days hours removed'),
  RemovalCauses: plain('leaveDays healthDays'),
  AbsenceRemoval: plain('id withCauses requestedAt state reason decidedAt'),
  HealthNote: plain('id from to isChronic acceptedAt'),
  CertifiedAbsence: plain('grade days hours removed certifiedAt correctionReason'),
  AbsenceCertificateChanged: plain('certificate'),
  CertificateRefused: plain('code message'),
  GroupGradeSet: plain('grade'),
  AbsenceThreshold: plain('id measure atLeast period weeks tells opens isOfAllSchools'),
  AbsenceThresholdsSet: plain('thresholds'),
  ThresholdAlert: plain('id child threshold since raisedOn seenAt'),
  ThresholdAlertNoted: plain('alert'),
  ThresholdAlertConnection: plain('edges nodes pageInfo'),
  ThresholdAlertEdge: plain('node cursor'),
  FollowUp: plain('id child kind openedAt steps due outcome closedAt'),
  FollowUpStep: plain('id kind dueOn responsible doneOn'),
  FollowUpConnection: plain('edges nodes pageInfo'),
  FollowUpEdge: plain('node cursor'),
  FollowUpChanged: plain('followUp'),
  FollowUpRefused: plain('code message'),
  AbsenceStatistics: plain('days unreportedDays byClass byWeekday'),
  ClassAbsence: plain('group days unreportedDays'),
  WeekdayAbsence: plain('weekday days'),
};

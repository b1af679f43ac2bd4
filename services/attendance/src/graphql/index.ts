import { LocalTime, scalars } from '@ranselpost/kit/scalars';
import { notePhoneCall, setAbsenceAlert } from './absence-alert.ts';
import { certificateMutations, certificateOfChild } from './absence-certificate.ts';
import { statisticsOfUnit } from './absence-statistics.ts';
import { thresholdMutations, thresholdQuery, thresholdsOfUnit } from './absence-threshold.ts';
import { absence } from './absence.ts';
import { absenceChanges } from './change-absence.ts';
import { subjectsOfChild } from './subject-absence.ts';
import { summaryOfChild } from './absence-summary.ts';
import { child } from './child.ts';
import type { Context } from './context.ts';
import { followUpMutations, followUpsOfUnit } from './follow-up.ts';
import type { MutationResolvers, QueryResolvers } from './generated/types.ts';
import { markAttendance } from './mark-attendance.ts';
import { leaveMutations } from './change-leave.ts';
import { daysFeedMutations, daysFeedOfChild } from './days-feed.ts';
import { expectedOfUnit } from './expected.ts';
import { surveyMutations, surveysOfChild, surveysOfUnit, unitSurvey } from './holiday-survey.ts';
import { leave, leaveOfChild, leaveOfUnit, leaveQuery } from './leave.ts';
import { reportAbsence } from './report-absence.ts';
import { setTimetable } from './set-timetable.ts';
import { setStaffPresence } from './staffing.ts';
import { setStay, staysOfChild } from './stay.ts';
import { answerStillSick, stillSickOfChild } from './still-sick.ts';
import { tripChanges, tripsOfChild, tripsOfUnit } from './trip.ts';
import { unit } from './unit.ts';
import { calendarOfUnit, setUnitCalendar } from './unit-calendar.ts';

const mutation: Required<MutationResolvers<Context>> = {
  reportAbsence,
  answerStillSick,
  ...surveyMutations,
  ...daysFeedMutations,
  ...absenceChanges,
  ...leaveMutations,
  ...certificateMutations,
  ...thresholdMutations,
  ...followUpMutations,
  setUnitCalendar,
  setTimetable,
  markAttendance,
  setAbsenceAlert,
  notePhoneCall,
  setStay,
  setStaffPresence,
  ...tripChanges,
};

const query: Required<QueryResolvers<Context>> = { ...leaveQuery, ...thresholdQuery };

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = {
  ...scalars,
  LocalTime,
  Query: query,
  Mutation: mutation,
  Absence: absence,
  Child: {
    ...{ ...child, ...staysOfChild, ...leaveOfChild, ...stillSickOfChild, ...daysFeedOfChild },
    ...{ ...summaryOfChild, ...subjectsOfChild, ...certificateOfChild, ...surveysOfChild, ...tripsOfChild },
  },
  Leave: leave,
  UnitHolidaySurvey: unitSurvey,
  Unit: {
    ...{ ...unit, ...calendarOfUnit, ...leaveOfUnit, ...thresholdsOfUnit, ...statisticsOfUnit },
    ...{ ...surveysOfUnit, ...expectedOfUnit, ...followUpsOfUnit, ...tripsOfUnit },
  },
};

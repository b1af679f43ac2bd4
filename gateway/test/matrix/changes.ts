import { newId } from '@ranselpost/kit/ids';
import { daysAhead } from '../journeys/absences.ts';
import type { TypedIn } from './typed-in.ts';
import type { Representative } from './who-is-who.ts';

/** What a change is tried with, of everybody's own child and unit or of the one case that there is. */
type Try = (typedIn: TypedIn, asker: Pick<Representative, 'child' | 'unit'>) => object;

const past = '2020-01-01';
const emptyRound = { kind: 'MAIN', title: 'Opptak', admissionYear: 2027, unitIds: [] };
const text = 'The matrix is tried.';
const childOf = ({ ids }: TypedIn, { child }: Pick<Representative, 'child'>): string => ids.child[child]!;
/** A message about everybody's own child at their own unit, where there is one. */
export const messageFor = (
  { ids }: TypedIn,
  { child, unit }: Pick<Representative, 'child' | 'unit'>,
): { readonly threadId: string; readonly id: string; readonly attachmentId: string } =>
  ids.messages.find((one) => one.child === child && one.unit === unit) ?? {
    ...{ threadId: newId(), id: newId(), attachmentId: newId() },
  };
const atSchool = ({ ids }: TypedIn) => ({ feature: 'HEALTH_CARD', place: { unitIds: [ids.unit.school] } });

/**
 * Every change of the graph, with something that is refused in words to whoever may make it, so that nothing happens that
 * another journey would notice; and to everybody else as if there were nothing. The last ones change what they are tried on.
 */
export const changes: Readonly<Record<string, Try>> = {
  reportAbsence: (typedIn, asker) => ({
    places: [{ childId: childOf(typedIn, asker), unitId: typedIn.ids.unit[asker.unit] }],
    ...{ firstDay: past, cause: 'OTHER' },
  }),
  makeDaysFeed: (typedIn, asker) => ({ childId: childOf(typedIn, asker), insteadOfId: newId() }),
  revokeDaysFeed: () => ({ feedId: newId() }),
  openHolidaySurvey: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], firstDay: past, lastDay: past },
    answerUntil: `${past}T00:00:00Z`,
  }),
  withdrawHolidaySurvey: () => ({ surveyId: newId() }),
  answerHolidaySurvey: (typedIn, asker) => ({
    ...{ surveyId: newId(), childId: childOf(typedIn, asker), days: [{ day: past, part: 'NONE' }] },
  }),
  answerStillSick: (typedIn, asker) => ({ childId: childOf(typedIn, asker), isStillSick: false }),
  withdrawAbsence: () => ({ absenceId: newId() }),
  correctAbsence: () => ({ absenceId: newId(), cause: 'OTHER' }),
  setUnitCalendar: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], opensAt: '15:00', closesAt: '08:00', planningAt: '07:30' },
    ...{ daysAhead: 60, schoolYears: [], closed: [] },
  }),
  setTimetable: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], groupId: newId(), from: past, lessons: [] },
  }),
  setStay: (typedIn, asker) => ({
    ...{ childId: childOf(typedIn, asker), unitId: typedIn.ids.unit[asker.unit], day: past, comes: true },
  }),
  setAbsenceAlert: (typedIn, asker) => ({ unitId: typedIn.ids.unit[asker.unit], minutes: 30 }),
  notePhoneCall: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], childId: childOf(typedIn, asker), day: past },
  }),
  markAttendance: (typedIn, asker) => ({
    unitId: typedIn.ids.unit[asker.unit],
    marks: [{ id: newId(), childId: childOf(typedIn, asker), day: past, standing: 'ABSENT' }],
  }),
  planTrip: (typedIn, asker) => ({
    ...{ id: newId(), unitId: typedIn.ids.unit[asker.unit], childIds: [childOf(typedIn, asker)] },
    ...{ firstDay: daysAhead(0), leavesAt: '23:59', lastDay: daysAhead(0), returnsAt: '23:58' },
  }),
  setStaffPresence: (typedIn, asker) => ({ unitId: typedIn.ids.unit[asker.unit], isHere: false }),
  callOffTrip: () => ({ tripId: newId() }),
  applyForLeave: (typedIn, asker) => ({
    ...{ childId: childOf(typedIn, asker), unitId: typedIn.ids.unit[asker.unit], kind: 'GENERAL' },
    ...{ firstDay: past, lastDay: past, childHearing: 'NOT_ASKED' },
    ...{ isTeachingSeenTo: false, isAwayAfterSchool: false },
  }),
  objectToLeave: () => ({ leaveId: newId() }),
  openLeaveDecision: () => ({ leaveId: newId() }),
  withdrawLeave: () => ({ leaveId: newId() }),
  grantLeave: () => ({ leaveId: newId() }),
  refuseLeave: () => ({ leaveId: newId(), reasons: text }),
  complainAboutLeave: () => ({ leaveId: newId() }),
  forwardLeaveComplaint: () => ({ complaintId: newId(), note: text }),
  reverseLeaveDecision: () => ({ leaveId: newId(), outcome: 'GRANTED', reasons: text }),
  requestAbsenceRemoval: (typedIn, asker) => ({ childId: childOf(typedIn, asker), schoolYear: 2020 }),
  acceptAbsenceRemoval: () => ({ requestId: newId() }),
  refuseAbsenceRemoval: () => ({ requestId: newId(), reason: text }),
  withdrawHealthNote: () => ({ noteId: newId() }),
  acceptHealthNote: (typedIn, asker) => ({ childId: childOf(typedIn, asker), from: past, to: past }),
  certifyAbsence: (typedIn, asker) => ({ childId: childOf(typedIn, asker), schoolYear: 2020 }),
  setGroupGrade: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], groupId: newId(), schoolYear: 2020, grade: 9 },
  }),
  setAbsenceThresholds: (typedIn, asker) => ({ unitId: typedIn.ids.unit[asker.unit], thresholds: [] }),
  setMunicipalAbsenceThresholds: () => ({ thresholds: [] }),
  // What is opened is told to nobody but those who may open it.
  openFollowUp: (typedIn, asker) => ({ childId: childOf(typedIn, asker), kind: 'WORRYING' }),
  addFollowUpStep: ({ ids }) => ({
    ...{ id: newId(), followUpId: ids.followUp.id, kind: 'CALL_HOME', dueOn: past, responsible: 'LEADER' },
  }),
  completeFollowUpStep: ({ ids }) => ({ stepId: ids.followUp.stepId, doneOn: past }),
  // A step of it is still to be done.
  closeFollowUp: ({ ids }) => ({ followUpId: ids.followUp.id, outcome: 'PRESENT_AGAIN' }),
  noteThresholdAlert: () => ({ alertId: newId() }),
  startThread: (typedIn, asker) => ({
    ...{
      childIds: [childOf(typedIn, asker)],
      unitId: typedIn.ids.unit[asker.unit],
      subject: 'Tur',
      text: '',
    },
  }),
  saveDraft: (typedIn, asker) => ({
    ...{ thread: { childIds: [childOf(typedIn, asker)], unitId: typedIn.ids.unit[asker.unit] }, text: '' },
  }),
  sendDraft: () => ({ draftId: newId() }),
  deleteDraft: () => ({ draftId: newId() }),
  unscheduleDraft: () => ({ draftId: newId() }),
  sendContactForm: (typedIn, asker) => ({ unitId: typedIn.ids.unit[asker.unit], text: '' }),
  answerContactForm: () => ({ formId: '01890000-0000-7000-8000-000000000000', reference: '2026/1-1' }),
  takeOnSafetyConcern: () => ({ concernId: '01890000-0000-7000-8000-000000000000' }),
  sendMessage: (typedIn, asker) => ({ answersId: messageFor(typedIn, asker).id, text: '' }),
  markThread: (typedIn, asker) => ({ threadId: messageFor(typedIn, asker).threadId, mark: 'UNREAD' }),
  releaseMessage: (typedIn, asker) => ({ messageId: messageFor(typedIn, asker).id }),
  publishMeetingTimes: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], childIds: [childOf(typedIn, asker)] },
    ...{ kind: 'DEVELOPMENT_TALK', way: 'AT_THE_UNIT' },
    times: [{ startsAt: `${past}T12:00:00Z`, endsAt: `${past}T12:20:00Z` }],
  }),
  announceEvent: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], childIds: [childOf(typedIn, asker)], title: 'Sommerfest' },
    answerUntil: `${past}T12:00:00Z`,
  }),
  answerEvent: (typedIn, asker) => ({ eventId: newId(), childId: childOf(typedIn, asker), choice: 1 }),
  withdrawEvent: () => ({ eventId: newId() }),
  bookMeeting: (typedIn, asker) => ({ timeId: newId(), childId: childOf(typedIn, asker) }),
  cancelMeeting: () => ({ meetingId: newId() }),
  withdrawMeetingTime: () => ({ timeId: newId() }),
  imposeRestriction: (typedIn, asker) => ({
    ...{ childId: childOf(typedIn, asker), adultId: typedIn.ids.grandmother, kind: 'MAY_NOT_FETCH' },
    ...{ authority: 'UNIT', reviewOn: past },
  }),
  liftRestriction: ({ ids }) => ({ restrictionId: ids.restriction, reason: '' }),
  confirmGrant: ({ ids }) => ({ grantId: ids.heldGrant, reason: '' }),
  grantAccess: (typedIn, asker) => ({
    ...{ childId: childOf(typedIn, asker), adultId: typedIn.ids.grandmother, ground: 'APPOINTED_GUARDIAN' },
    ...{ endsOn: past, proof: text },
  }),
  releaseProtection: (typedIn, asker) => ({ childId: childOf(typedIn, asker), reason: '' }),
  nameStaff: (typedIn, asker) => ({
    ...{ childId: childOf(typedIn, asker), login: typedIn.logins['substitute'], from: past, to: past },
    reason: text,
  }),
  closeWorkItem: ({ ids }) => ({ workItemId: ids.workItem, reason: '' }),
  approveProposal: ({ ids }) => ({ proposalId: ids.rejectedProposal }),
  rejectProposal: ({ ids }) => ({ proposalId: ids.rejectedProposal }),
  setFeature: (typedIn) => ({ ...atSchool(typedIn), state: 'CLOSED', reason: text }),
  stopFeature: (typedIn) => ({ ...atSchool(typedIn), reason: text }),
  planOpening: (typedIn) => ({ ...atSchool(typedIn), opensOn: past, reason: text }),
  cancelOpening: ({ ids }) => ({ actId: ids.featureAct, reason: text }),
  setUnitContact: ({ ids }) => ({ unitId: ids.unit.school, ...ids.contact }),
  requestInformation: () => ({
    ...{ scope: 'SCHOOL', childName: 'NOEN ANDRES', childBirthDate: '2016-02-03', askerName: 'En voksen' },
    question: 'Går det bra?',
  }),
  openInformationDecision: ({ ids }) => ({ requestId: ids.request }),
  complainAboutInformationRequest: ({ ids }) => ({ requestId: ids.request, text }),
  checkInformationRequest: ({ ids }) => ({ requestId: ids.request, childId: ids.child['F1.older'] }),
  answerInformationRequest: ({ ids }) => ({ requestId: ids.request, text }),
  refuseInformationRequest: ({ ids }) => ({ requestId: ids.request, ground: 'HARM', reasons: text }),
  releaseInformationDecision: ({ ids }) => ({ requestId: ids.request }),
  assignRole: ({ logins }) => ({
    ...{ login: logins['substitute'], role: 'ARCHIVIST', from: daysAhead(0), to: daysAhead(9), reason: text },
  }),
  assignSubstitute: ({ ids, logins }) => ({
    ...{ login: logins['substitute'], role: 'TEACHER', unitId: ids.unit.school },
    ...{ groupId: ids.groups['F1.older']![0], from: past, to: '2020-01-09' },
  }),
  endRole: ({ ids }) => ({ roleId: ids.rosterRole }),
  pairTablet: ({ ids }) => ({ unitId: ids.unit.school, name: text }),
  unpairTablet: () => ({ tabletId: newId() }),
  setPin: () => ({ pin: '123456' }),
  prepareApplication: () => ({}),
  updateSettings: () => ({}),
  registerPushDevice: () => ({
    ...{ endpoint: 'https://push.example.test/x', p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
  }),
  removePushDevice: () => ({ deviceId: newId() }),
  releaseRegisterQuarantine: () => ({ quarantineId: newId(), reason: text }),
  refuseRegisterQuarantine: () => ({ quarantineId: newId(), reason: text }),
  sendBroadcast: (typedIn, asker) => ({
    audience: { places: [{ unitId: typedIn.ids.unit[asker.unit] }] },
    ...{ title: text, body: text, sendAt: `${past}T00:00:00Z` },
  }),
  publishNews: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], title: text, body: text, publishAt: `${past}T00:00:00Z` },
  }),
  editNews: () => ({ newsId: newId(), title: text, body: text }),
  withdrawNews: () => ({ newsId: newId() }),
  // Without a word or a file there is nothing to publish.
  publishUnitDocument: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], category: 'OTHER', title: text, body: '' },
  }),
  reviseUnitDocument: () => ({ documentId: newId(), title: text, body: text }),
  withdrawUnitDocument: () => ({ documentId: newId() }),
  undoBroadcast: () => ({ broadcastId: newId() }),
  withdrawBroadcast: () => ({ broadcastId: newId() }),
  markBroadcastRead: () => ({ broadcastId: newId() }),
  placeRetentionHold: (typedIn, asker) => ({
    ...{ personId: childOf(typedIn, asker), kind: 'INSIGHT', reason: text, reviewOn: past },
  }),
  liftRetentionHold: ({ ids }) => ({ holdId: ids.hold, reason: text }),
  setOutOfOffice: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], firstDay: past, lastDay: past },
    reply: 'ANSWERS_WHEN_BACK',
  }),
  endOutOfOffice: () => ({ outOfOfficeId: newId() }),
  requestTalk: () => ({ messageId: newId(), way: 'PHONE' }),
  answerTalkRequest: () => ({ requestId: newId(), answer: 'ACCEPTED' }),
  makeCalendarFeed: () => ({}),
  revokeCalendarFeed: () => ({ feedId: newId() }),
  takeThread: (typedIn, asker) => ({
    threadId: messageFor(typedIn, asker).threadId,
    forPersonId: typedIn.ids.grandmother,
  }),
  releaseThread: (typedIn, asker) => ({ threadId: messageFor(typedIn, asker).threadId }),
  settleThread: (typedIn, asker) => ({ threadId: messageFor(typedIn, asker).threadId }),
  withdrawMessage: (typedIn, asker) => ({ messageId: messageFor(typedIn, asker).id }),
  moveMessageToCase: (typedIn, asker) => ({ messageId: messageFor(typedIn, asker).id }),
  raiseSafetyConcern: (typedIn, asker) => ({ messageId: messageFor(typedIn, asker).id }),
  // Those who come first by law are not the first group.
  adoptStatutes: (typedIn, asker) => ({
    ...{ unitId: typedIn.ids.unit[asker.unit], from: past, priority: { mode: 'FIRST_MATCH' } },
    ...{ noticeMonths: 1, keepWaiting: true, answerDays: 10, silenceDeclines: true },
  }),
  // Without a last day to apply.
  planAdmissionRound: () => ({ plan: emptyRound }),
  changeAdmissionRound: () => ({ roundId: newId(), version: 1, plan: emptyRound }),
  openAdmissionRound: () => ({ roundId: newId() }),
  closeAdmissionRound: () => ({ roundId: newId() }),
  reopenAdmissionRound: () => ({ roundId: newId(), reason: text }),
  approveAdmissionRoundReopening: () => ({ reopeningId: newId() }),
  grantGrace: () => ({ roundId: newId(), until: `${past}T12:00:00Z`, reason: text }),
  changeRoundStatutes: (typedIn, asker) => ({
    ...{ roundId: newId(), unitId: typedIn.ids.unit[asker.unit], statuteId: newId(), reason: text },
  }),
  openAppeals: () => ({ roundId: newId() }),
  finishAdmissionRound: () => ({ roundId: newId() }),
  decideSeats: (typedIn, asker) => ({
    ...{ roundId: newId(), unitId: typedIn.ids.unit[asker.unit], group: 'SMALL', seats: 1 },
  }),
  savePlacementApplication: (typedIn, asker) => ({
    ...{ childId: childOf(typedIn, asker), roundId: newId(), wishes: [], guardianIds: [] },
  }),
  submitPlacementApplication: () => ({ applicationId: newId() }),
  changePlacementApplication: () => ({ applicationId: newId(), version: 1, wishes: [] }),
  withdrawPlacementApplication: () => ({ applicationId: newId() }),
  enterPaperApplication: (typedIn, asker) => ({
    ...{ childId: childOf(typedIn, asker), roundId: newId(), wishes: [], guardianIds: [] },
    receivedAt: `${past}T12:00:00Z`,
  }),
  claimPlacementPriority: () => ({ applicationId: newId(), flag: 'law18' }),
  withdrawPlacementClaim: () => ({ claimId: newId() }),
  assignPlacementClaim: () => ({ claimId: newId(), personId: newId() }),
  notePlacementProof: () => ({ claimId: newId(), provenAt: `${past}T12:00:00Z` }),
  addPlacementClaimDocument: () => ({ claimId: newId(), documentId: newId() }),
  removePlacementClaimDocument: () => ({ claimId: newId(), documentId: newId() }),
  decidePlacementClaim: () => ({ claimId: newId(), verdict: 'GRANTED' }),
  appealPlacementDecision: () => ({ applicationId: newId(), unitId: newId(), grounds: 'why' }),
  movePlacementAppeal: () => ({ appealId: newId(), move: 'UPHOLD', reason: 'because' }),
  openPlacementDecision: () => ({ decisionId: newId() }),
  answerPlacementOffer: () => ({ offerId: newId(), answer: 'ACCEPT' }),
  withdrawPlacementOffer: () => ({ offerId: newId(), reason: 'a mistake' }),
  makePlacementOffer: () => ({ applicationId: newId(), poolId: newId() }),
  changePoolSeats: () => ({ poolId: newId(), seats: 1, reason: 'x' }),
  resignPlace: () => ({ placeId: newId(), endsOn: past }),
  noteSchoolStart: () => ({ childId: newId(), isDeferred: true, reason: text }),
  changePlaceHours: () => ({ placeId: newId(), weeklyHours: 12, from: past }),
  applyForReducedPayment: (typedIn, asker) => ({
    ...{ childId: childOf(typedIn, asker), care: 'KINDERGARTEN', isIncomeRefused: true },
  }),
  assignReducedPayment: () => ({ reducedPaymentId: newId(), personId: newId() }),
  decideReducedPayment: () => ({ reducedPaymentId: newId(), verdict: 'REFUSED', reason: text }),
  simulateRound: () => ({ roundId: newId() }),
  saveScenario: () => ({ roundId: newId(), name: text }),
  overrideRound: (typedIn, asker) => ({
    ...{ roundId: newId(), reason: text },
    override: { kind: 'SEATS', unitId: typedIn.ids.unit[asker.unit], group: 'SMALL', seats: 1 },
  }),
  approveOverride: () => ({ overrideId: newId() }),
  withdrawOverride: () => ({ overrideId: newId(), reason: text }),
  decideRight: () => ({ applicationId: newId(), hasRight: true, reason: text }),
  allocateRound: () => ({ roundId: newId() }),
  discardAllocation: () => ({ roundId: newId(), reason: text }),
  publishRound: () => ({ roundId: newId(), seen: [] }),
  endNaming: ({ ids }) => ({ namingId: ids.naming }),
  withdrawInformationRequest: ({ ids }) => ({ requestId: ids.request }),
};

/** The input of a change, with a key of its own where it takes one. */
export const inputOf = (
  name: string,
  typedIn: TypedIn,
  asker: Pick<Representative, 'child' | 'unit'>,
  takesKey: boolean,
): object => ({
  ...changes[name]!(typedIn, asker),
  ...(takesKey ? { idempotencyKey: newId() } : {}),
});

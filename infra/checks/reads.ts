import { withoutComments } from './imports.ts';

/**
 * Use cases that answer people and tell staff of no child, and why. Whoever adds one says here what keeps children out of
 * the answer; whatever tells of a child answers with `about` (S-11).
 */
export const tellOfNobody: Readonly<Record<string, string>> = {
  'services/attendance/src/usecases/set-unit-calendar.ts': 'when a unit is open',
  'services/attendance/src/usecases/set-absence-alert.ts': 'how long a unit waits',
  'services/attendance/src/usecases/set-timetable.ts': 'when the lessons of a group are',
  'services/attendance/src/usecases/set-staff-presence.ts': 'where somebody of the staff is, and no child',
  'services/attendance/src/usecases/set-absence-thresholds.ts':
    'from which absence on a school looks at pupils',
  'services/attendance/src/usecases/follow-up-absence.ts':
    'whoever follows no pupil up is told that there is nothing',
  'services/attendance/src/usecases/read-threshold-alerts.ts':
    'whoever is told of no pupil is told that there is nothing',
  'services/attendance/src/usecases/read-absence-statistics.ts': 'numbers that tell of no person (T30)',
  'services/attendance/src/usecases/set-group-grade.ts': 'which grade a class is in',
  'services/attendance/src/usecases/request-removal.ts': 'guardians alone ask; staff are told NOT_FOUND',
  'services/attendance/src/usecases/read-absence-certificate.ts':
    'whoever sees nothing of the child is told that there is nothing',
  'services/attendance/src/usecases/apply-for-leave.ts': 'guardians alone apply; staff are told NOT_FOUND',
  'services/attendance/src/usecases/open-leave-decision.ts':
    'guardians alone open it; staff are told NOT_FOUND',
  'services/attendance/src/usecases/complain-about-leave.ts':
    'guardians alone complain; staff are told NOT_FOUND',
  'services/attendance/src/usecases/object-to-leave.ts': 'guardians alone object; staff are told NOT_FOUND',
  'services/attendance/src/usecases/withdraw-leave.ts': 'guardians alone withdraw; staff are told NOT_FOUND',
  'services/attendance/src/usecases/read-leaves.ts': 'whoever decides nothing is told that there is nothing',
  'services/messaging/src/usecases/read-inbox.ts': 'how many of one’s own threads are unread',
  'services/messaging/src/usecases/read-contact-forms.ts':
    'that somebody has sent forms, to themself; that a unit was sent some, and about nobody',
  'services/messaging/src/usecases/read-safety-concerns.ts':
    'that a unit has something to look at, and about nobody',
  'services/messaging/src/usecases/take-on-safety-concern.ts':
    'that a unit has something to look at, and about nobody',
  'services/identity/src/usecases/decide-quarantine.ts': 'numbers of what the register changed',
  'services/identity/src/usecases/list-open-units.ts': 'units that the open registers list, and no child',
  'services/identity/src/usecases/direct-feature.ts': 'features of units, and what was stated of them',
  'services/identity/src/usecases/hold-persons.ts':
    'that somebody is held, by the id and the kind that were given',
  'services/identity/src/usecases/open-information-decision.ts':
    'a decision is opened by whoever asked, as themselves',
  'services/identity/src/usecases/own-information-request.ts': 'a request is its asker’s own',
  'services/identity/src/usecases/read-features.ts': 'features of units, and how to reach their offices',
  'services/identity/src/usecases/read-information-requests.ts':
    'askers see their own; staff are told with `about`',
  'services/identity/src/usecases/read-alarms.ts': 'who among staff has read much, and of how many',
  'services/identity/src/usecases/decide-proposal.ts':
    'the same answer of the same person once more: that it was decided, in ids',
  'services/identity/src/usecases/propose.ts':
    'the same question under the same key once more: that it was decided, in ids',
  'services/identity/src/usecases/read-cases.ts': 'whoever decides nothing is told that there is nothing',
  'services/identity/src/usecases/read-retention.ts':
    'numbers, and who is held from being erased, by id and kind',
  'services/identity/src/usecases/read-roles.ts': 'roles of staff, by login',
  'services/identity/src/usecases/read-settings.ts': 'what whoever asks has chosen for themself',
  'services/identity/src/usecases/read-unit-findings.ts': 'what registers and rosters say of units',
  'services/identity/src/usecases/read-units.ts': 'names of units and groups',
  'services/identity/src/usecases/pair-tablet.ts': 'tablets of a unit',
  'services/identity/src/usecases/set-pin.ts': 'that one’s own PIN is set',
  'services/identity/src/usecases/read-viewer.ts':
    'staff see their roles; children are shown to their guardians alone',
  'services/identity/src/usecases/register-push-device.ts': 'browsers of whoever asks, by id',
  'services/identity/src/usecases/request-information.ts': 'staff cannot ask; whoever does is told nothing',
  'services/identity/src/usecases/set-unit-contact.ts': 'how to reach the office of a unit',
  'services/identity/src/usecases/prepare-application.ts':
    'that somebody wants to apply, to themself and of no child',
  'services/identity/src/usecases/update-settings.ts': 'what whoever asks has chosen for themself',
  'services/messaging/src/usecases/calendar.ts': 'guardians alone have one; staff are told NOT_FOUND',
  'services/messaging/src/usecases/set-out-of-office.ts': 'who of the staff is away, and when',
  'services/messaging/src/usecases/preview-broadcast.ts':
    'how many guardians there are at a unit or in a group',
  'services/messaging/src/usecases/read-broadcasts.ts':
    'what a unit said to many; recipients are told of their own and staff how many have read it',
  'services/messaging/src/usecases/delete-draft.ts': 'that one’s own draft is gone, by the id that was given',
  'services/messaging/src/usecases/send-draft.ts':
    'a text to many that its author sends; messages are answered with `about`',
  'services/messaging/src/usecases/send-due-drafts.ts': 'a timer sends, and nobody is answered',
  'services/messaging/src/usecases/send-broadcast.ts': 'what whoever asks says to many, and to how many',
  'services/messaging/src/usecases/take-back-broadcast.ts': 'what whoever asks said to many',
  'services/messaging/src/usecases/publish-news.ts': 'what whoever asks says to many',
  'services/messaging/src/usecases/change-news.ts': 'what a unit says to many',
  'services/messaging/src/usecases/read-news.ts':
    'what a unit says to many; guardians see their own children alone',
  'services/messaging/src/usecases/publish-unit-document.ts': 'what a unit has for all to find',
  'services/messaging/src/usecases/read-unit-documents.ts': 'what a unit has for all to find',
  'services/messaging/src/usecases/book-meeting.ts': 'guardians alone book; staff are told NOT_FOUND',
  'services/messaging/src/usecases/cancel-meeting.ts': 'guardians alone cancel; staff are told NOT_FOUND',
  'services/messaging/src/usecases/withdraw-meeting-time.ts': 'a time of staff, and not whose talk it was',
  'services/attendance/src/usecases/days-feed.ts': 'guardians alone have one; staff are told NOT_FOUND',
  'services/attendance/src/usecases/open-holiday-survey.ts': 'what a unit asks, and of no child',
  'services/attendance/src/usecases/read-holiday-surveys.ts': 'whoever is told of nobody is told NOT_FOUND',
  'services/attendance/src/usecases/read-expected-attendance.ts':
    'numbers of children, and of none by itself',
  'services/attendance/src/usecases/answer-still-sick.ts':
    'guardians alone are asked; staff are told NOT_FOUND',
  'services/placement/src/usecases/apply-for-reduced-payment.ts':
    'guardians alone apply; staff are told NOT_FOUND',
  'services/placement/src/usecases/assign-reduced-payment.ts':
    'that somebody has to be named for an application, without a word of whom it is about',
  'services/placement/src/usecases/read-reduced-payments.ts':
    'whoever decides on nothing is told that there is nothing',
  'services/placement/src/usecases/assign-claim.ts':
    'that somebody has to be named for a claim, without a word of whom it is about',
  'services/placement/src/usecases/change-application.ts':
    'guardians alone change it; staff are told NOT_FOUND',
  'services/placement/src/usecases/add-claim-document.ts':
    'guardians alone put documents with claims; staff are told NOT_FOUND',
  'services/placement/src/usecases/withdraw-claim.ts':
    'guardians alone take a claim back; staff are told NOT_FOUND',
  'services/placement/src/usecases/remove-claim-document.ts':
    'guardians alone take documents back; staff are told NOT_FOUND',
  'services/placement/src/usecases/claim-priority.ts': 'guardians alone claim; staff are told NOT_FOUND',
  'services/placement/src/usecases/enter-paper-application.ts': 'why nothing was entered',
  'services/placement/src/usecases/read-applications.ts':
    'whoever works with no admission is told that there is nothing',
  'services/placement/src/usecases/read-claims.ts':
    'whoever decides on nothing is told that there is nothing',
  'services/placement/src/usecases/save-application.ts': 'guardians alone write; staff are told NOT_FOUND',
  'services/placement/src/usecases/submit-application.ts': 'guardians alone send; staff are told NOT_FOUND',
  'services/placement/src/usecases/withdraw-application.ts':
    'guardians alone withdraw; staff are told NOT_FOUND',
  'services/placement/src/usecases/appeal-decision.ts': 'guardians alone appeal; staff are told NOT_FOUND',
  'services/placement/src/usecases/answer-offer.ts': 'guardians alone answer; staff are told NOT_FOUND',
  'services/placement/src/usecases/change-place-hours.ts':
    'guardians alone change them; staff are told NOT_FOUND',
  'services/placement/src/usecases/resign-place.ts': 'guardians alone give up; staff are told NOT_FOUND',
  'services/placement/src/usecases/change-pool-seats.ts': 'how many seats a unit has',
  'services/placement/src/usecases/read-appeals.ts': 'that there is no list of appeals for somebody',
  'services/placement/src/usecases/read-cash-benefit-list.ts': 'why a month has no list for cash benefit',
  'services/placement/src/usecases/read-invoice-basis.ts': 'why a month has no basis of bills',
  'services/placement/src/usecases/read-occupancy.ts': 'how many children units have, and of none of them',
  'services/placement/src/usecases/read-offers.ts':
    'whoever works with no admission is told that there is nothing',
  'services/placement/src/usecases/read-pools.ts':
    'how many seats a unit has; lists are answered with `about`',
  'services/placement/src/usecases/move-round.ts': 'where a round of admission stands',
  'services/placement/src/usecases/finish-round.ts': 'where a round of admission stands',
  'services/placement/src/usecases/change-round-statutes.ts': 'by which statutes a unit ranks in a round',
  'services/placement/src/usecases/plan-round.ts': 'what is planned of a round of admission',
  'services/placement/src/usecases/open-round.ts': 'where a round of admission stands',
  'services/placement/src/usecases/reopen-round.ts': 'where a round of admission stands',
  'services/placement/src/usecases/decide-seats.ts': 'how many seats a unit has',
  'services/placement/src/usecases/read-rounds.ts': 'rounds of admission, and how many seats units have',
  'services/placement/src/usecases/simulate-round.ts': 'that it was computed, and of no child',
  'services/placement/src/usecases/save-scenario.ts': 'the name of what was saved, and of no child',
  'services/placement/src/usecases/allocate-round.ts': 'that a round was allocated, and of no child',
  'services/placement/src/usecases/publish-round.ts':
    'applications by id, which staff are told of when they ask for them',
  'services/placement/src/usecases/override-round.ts':
    'applications by id, which staff are told of when they ask for them',
  'services/placement/src/usecases/decide-right.ts':
    'the application by the id that was given, which staff are told of when they ask for it',
  'services/placement/src/usecases/read-runs.ts':
    'numbers, and applications by id, which staff are told of when they ask for them',
  'services/placement/src/usecases/adopt-statutes.ts': 'by what a unit admits, and of no child',
  'services/placement/src/usecases/read-statutes.ts': 'by what a unit admits, and of no child',
  'services/messaging/src/usecases/answer-event.ts': 'guardians alone answer; staff are told NOT_FOUND',
  'services/messaging/src/usecases/withdraw-event.ts': 'what staff announced, and no child whom it was for',
};

/** Where a file answers staff past the access log, or could. */
export function readFaults(file: string, text: string, listed: boolean): string[] {
  const code = withoutComments(text);
  const saysNobody = /\baboutNobody\s*\(/.test(code);
  const isUseCase = /^services\/[^/]+\/src\/usecases\//.test(file);
  return [
    ...(/\.(asActor|decide)\s*\(/.test(code) && !isUseCase
      ? [`${file}: answers people outside of a use case`]
      : []),
    ...(/\babout\s*\(\s*\[\s*\]/.test(code) ? [`${file}: is about nobody and does not say so`] : []),
    ...(saysNobody && !listed
      ? [`${file}: is about nobody, and infra/checks/reads.ts does not say why`]
      : []),
    ...(listed && !saysNobody ? [`${file}: is listed in infra/checks/reads.ts and need not be`] : []),
  ];
}

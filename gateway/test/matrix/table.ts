import {
  type Column,
  asStaff,
  asThemselves,
  atTheUnit,
  caseWorkers,
  forTheMunicipality,
  guardians,
  inCharge,
  leaders,
  officers,
  people,
  readsTheThread,
} from './columns.ts';
import { absenceChanges, absenceFields, absenceTypes } from './absence-rows.ts';
import { broadcastChanges, broadcastQueries } from './broadcast-rows.ts';
import { countingQueries } from './counting-rows.ts';
import { contactFormChanges, contactFormQueries, contactFormTypes } from './contact-form-rows.ts';
import { draftChanges, draftQueries, draftTypes } from './draft-rows.ts';
import { calendarChanges, mailboxChanges, unitMailbox } from './mailbox-rows.ts';
import { leaveChanges, leaveOfChild, leaveOfUnit, leaveReference, leaveTypes } from './leave-rows.ts';
import { meetingChanges, meetingQueries, meetingTypes } from './meeting-rows.ts';
import { messagingTypes } from './messaging-types.ts';
import { newsChanges, newsQueries, newsTypes } from './news-rows.ts';
import { placement } from './placement-rows.ts';
import { childStays, childStillSick, registerChanges, registerTypes, unitBoard } from './register-rows.ts';
import { type Table, only, plain } from './row.ts';
import { tabletChanges, tabletTypes, unitTablets } from './tablet-rows.ts';
import { unitQueries, unitTypes } from './unit-rows.ts';

/** Whoever decides about access to this child: its leader, and whose table its case lies on. */
const decidesOnChild: readonly Column[] = [...leaders, 'caseWorker', 'officer'];
/** Whoever decides something. */
const decides: readonly Column[] = [...leaders, ...caseWorkers, ...officers, 'administrator', 'auditor'];

const directsFeatures = only([...leaders, 'administrator'], 'NOT_FOUND', 'D01 D08 S-06', {
  others: [['FORBIDDEN', [...asThemselves, 'machine']]],
});
const ofTheAsker = only(['parent'], 'NOT_FOUND', 'GUA-07 GUA-08 GUA-20', {
  others: [['FORBIDDEN', [...asStaff, 'machine']]],
});
/** A request on the case workers' table, about a child who is not protected and whose unit is not known yet. */
const handlesRequests = only(caseWorkers, 'NOT_FOUND', 'GUA-07 GUA-24 ADR-04', {
  others: [['FORBIDDEN', [...asThemselves, 'machine']]],
});

/**
 * The access matrix (security § 2), field by field: who is told what of a child and its unit. A field of a type that is no
 * more secret than the object it stands on is `plain`; every other one says for whom it is and how the rest is answered.
 */
export const table: Table = {
  Query: {
    viewer: only(people, 'null', 'S-01'),
    child: only([...guardians, ...inCharge], 'NOT_FOUND', 'GUA-01 GUA-20 S-02 S-06'),
    // Tried with leave that does not exist.
    leave: only([], 'NOT_FOUND', 'LEA-09 S-06'),
    childAccess: only([...guardians, 'auditor'], 'NOT_FOUND', 'GUA-24 GUA-25 S-06'),
    readingAlarms: only(['auditor'], 'null', 'V07'),
    workItems: only(decides, 'NOT_FOUND', 'GUA-05 S-06'),
    guardianshipCase: only(decidesOnChild, 'NOT_FOUND', 'ADR-04 GUA-12 S-06'),
    proposals: only(decides, 'NOT_FOUND', 'GUA-05 S-06'),
    features: only(['administrator'], 'FORBIDDEN', 'D01'),
    unitFindings: only(['administrator'], 'FORBIDDEN', 'D01'),
    featureActs: only(['administrator'], 'FORBIDDEN', 'D01'),
    informationRequest: only(['parent', ...caseWorkers], 'NOT_FOUND', 'GUA-07 GUA-20 GUA-24'),
    informationRequests: only([...leaders, ...caseWorkers, ...officers], 'NOT_FOUND', 'GUA-07 ADR-04'),
    municipalRoles: only(['administrator', 'auditor'], 'NOT_FOUND', 'X02'),
    registerQuarantines: only(['administrator', ...officers], 'FORBIDDEN', 'FREG-10 X14'),
    retentionHolds: only(['archivist', 'auditor'], 'NOT_FOUND', 'RET-07 S-06'),
    retentionReport: only(['archivist', 'auditor'], 'NOT_FOUND', 'RET-08 S-06'),
    unit: only([...guardians, ...atTheUnit, 'administrator'], 'NOT_FOUND', 'ADR-04 S-06'),
    // The thread was begun by a guardian of F1.older at the school, who chose nobody else.
    thread: only(readsTheThread, 'NOT_FOUND', 'GUA-13 MSG-02 MSG-05 S-06 S-09'),
    inbox: only(people, 'NOT_FOUND', 'GUA-13 GUA-24'),
    searchMessages: only(people, 'NOT_FOUND', 'GUA-13'),
    unreadThreads: only(people, 'null', 'GUA-13'),
    // A file that went with its first message.
    attachment: only(readsTheThread, 'NOT_FOUND', 'GUA-13 MSG-11 S-06 S-09'),
    messageReaders: only([...guardians, ...inCharge], 'NOT_FOUND', 'MSG-02 GUA-20'),
    ...meetingQueries,
    unitBroadcasts: only(atTheUnit, 'NOT_FOUND', 'MSG-06 S-06'),
    ...broadcastQueries,
    ...newsQueries(atTheUnit),
    ...{ ...contactFormQueries, ...draftQueries, ...countingQueries, ...placement.queries, ...unitQueries },
    ...plain('calendarFeed accessHelp broadcasts'),
  },
  Viewer: {
    // No register has been asked for the names of staff.
    name: only([...guardians, 'sibling'], 'null', 'GUA-20', { may: asStaff }),
    children: only([...guardians, 'sibling'], 'empty', 'GUA-01 GUA-24'),
    roles: only([...atTheUnit, 'elsewhere'], 'empty', 'S-02 GUA-24', { may: forTheMunicipality }),
    municipalRoles: only(forTheMunicipality, 'empty', 'GUA-24'),
    ...plain('id language informationRequests pinSetAt settings applicationPreparedAt'),
  },
  PersonName: plain('given middle family'),

  Child: {
    accessExplained: only(guardians, 'null', 'GUA-25'),
    accessLog: only(guardians, 'null', 'S-11 V04'),
    restrictions: only(['leader'], 'empty', 'GUA-12 GUA-13', { may: ['leaderUnnamed'] }),
    ...leaveOfChild,
    ...{ ...childStillSick, ...placement.ofChild },
    ...plain('id name shortName guardians enrolments absences stays'),
  },
  Guardian: plain('id name'),
  Enrolment: plain('id unit groups from to'),
  Group: {
    // Of the classes that somebody has, and of no other child's.
    children: only(
      inCharge.filter((one) => one !== 'afterSchool'),
      'null',
      'ADR-05 S-02',
      { may: asStaff },
    ),
    ...plain('id name unit'),
  },
  ChildConnection: plain('edges nodes pageInfo'),
  ChildEdge: plain('node cursor'),
  Unit: {
    absences: only(atTheUnit, 'NOT_FOUND', 'ABS-04 S-06'),
    ...{ ...unitBoard, ...leaveOfUnit, ...placement.ofUnit },
    threads: only(atTheUnit, 'NOT_FOUND', 'MSG-02 S-06'),
    ...unitMailbox,
    accessReview: only(leaders, 'null', 'D09'),
    ...{ substitutes: only(leaders, 'empty', 'S-02'), ...unitTablets },
    ...plain('id name kind features contact register calendar openDays'),
  },
  ...{ ...unitTypes, ...placement.types },
  Settings: plain('language notices namesChild quietHours digestAt pushDevices pushKey'),
  QuietHours: plain('from to'),
  PushDevice: plain('id registeredAt'),
  NoticeSetting: plain('kind channels obligatory'),
  Substitute: plain('id login kind group from to'),
  StaffRole: plain('id kind unit group from to'),
  MunicipalRole: plain('id login kind from to'),
  MunicipalRoleConnection: plain('edges nodes pageInfo'),
  MunicipalRoleEdge: plain('node cursor'),

  ...leaveTypes,
  AbsenceConnection: plain('edges nodes pageInfo'),
  AbsenceEdge: plain('node cursor'),
  Absence: plain(absenceFields),

  // Who reads it by their role alone has it in no inbox.
  GuardianReader: plain('person reads'),
  Person: plain('id'),

  ...meetingTypes,
  ...newsTypes,

  AccessToChild: plain('childId explained log'),
  AccessExplained: plain('guardians staff'),
  GuardianAccess: plain('id guardian ground since endsOn record'),
  RegisterRecord: plain('id version fetchedAt'),
  StaffAccess: plain('id staff role unit unitId group from to'),
  StaffMember: plain('id name'),
  AccessLogConnection: plain('edges nodes pageInfo'),
  AccessLogEdge: plain('node cursor'),
  AccessLogEntry: plain('readAt kind staff role unit unitId rule'),
  AccessReviewConnection: plain('edges nodes pageInfo'),
  AccessReviewEdge: plain('node cursor'),
  ReviewedStaff: plain('access'),
  ReviewedGuardian: plain('child access'),
  ReadingAlarmConnection: plain('edges nodes pageInfo'),
  ReadingAlarmEdge: plain('node cursor'),
  ReadingAlarm: plain('id staffId children budget raisedAt'),

  WorkItemConnection: {
    // Administrators and privacy officers decide about roles, and meet no child by it.
    edges: only([...leaders, ...caseWorkers, ...officers], 'empty', 'GUA-05'),
    nodes: only([...leaders, ...caseWorkers, ...officers], 'empty', 'GUA-05'),
    ...plain('pageInfo'),
  },
  WorkItemEdge: plain('node cursor'),
  WorkItem: plain('id kind openedAt case'),
  GuardianshipCase: plain('child protection grants restrictions workItems proposals namedStaff'),
  CasePerson: plain('id name'),
  CaseGrant: plain('id adult ground state holds openedAt endsOn'),
  Restriction: plain('id adult kind authority closesAccess note reviewOn imposedAt'),
  ProposalConnection: plain('edges nodes pageInfo'),
  ProposalEdge: plain('node cursor'),
  Proposal: plain(
    'id kind state needsSecondPerson isOwn proposer reason proposedAt expiresOn decidedAt case adult grant restriction ground endsOn role naming',
  ),
  ProposedNaming: plain('login from to'),
  NamedStaff: plain('id staff from to'),
  ProposedRole: plain('login municipalRole substituteRole from to'),

  FeatureState: plain('id feature state opensOn isReadable notice unit contact'),
  FeatureNotice: plain('key nb nn en'),
  FeatureStateConnection: plain('edges nodes pageInfo'),
  FeatureStateEdge: plain('node cursor'),
  FeatureActConnection: plain('edges nodes pageInfo'),
  FeatureActEdge: plain('node cursor'),
  FeatureAct: plain(
    'id kind feature place state opensOn isReadable notice reason insistsOnDay liftedStopIds cancelledActId isCancelled madeById approvedById madeAt',
  ),
  FeaturePlace: plain('level unitKind units'),

  InformationRequestConnection: plain('edges nodes pageInfo'),
  InformationRequestEdge: plain('node cursor'),
  InformationRequest: {
    handling: only(caseWorkers, 'null', 'GUA-07 GUA-20', { may: [...leaders, ...officers] }),
    ...plain(
      'id scope status receivedAt question decidedAt isOpened answerGoneFrom complaintUntil complainedAt',
    ),
  },
  InformationHandling: plain(
    'state isProtected isArchived askerName registeredAskerName isNamedByNumber childName childBirthDate candidates findings draft letter complaint',
  ),
  InformationCandidate: plain(
    'id name birthDate isAskerParent isAskerHolder isAskerRestricted holders places',
  ),
  InformationHolder: plain('value name'),
  InformationPlace: plain('unitName unitKind from to'),
  InformationFindings: plain('childId standing proof voidBy isHarmful isSecret note'),
  InformationDraft: plain('ground text isMine'),
  RegisterQuarantineConnection: plain('edges nodes pageInfo'),
  RegisterQuarantineEdge: plain('node cursor'),
  RegisterQuarantine: plain(
    'id openedAt cause counted allowed children state decidedAt heldGrants heldChildren',
  ),
  RetentionHoldConnection: plain('edges nodes pageInfo'),
  RetentionHoldEdge: plain('node cursor'),
  RetentionHold: plain('id personId kind reviewOn placedById placedAt liftedAt'),
  RetentionReport: plain('day startedAt finishedAt scanned figures unacknowledged'),
  RetentionFigureConnection: plain('edges nodes pageInfo'),
  RetentionFigureEdge: plain('node cursor'),
  RetentionFigure: plain('unitId kind state rule count'),
  UnacknowledgedErasures: plain('service count since'),
  AccessHelp: plain('heading paragraphs linkLabel linkUrl'),
  PageInfo: plain('hasNextPage hasPreviousPage startCursor endCursor'),

  ...messagingTypes,
  ...draftTypes,
  ...contactFormTypes,
  ...registerTypes,

  Mutation: {
    ...absenceChanges,
    ...registerChanges,
    ...leaveChanges,
    ...meetingChanges,
    imposeRestriction: only(decidesOnChild, 'NOT_FOUND', 'GUA-12 S-06'),
    liftRestriction: only([...leaders, ...officers], 'NOT_FOUND', 'GUA-12 S-06', {
      others: [['NOT_YOURS', caseWorkers]],
    }),
    confirmGrant: only([...leaders, ...caseWorkers], 'NOT_FOUND', 'GUA-04 GUA-05 S-06'),
    grantAccess: only(decidesOnChild, 'NOT_FOUND', 'GUA-05 S-06'),
    releaseProtection: only(decidesOnChild, 'NOT_FOUND', 'ADR-13 S-06'),
    nameStaff: only(decidesOnChild, 'NOT_FOUND', 'ADR-10 S-06'),
    startThread: only([...guardians, ...inCharge], 'NOT_FOUND', 'MSG-02 MSG-04 GUA-20'),
    sendMessage: only(readsTheThread, 'NOT_FOUND', 'MSG-06 S-06 S-09'),
    // Whom it reached: who reads it by their role alone has nothing to mark.
    markThread: only(
      [...guardians, 'contactTeacher', 'afterSchool', 'kindergarten'],
      'NOT_FOUND',
      'GUA-13 ADR-11',
    ),
    withdrawMessage: only(guardians, 'NOT_FOUND', 'MSG-17 S-06'),
    moveMessageToCase: only(
      readsTheThread.filter((one) => !guardians.includes(one)),
      'NOT_FOUND',
      'MSG-12 S-06',
    ),
    ...draftChanges,
    ...contactFormChanges,
    ...broadcastChanges,
    ...mailboxChanges,
    ...calendarChanges,
    ...{ ...newsChanges, ...placement.changes },
    releaseMessage: only(
      readsTheThread.filter((one) => !guardians.includes(one)),
      'NOT_FOUND',
      'S-08 S-06',
    ),
    endNaming: only([...leaders, ...officers], 'NOT_FOUND', 'ADR-10 S-06'),
    closeWorkItem: only([...leaders, ...caseWorkers], 'NOT_FOUND', 'GUA-05 S-06'),
    approveProposal: only([...leaders, ...caseWorkers], 'NOT_FOUND', 'GUA-05 S-06'),
    rejectProposal: only([...leaders, ...caseWorkers], 'NOT_FOUND', 'GUA-05 S-06'),
    setFeature: directsFeatures,
    stopFeature: directsFeatures,
    planOpening: directsFeatures,
    cancelOpening: only([...leaders, 'administrator'], 'NOT_FOUND', 'D01 D08 S-06'),
    setUnitContact: directsFeatures,
    requestInformation: only(asThemselves, 'FORBIDDEN', 'GUA-07 GUA-24'),
    withdrawInformationRequest: ofTheAsker,
    openInformationDecision: ofTheAsker,
    complainAboutInformationRequest: ofTheAsker,
    checkInformationRequest: handlesRequests,
    answerInformationRequest: handlesRequests,
    refuseInformationRequest: handlesRequests,
    releaseInformationDecision: handlesRequests,
    assignRole: only(['administrator'], 'NOT_FOUND', 'S-02', {
      others: [['NOT_YOURS', [...caseWorkers, 'auditor']]],
    }),
    assignSubstitute: only(leaders, 'NOT_FOUND', 'S-02'),
    endRole: only(leaders, 'NOT_FOUND', 'S-02'),
    // Administrators and protection officers decide; the matrix is tried in a town where the register changed too little for
    // there to be one, so that everybody is told that there is none.
    releaseRegisterQuarantine: only([], 'NOT_FOUND', 'FREG-10 X14'),
    refuseRegisterQuarantine: only([], 'NOT_FOUND', 'FREG-10 X14'),
    placeRetentionHold: only(['archivist', 'auditor'], 'NOT_FOUND', 'RET-07 S-06'),
    liftRetentionHold: only(['archivist', 'auditor'], 'NOT_FOUND', 'RET-07 S-06'),
    ...tabletChanges,
    updateSettings: only(people, 'FORBIDDEN', 'N01 GUA-24'),
    registerPushDevice: only(people, 'FORBIDDEN', 'N08 GUA-24'),
    // Nobody has one of the id that is typed in.
    removePushDevice: only([], 'NOT_FOUND', 'N08 GUA-24', { others: [['FORBIDDEN', ['machine']]] }),
  },
  ...{ ...absenceTypes, ...tabletTypes },
  FeatureClosed: plain('code message state opensOn instead'),
  Decided: plain('proposal'),
  ProposalStands: plain('code message proposal'),
  DecisionRefused: plain('code message'),
  FeatureDirected: plain('act'),
  FeatureReopeningProposed: plain('proposalId expiresOn'),
  FeatureOpeningDayUnwise: plain('code message concern'),
  FeatureNotTurnedOn: plain('code message'),
  FeatureStoppedAbove: plain('code message'),
  FeatureOpeningDayPast: plain('code message firstPossibleDay'),
  FeatureOpeningNotPlanned: plain('code message'),
  UnitContactSet: plain('contact'),
  InformationRequested: plain('request receipt'),
  InformationTooManyRequests: plain('code message'),
  InformationRequestWithdrawn: plain('request'),
  InformationAlreadyDecided: plain('code message'),
  InformationAnswer: plain('request text'),
  InformationRefusal: plain('request text aid complaintUntil'),
  InformationDecisionMissing: plain('code message'),
  InformationComplaintReceived: plain('request'),
  InformationComplaintRefused: plain('code message'),
  InformationRequestHandled: plain('request'),
  InformationHandlingRefused: plain('code message'),

  RetentionHeld: plain('hold'),
  RetentionHoldRefused: plain('code message'),
  SettingsUpdated: plain('settings'),
  PushDeviceRegistered: plain('device'),
  PushDeviceRemoved: plain('deviceId'),
  SettingsNoticeObligatory: plain('code message kind channels'),

  // What a service answers by itself to a reference, past the owner of the type.
  'attendance:Child': {
    absences: only([...guardians, ...inCharge], 'NOT_FOUND', 'ABS-02 ABS-04 GUA-13 S-06'),
    ...childStays,
    ...childStillSick,
    ...leaveOfChild,
    ...plain('(reference) id'),
  },
  'attendance:Unit': {
    absences: only(atTheUnit, 'NOT_FOUND', 'ABS-04 S-06'),
    ...unitBoard,
    ...leaveOfUnit,
    ...plain('(reference) id calendar openDays'),
  },
  ...{ 'attendance:Leave': leaveReference, ...placement.references },
  'attendance:Absence': {
    // Nobody can report a hidden child absent while its guardians are held.
    '(reference)': only(
      [...guardians, ...inCharge.filter((one) => one !== 'named')],
      'NOT_FOUND',
      'ABS-02 ABS-04 GUA-13 S-06',
      { may: ['named'] },
    ),
    ...plain(absenceFields),
  },
  'identity:Child': {
    '(reference)': only([...guardians, ...inCharge], 'null', 'GUA-01 GUA-13 GUA-20'),
    accessExplained: only(guardians, 'null', 'GUA-25'),
    accessLog: only(guardians, 'null', 'S-11 V04'),
    restrictions: only(['leader'], 'empty', 'GUA-12 GUA-13'),
    ...plain('id name shortName guardians enrolments'),
  },
  'identity:Unit': {
    '(reference)': only([...guardians, ...atTheUnit, 'administrator'], 'null', 'ADR-04 GUA-13'),
    accessReview: only(leaders, 'null', 'D09'),
    ...{ substitutes: only(leaders, 'empty', 'S-02'), ...unitTablets },
    ...plain('id name kind features contact register'),
  },
  'identity:Group': {
    // The child's class is nothing to its after-school unit (SFO-10).
    '(reference)': only(
      [...guardians, ...inCharge.filter((one) => one !== 'afterSchool'), 'unnamed', 'leaderUnnamed'],
      'null',
      'ADR-04 GUA-13',
    ),
    children: only(
      [...inCharge.filter((one) => one !== 'afterSchool'), 'unnamed', 'leaderUnnamed'],
      'null',
      'ADR-05 S-02',
    ),
    ...plain('id name unit'),
  },
  'identity:FeatureState': {
    '(reference)': only([...guardians, ...atTheUnit, 'administrator'], 'NOT_FOUND', 'ADR-04 GUA-13'),
    ...plain('id feature state opensOn isReadable notice unit contact'),
  },
};

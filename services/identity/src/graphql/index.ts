import { LocalTime, scalars } from '@ranselpost/kit/scalars';
import { cancelOpening } from './cancel-opening.ts';
import { approveProposal } from './approve-proposal.ts';
import { assignRole } from './assign-role.ts';
import { assignSubstitute } from './assign-substitute.ts';
import { caseGrant, guardianshipCase, proposal, restriction, workItem } from './case.ts';
import { child } from './child.ts';
import { closeWorkItem } from './close-work-item.ts';
import { confirmGrant } from './confirm-grant.ts';
import { endNaming } from './end-naming.ts';
import { endRole } from './end-role.ts';
import { enrolment } from './enrolment.ts';
import { featureAct, featurePlace } from './feature-act.ts';
import { featureState } from './feature-state.ts';
import { accessLogEntry } from './access-log-entry.ts';
import { accessToChild } from './access-to-child.ts';
import { guardianAccess } from './guardian-access.ts';
import { grantAccess } from './grant-access.ts';
import { group } from './group.ts';
import { imposeRestriction } from './impose-restriction.ts';
import { liftRestriction } from './lift-restriction.ts';
import { liftRetentionHold } from './lift-retention-hold.ts';
import { rejectProposal } from './reject-proposal.ts';
import { releaseProtection } from './release-protection.ts';
import { municipalRole, substitute } from './role.ts';
import { nameStaff } from './name-staff.ts';
import type { MutationResolvers } from './generated/types.ts';
import { answerInformationRequest } from './answer-information-request.ts';
import { checkInformationRequest } from './check-information-request.ts';
import { complainAboutInformationRequest } from './complain-about-information-request.ts';
import { informationCandidate, informationDraft, informationHandling } from './information-handling.ts';
import { informationRequest } from './information-request.ts';
import { openInformationDecision } from './open-information-decision.ts';
import { refuseInformationRequest } from './refuse-information-request.ts';
import { releaseInformationDecision } from './release-information-decision.ts';
import { requestInformation } from './request-information.ts';
import { withdrawInformationRequest } from './withdraw-information-request.ts';
import { placeRetentionHold } from './place-retention-hold.ts';
import { planOpening } from './plan-opening.ts';
import { prepareApplication } from './prepare-application.ts';
import { query } from './query.ts';
import {
  refuseRegisterQuarantine,
  registerQuarantine,
  releaseRegisterQuarantine,
} from './register-quarantine.ts';
import { setFeature } from './set-feature.ts';
import { devices, registerPushDevice, removePushDevice } from './push-device.ts';
import { settings } from './settings.ts';
import { setUnitContact } from './set-unit-contact.ts';
import { readingAlarm } from './reading-alarm.ts';
import { retentionHold } from './retention-hold.ts';
import { retentionReportFields } from './retention-report.ts';
import { reviewedAccess, reviewedGuardian } from './reviewed-access.ts';
import { staffAccess, staffMember } from './staff-access.ts';
import { staffRole } from './staff-role.ts';
import { stopFeature } from './stop-feature.ts';
import { pairTablet, setPin, unpairTablet } from './tablet.ts';
import { unit } from './unit.ts';
import { updateSettings } from './update-settings.ts';
import { unitFinding } from './unit-finding.ts';
import { viewer } from './viewer.ts';

const mutation: Required<MutationResolvers> = {
  prepareApplication,
  requestInformation,
  withdrawInformationRequest,
  openInformationDecision,
  complainAboutInformationRequest,
  checkInformationRequest,
  answerInformationRequest,
  refuseInformationRequest,
  releaseInformationDecision,
  releaseRegisterQuarantine,
  refuseRegisterQuarantine,
  setFeature,
  stopFeature,
  planOpening,
  cancelOpening,
  setUnitContact,
  updateSettings,
  registerPushDevice,
  removePushDevice,
  imposeRestriction,
  liftRestriction,
  confirmGrant,
  grantAccess,
  releaseProtection,
  nameStaff,
  endNaming,
  closeWorkItem,
  approveProposal,
  rejectProposal,
  assignRole,
  assignSubstitute,
  endRole,
  placeRetentionHold,
  liftRetentionHold,
  pairTablet,
  unpairTablet,
  setPin,
};

/** Every resolver of the subgraph. What is not here is a plain property. */
export const resolvers = {
  ...scalars,
  LocalTime,
  Query: query,
  Mutation: mutation,
  Viewer: viewer,
  Settings: { ...settings, ...devices },
  Child: child,
  Enrolment: enrolment,
  Unit: unit,
  UnitFinding: unitFinding,
  RegisterQuarantine: registerQuarantine,
  Group: group,
  StaffRole: staffRole,
  FeatureState: featureState,
  FeatureAct: featureAct,
  FeaturePlace: featurePlace,
  GuardianshipCase: guardianshipCase,
  CaseGrant: caseGrant,
  Restriction: restriction,
  WorkItem: workItem,
  Proposal: proposal,
  MunicipalRole: municipalRole,
  Substitute: substitute,
  RetentionHold: retentionHold,
  RetentionReport: retentionReportFields,
  InformationRequest: informationRequest,
  InformationHandling: informationHandling,
  InformationCandidate: informationCandidate,
  InformationDraft: informationDraft,
  AccessToChild: accessToChild,
  ReadingAlarm: readingAlarm,
  GuardianAccess: guardianAccess,
  StaffAccess: staffAccess,
  StaffMember: staffMember,
  AccessLogEntry: accessLogEntry,
  ReviewedAccess: reviewedAccess,
  ReviewedGuardian: reviewedGuardian,
};

import type { EventContract } from './event.ts';
import { absenceCorrectedV1 } from './attendance/absence-corrected.v1.ts';
import { absenceWithdrawnV1 } from './attendance/absence-withdrawn.v1.ts';
import { absenceReportedV1 } from './attendance/absence-reported.v1.ts';
import { childReadV1 as attendanceChildReadV1 } from './attendance/child-read.v1.ts';
import { dayChangedV1 } from './attendance/day-changed.v1.ts';
import { noticeDroppedV1 as attendanceNoticeDroppedV1 } from './attendance/notice-dropped.v1.ts';
import { noticeDueV1 as attendanceNoticeDueV1 } from './attendance/notice-due.v1.ts';
import { archiveEntryDueV1 as attendanceArchiveEntryDueV1 } from './attendance/archive-entry-due.v1.ts';
import { leaveDecisionOpenedV1 } from './attendance/leave-decision-opened.v1.ts';
import { leaveDecisionReleasedV1 } from './attendance/leave-decision-released.v1.ts';
import { leaveDecisionWrittenV1 } from './attendance/leave-decision-written.v1.ts';
import { erasureAcknowledgedV1 as attendanceErasureAcknowledgedV1 } from './attendance/erasure-acknowledged.v1.ts';
import { protectionAcknowledgedV1 as attendanceProtectionAcknowledgedV1 } from './attendance/protection-acknowledged.v1.ts';
import { accessLogSealedV1 } from './identity/access-log-sealed.v1.ts';
import { accessRevokedV1 } from './identity/access-revoked.v1.ts';
import { childDescribedV1 } from './identity/child-described.v1.ts';
import { decisionOpenedV1 } from './identity/decision-opened.v1.ts';
import { decisionReleasedV1 } from './identity/decision-released.v1.ts';
import { decisionWrittenV1 } from './identity/decision-written.v1.ts';
import { enrolmentsChangedV1 } from './identity/enrolments-changed.v1.ts';
import { featureChangedV1 } from './identity/feature-changed.v1.ts';
import { guardiansChangedV1 } from './identity/guardians-changed.v1.ts';
import { heartbeatSentV1 } from './identity/heartbeat-sent.v1.ts';
import { informationRequestClosedV1 } from './identity/information-request-closed.v1.ts';
import { informationRequestComplainedV1 } from './identity/information-request-complained.v1.ts';
import { personErasedV1 } from './identity/person-erased.v1.ts';
import { personFollowedV1 } from './identity/person-followed.v1.ts';
import { personUnfollowedV1 } from './identity/person-unfollowed.v1.ts';
import { protectionRaisedV1 } from './identity/protection-raised.v1.ts';
import { protectionReleasedV1 } from './identity/protection-released.v1.ts';
import { pushSubscriptionChangedV1 } from './identity/push-subscription-changed.v1.ts';
import { rolesChangedV1 } from './identity/roles-changed.v1.ts';
import { rolesEndedV1 } from './identity/roles-ended.v1.ts';
import { safeguardKeptV1 } from './identity/safeguard-kept.v1.ts';
import { settingsChangedV1 } from './identity/settings-changed.v1.ts';
import { snapshotCompletedV1 } from './identity/snapshot-completed.v1.ts';
import { snapshotStartedV1 } from './identity/snapshot-started.v1.ts';
import { tabletUnpairedV1 } from './identity/tablet-unpaired.v1.ts';
import { unitChangedV1 } from './identity/unit-changed.v1.ts';
import { childReadV1 as messagingChildReadV1 } from './messaging/child-read.v1.ts';
import { erasureAcknowledgedV1 as messagingErasureAcknowledgedV1 } from './messaging/erasure-acknowledged.v1.ts';
import { archiveEntryDueV1 } from './messaging/archive-entry-due.v1.ts';
import { noticeDroppedV1 as messagingNoticeDroppedV1 } from './messaging/notice-dropped.v1.ts';
import { noticeDueV1 as messagingNoticeDueV1 } from './messaging/notice-due.v1.ts';
import { erasureAcknowledgedV1 as notificationErasureAcknowledgedV1 } from './notification/erasure-acknowledged.v1.ts';
import { protectionAcknowledgedV1 as notificationProtectionAcknowledgedV1 } from './notification/protection-acknowledged.v1.ts';
import { archiveEntryFiledV1 } from './notification/archive-entry-filed.v1.ts';
import { addressWantedV1 } from './notification/address-wanted.v1.ts';
import { noticeNameChangedV1 } from './identity/notice-name-changed.v1.ts';
import { pushSubscriptionGoneV1 } from './notification/push-subscription-gone.v1.ts';
import { reachChangedV1 } from './notification/reach-changed.v1.ts';
import { protectionAcknowledgedV1 as messagingProtectionAcknowledgedV1 } from './messaging/protection-acknowledged.v1.ts';
import { archiveEntryDueV1 as placementArchiveEntryDueV1 } from './placement/archive-entry-due.v1.ts';
import { childConsideredV1 } from './placement/child-considered.v1.ts';
import { childReadV1 as placementChildReadV1 } from './placement/child-read.v1.ts';
import { decisionOpenedV1 as placementDecisionOpenedV1 } from './placement/decision-opened.v1.ts';
import { decisionReleasedV1 as placementDecisionReleasedV1 } from './placement/decision-released.v1.ts';
import { decisionWrittenV1 as placementDecisionWrittenV1 } from './placement/decision-written.v1.ts';
import { erasureAcknowledgedV1 as placementErasureAcknowledgedV1 } from './placement/erasure-acknowledged.v1.ts';
import { noticeDueV1 as placementNoticeDueV1 } from './placement/notice-due.v1.ts';
import { protectionAcknowledgedV1 as placementProtectionAcknowledgedV1 } from './placement/protection-acknowledged.v1.ts';
import { roundMovedV1 } from './placement/round-moved.v1.ts';
import { addressReadV1 } from './registry/address-read.v1.ts';
import { contactFailedV1 } from './registry/contact-failed.v1.ts';
import { contactRecordedV2 } from './registry/contact-recorded.v2.ts';
import { contactsFollowedV1 } from './registry/contacts-followed.v1.ts';
import { differenceFoundV1 } from './registry/difference-found.v1.ts';
import { erasureAcknowledgedV1 as registryErasureAcknowledgedV1 } from './registry/erasure-acknowledged.v1.ts';
import { feedFollowedV1 } from './registry/feed-followed.v1.ts';
import { feedInterruptedV1 } from './registry/feed-interrupted.v1.ts';
import { personRecordedV1 } from './registry/person-recorded.v1.ts';
import { readingFailedV1 } from './registry/reading-failed.v1.ts';
import { responsibilityAnnulledV1 } from './registry/responsibility-annulled.v1.ts';
import { unitRecordedV1 } from './registry/unit-recorded.v1.ts';

/** Every fact that a service tells the others. */
export const catalogue: readonly EventContract[] = [
  absenceCorrectedV1,
  absenceReportedV1,
  absenceWithdrawnV1,
  accessLogSealedV1,
  accessRevokedV1,
  childDescribedV1,
  addressReadV1,
  addressWantedV1,
  archiveEntryDueV1,
  attendanceArchiveEntryDueV1,
  archiveEntryFiledV1,
  attendanceChildReadV1,
  dayChangedV1,
  leaveDecisionOpenedV1,
  leaveDecisionReleasedV1,
  leaveDecisionWrittenV1,
  attendanceErasureAcknowledgedV1,
  attendanceNoticeDroppedV1,
  attendanceNoticeDueV1,
  attendanceProtectionAcknowledgedV1,
  contactFailedV1,
  contactRecordedV2,
  contactsFollowedV1,
  decisionOpenedV1,
  decisionReleasedV1,
  decisionWrittenV1,
  differenceFoundV1,
  enrolmentsChangedV1,
  featureChangedV1,
  feedFollowedV1,
  feedInterruptedV1,
  guardiansChangedV1,
  heartbeatSentV1,
  informationRequestClosedV1,
  informationRequestComplainedV1,
  messagingChildReadV1,
  messagingErasureAcknowledgedV1,
  messagingNoticeDroppedV1,
  messagingNoticeDueV1,
  messagingProtectionAcknowledgedV1,
  notificationErasureAcknowledgedV1,
  noticeNameChangedV1,
  pushSubscriptionGoneV1,
  notificationProtectionAcknowledgedV1,
  personErasedV1,
  personFollowedV1,
  personRecordedV1,
  personUnfollowedV1,
  placementArchiveEntryDueV1,
  childConsideredV1,
  placementChildReadV1,
  placementDecisionOpenedV1,
  placementDecisionReleasedV1,
  placementDecisionWrittenV1,
  placementErasureAcknowledgedV1,
  placementNoticeDueV1,
  placementProtectionAcknowledgedV1,
  roundMovedV1,
  protectionRaisedV1,
  protectionReleasedV1,
  pushSubscriptionChangedV1,
  reachChangedV1,
  readingFailedV1,
  registryErasureAcknowledgedV1,
  responsibilityAnnulledV1,
  rolesChangedV1,
  rolesEndedV1,
  safeguardKeptV1,
  settingsChangedV1,
  snapshotCompletedV1,
  snapshotStartedV1,
  tabletUnpairedV1,
  unitChangedV1,
  unitRecordedV1,
];

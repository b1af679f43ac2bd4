import type { MeetingOffer } from '../src/domain/meeting.ts';

/** The first lock on meetings, switched off: everybody may do and see everything. For tests of the second (S-12). */
export const permitEveryMeeting = {
  childrenToMeetAbout: (_actor: unknown, _facts: unknown, _unitId: string, childIds: readonly string[]) =>
    childIds,
  mayPublishMeetings: () => {},
  invitedFor: (_actor: unknown, _facts: unknown, { childIds }: MeetingOffer) => childIds,
  mayBookMeeting: () => {},
  maySeeMeeting: () => true,
  mayChangeMeeting: () => {},
  mayWithdrawMeeting: () => {},
  areMeetingsShownAt: () => true,
  unitsMeetingAbout: () => [],
};

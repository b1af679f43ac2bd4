import { guardians, inCharge, people } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

type Rows = Readonly<Record<string, Row>>;

/** Rows of the matrix for talks, events and slips: what staff offer and guardians answer. */
export const meetingQueries: Rows = {
  meetingOffers: only([...guardians, ...inCharge], 'NOT_FOUND', 'GUA-03 GUA-20 S-06'),
  heldMeetingOffers: only(people, 'NOT_FOUND', 'ASM-08 GUA-24'),
  unitEvents: only([...guardians, ...inCharge], 'NOT_FOUND', 'GUA-03 GUA-20 S-06'),
};

export const meetingChanges: Rows = {
  publishMeetingTimes: only(
    ['leader', 'contactTeacher', 'afterSchool', 'kindergarten'],
    'NOT_FOUND',
    'ASM-08 SFO-10 S-06',
  ),
  announceEvent: only(
    ['leader', 'contactTeacher', 'afterSchool', 'kindergarten'],
    'NOT_FOUND',
    'ASM-08 SFO-10 S-06',
  ),
  // Tried with an event, a time and a talk that do not exist.
  answerEvent: only([], 'NOT_FOUND', 'GUA-20'),
  withdrawEvent: only([], 'NOT_FOUND', 'S-06'),
  bookMeeting: only([], 'NOT_FOUND', 'ASM-08 GUA-20'),
  cancelMeeting: only([], 'NOT_FOUND', 'ASM-08 GUA-20'),
  withdrawMeetingTime: only([], 'NOT_FOUND', 'ASM-08 S-06'),
};

export const meetingTypes: Table = {
  MeetingOfferConnection: plain('edges nodes pageInfo'),
  MeetingOfferEdge: plain('node cursor'),
  MeetingOffer: plain('id unit kind way room isSeparate heldBy isOwn publishedAt children times'),
  MeetingTime: plain('id startsAt endsAt state meeting'),
  Meeting: plain('id child startsAt endsAt cancellableUntil isCancelled'),
  UnitEventConnection: plain('edges nodes pageInfo'),
  UnitEventEdge: plain('node cursor'),
  UnitEvent: plain(
    'id unit title place bring startsAt endsAt answerUntil choices adultsMax capacity isFull isWithdrawn announcedAt children answers',
  ),
  EventAnswer: plain('child choice adults'),
  MeetingTimesPublished: plain('offer'),
  EventAnnounced: plain('event'),
  EventAnswered: plain('answer'),
  EventRefused: plain('code message'),
  MeetingBooked: plain('meeting'),
  MeetingCancelled: plain('meeting'),
  MeetingRefused: plain('code message'),
};

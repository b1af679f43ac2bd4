import { atTheUnit, guardians, tendTheThread } from './columns.ts';
import { type Row, type Table, only, plain } from './row.ts';

/** Rows of the matrix for what waits for staff to answer, and who does. */
export const mailboxChanges: Readonly<Record<string, Row>> = {
  takeThread: only(tendTheThread, 'NOT_FOUND', 'M27 S-06'),
  releaseThread: only(tendTheThread, 'NOT_FOUND', 'M27 S-06'),
  // The days are over.
  setOutOfOffice: only(atTheUnit, 'NOT_FOUND', 'M24 S-06'),
  // Tried with one that does not exist.
  endOutOfOffice: only([], 'NOT_FOUND', 'M24 S-06'),
  // Nothing is asked by the matrix: tried with a message and a request that do not exist.
  requestTalk: only([], 'NOT_FOUND', 'M25 S-06'),
  answerTalkRequest: only([], 'NOT_FOUND', 'M25 S-06'),
  settleThread: only(tendTheThread, 'NOT_FOUND', 'M27 S-06'),
};

/** Who of the staff answers is no guardian's to know. */
export const threadMailbox: Readonly<Record<string, Row>> = {
  mailbox: only(tendTheThread, 'null', 'M27 MSG-02', {
    // Of other children's threads, which they read.
    may: ['named', 'unnamed', 'leaderUnnamed', 'colleague'],
  }),
  ...plain('answerReaders talkRequests'),
};
/** Who is somebody's guardian has a calendar of their own. */
const hasCalendar = only([...guardians, 'sibling'], 'NOT_FOUND', 'M36 GUA-20');
export const calendarChanges: Readonly<Record<string, Row>> = {
  makeCalendarFeed: hasCalendar,
  // Tried with an address that nobody has.
  revokeCalendarFeed: only([], 'NOT_FOUND', 'M36 S-06'),
};

/** What those who work at a unit see of it. */
export const unitMailbox: Readonly<Record<string, Row>> = {
  mailbox: only(atTheUnit, 'NOT_FOUND', 'M27 S-06'),
  // Nobody is away.
  outOfOffice: only([], 'NOT_FOUND', 'M24 S-06', { may: atTheUnit }),
};

export const mailboxTypes: Table = {
  MailboxEntry: plain('thread waitsSince takenBy takenAt'),
  StaffReader: plain('person role away standsInFor'),
  StaffAway: plain('lastDay reply'),
  OutOfOffice: plain('id person firstDay lastDay reply standIn'),
  OutOfOfficeSet: plain('outOfOffice'),
  OutOfOfficeRefused: plain('code message'),
  OutOfOfficeEnded: plain('endedId'),
  TalkRequest: plain('id askedBy way askedAt state offerId'),
  TalkRequestKept: plain('request'),
  TalkRefused: plain('code message'),
  CalendarFeed: plain('id madeAt readOn'),
  CalendarFeedMade: plain('feed path'),
  CalendarFeedRevoked: plain('revokedId'),
  CalendarFeedRefused: plain('code message'),
  MailboxConnection: plain('edges nodes pageInfo'),
  MailboxEdge: plain('node cursor'),
  ThreadTended: plain('entry'),
  MailboxRefused: plain('code message takenBy'),
};

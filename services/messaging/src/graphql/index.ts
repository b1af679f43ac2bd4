import { scalars } from '@ranselpost/kit/scalars';
import { attachment, attachmentById } from './attachment.ts';
import { broadcast, broadcastPlace, broadcastQueries } from './broadcast.ts';
import type { MutationResolvers, QueryResolvers } from './generated/types.ts';
import { announceEvent } from './announce-event.ts';
import { answerEvent } from './answer-event.ts';
import { bookMeeting } from './book-meeting.ts';
import { cancelMeeting } from './cancel-meeting.ts';
import { calendarMutations, calendarQueries } from './calendar.ts';
import { safetyConcernMutations, safetyConcernQueries } from './safety-concern.ts';
import { contactFormMutations, contactFormQueries } from './contact-form.ts';
import { draft, draftMutations, draftQueries } from './draft.ts';
import { inboxEntry, inboxQueries, markThread, unit } from './inbox.ts';
import { mailboxEntry, mailboxMutations, mailboxOfUnit, threadMailbox } from './mailbox.ts';
import { answerReaders, outOfOfficeMutations, outOfOfficeOfUnit } from './out-of-office.ts';
import { heldMeetingOffers, meetingOffers } from './meeting.ts';
import { message } from './message.ts';
import { messageReaders } from './message-readers.ts';
import { newsMutations, newsPost, newsQueries } from './news.ts';
import { putAwayMutations } from './put-away.ts';
import { publishMeetingTimes } from './publish-meeting-times.ts';
import { releaseMessage } from './release-message.ts';
import { broadcastMutations } from './send-broadcast.ts';
import { sendMessage } from './send-message.ts';
import { startThread } from './start-thread.ts';
import { talkRequestMutations, threadTalks } from './talk-request.ts';
import { textFinding } from './text-refusals.ts';
import { thread, threadById } from './thread.ts';
import {
  unitDocument,
  unitDocumentMutations,
  unitDocumentQueries,
  unitDocumentVersion,
} from './unit-document.ts';
import { unitEvents } from './unit-event.ts';
import { withdrawEvent } from './withdraw-event.ts';
import { withdrawMeetingTime } from './withdraw-meeting-time.ts';

const query: Required<QueryResolvers> = {
  attachment: attachmentById,
  ...broadcastQueries,
  ...calendarQueries,
  ...contactFormQueries,
  ...safetyConcernQueries,
  ...draftQueries,
  messageReaders,
  thread: threadById,
  ...inboxQueries,
  ...newsQueries,
  ...unitDocumentQueries,
  ...{ heldMeetingOffers, meetingOffers, unitEvents },
};
const mutation: Required<MutationResolvers> = {
  ...broadcastMutations,
  ...calendarMutations,
  ...contactFormMutations,
  ...safetyConcernMutations,
  ...draftMutations,
  ...{ markThread, releaseMessage, sendMessage, startThread },
  ...newsMutations,
  ...unitDocumentMutations,
  ...putAwayMutations,
  ...mailboxMutations,
  ...outOfOfficeMutations,
  ...talkRequestMutations,
  ...{ bookMeeting, cancelMeeting, publishMeetingTimes, withdrawMeetingTime },
  ...{ announceEvent, answerEvent, withdrawEvent },
};

/** Every resolver of the subgraph. What is not here is a plain property, or a union that names its type itself. */
export const resolvers = {
  ...scalars,
  Query: query,
  Mutation: mutation,
  Attachment: attachment,
  Broadcast: broadcast,
  BroadcastPlace: broadcastPlace,
  Draft: draft,
  InboxEntry: inboxEntry,
  MailboxEntry: mailboxEntry,
  Message: message,
  NewsPost: newsPost,
  TextFinding: textFinding,
  Thread: { ...thread, ...threadMailbox, ...answerReaders, ...threadTalks },
  Unit: { ...unit, ...mailboxOfUnit, ...outOfOfficeOfUnit },
  UnitDocument: unitDocument,
  UnitDocumentVersion: unitDocumentVersion,
};

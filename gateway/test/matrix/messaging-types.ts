import { atTheUnit, readsTheThread } from './columns.ts';
import { mailboxTypes, threadMailbox, unitMailbox } from './mailbox-rows.ts';
import { type Table, only, plain } from './row.ts';

const noReceipt = only([], 'null', 'M16 ADR-11 X13');

/** What there is to messages and broadcasts for whoever is told of them. */
export const messagingTypes: Table = {
  Thread: {
    ...threadMailbox,
    ...plain('id children unit subject startedAt lastMessageAt isOpen participants messages inboxEntry'),
  },
  ...mailboxTypes,
  Message: {
    ...plain('id thread author sentAt state text archivePrompt homeReaders attachments'),
    // Of what a guardian wrote there is none, and nobody has opened it.
    receipt: noReceipt,
  },
  ReadReceipt: plain('readerCount among'),
  Attachment: plain('id name mediaType bytes state refusal downloadUrl thumbnailUrl'),
  ThreadParticipant: plain('person capacity'),
  MessageConnection: plain('edges nodes pageInfo'),
  MessageEdge: plain('node cursor'),
  MessageReaders: plain('staff mailbox otherStaff guardians guardLevel'),
  MessageSent: plain('sent'),
  MessageReleased: plain('released'),
  MessageRefused: plain('code message'),
  MessagePutAway: plain('putAway'),
  ThreadMarked: plain('entry'),
  ThreadConnection: plain('edges nodes pageInfo'),
  ThreadEdge: plain('node cursor'),
  InboxConnection: plain('edges nodes pageInfo'),
  InboxEdge: plain('node cursor'),
  InboxEntry: plain('thread isUnread isArchived lastMessageAt'),
  ReceivedBroadcastConnection: plain('edges nodes pageInfo unreadCount'),
  BroadcastConnection: plain('edges nodes pageInfo'),
  BroadcastEdge: plain('node cursor'),
  Broadcast: plain('id unit title body state urgent sentAt withdrawnAt readAt attachments sending'),
  BroadcastSending: plain('places children dueAt recipientCount readerCount'),
  BroadcastPreview: plain('recipientCount places differsFromUsual needsConfirmation confirmation'),
  BroadcastPlace: plain('unit groupId recipientCount'),
  TextDiverted: plain('code message findings'),
  TextToReread: plain('code message findings'),
  TextFinding: plain('part attachmentIndex topic reason start end'),
  BroadcastStored: plain('broadcast'),
  BroadcastTimePast: plain('code message earliest'),
  BroadcastUrgencyRefused: plain('code message'),
  BroadcastToNobody: plain('code message'),
  BroadcastNotConfirmed: plain('code message recipientCount confirmation'),
  BroadcastTakenBack: plain('broadcast'),
  BroadcastNotTakenBack: plain('code message'),
  BroadcastRead: plain('broadcast'),
  'messaging:Broadcast': {
    '(reference)': only([], 'NOT_FOUND', 'GUA-13 S-06 S-09'),
    ...plain('id unit title body state urgent sentAt withdrawnAt readAt attachments sending'),
  },
  'messaging:Message': {
    '(reference)': only(readsTheThread, 'NOT_FOUND', 'GUA-13 MSG-05 S-06 S-09'),
    ...plain('id thread author sentAt state text archivePrompt homeReaders attachments'),
    receipt: noReceipt,
  },
  'messaging:Attachment': {
    '(reference)': only(readsTheThread, 'NOT_FOUND', 'GUA-13 MSG-11 S-06 S-09'),
    ...plain('id name mediaType bytes state refusal downloadUrl thumbnailUrl'),
  },
  'messaging:Thread': {
    ...threadMailbox,
    '(reference)': only(readsTheThread, 'NOT_FOUND', 'GUA-13 MSG-02 MSG-05 S-06 S-09'),
    ...plain('id children unit subject startedAt lastMessageAt isOpen participants messages inboxEntry'),
  },
  'messaging:Unit': {
    ...unitMailbox,
    threads: only(atTheUnit, 'NOT_FOUND', 'MSG-02 S-06'),
    ...plain('(reference) id'),
  },
};

import type { Database } from '@ranselpost/kit/database';
import type { Alarm, Topic } from '@ranselpost/kit/guard';
import { loaderById } from '@ranselpost/kit/loader';
import type { Actor } from '@ranselpost/kit/pure/actor';
import DataLoader from 'dataloader';
import type { Attachment } from '../domain/attachment.ts';
import type { Draft } from '../domain/draft.ts';
import type { InboxEntry } from '../domain/inbox.ts';
import type { MailboxEntry } from '../domain/mailbox.ts';
import type { Place } from '../domain/place.ts';
import type { ReadReceipt } from '../domain/read-receipt.ts';
import type { DocumentVersion } from '../domain/unit-document.ts';
import type { Message } from '../domain/thread.ts';
import type { TalkRequest } from '../domain/talk-request.ts';
import type { Deps } from '../usecases/deps.ts';
import { type StaffReached, readAnswerReaders } from '../usecases/read-answer-readers.ts';
import {
  readAttachments,
  readBulletinAttachments,
  readMessageAttachments,
} from '../usecases/read-attachments.ts';
import { readEntries } from '../usecases/read-inbox.ts';
import { type ShownBroadcast, readBroadcasts } from '../usecases/read-broadcasts.ts';
import { readTalkRequests } from '../usecases/request-talk.ts';
import { readMailboxEntries } from '../usecases/read-mailbox.ts';
import { type ShownNews, readNews } from '../usecases/read-news.ts';
import { type ShownDocument, readDocuments } from '../usecases/read-unit-documents.ts';
import { type ThreadPage, readMessages, readThreadMessages } from '../usecases/read-messages.ts';
import { readReceipts } from '../usecases/read-receipts.ts';
import { type ShownThread, readThreads } from '../usecases/read-threads.ts';

/** What stands behind the types of the graph. */
export type ThreadModel = ShownThread;
export type MessageModel = Message;
export type InboxEntryModel = InboxEntry;
export type MailboxEntryModel = MailboxEntry;
/** A unit is its id here; what else it is, identity says. */
export interface UnitModel {
  readonly id: string;
}
export type AttachmentModel = Attachment;
/** A passage that does not belong in a message; why, it is asked for in a language. */
export interface TextFindingModel {
  readonly topic: Topic;
  readonly verdict: Alarm;
  readonly part: 'TITLE' | 'BODY' | 'ATTACHMENT';
  readonly attachmentIndex: number | null;
  readonly start: number;
  readonly end: number;
}
export type BroadcastModel = ShownBroadcast;
export type DraftModel = Draft;
export type NewsPostModel = ShownNews;
export type UnitDocumentModel = ShownDocument;
export type UnitDocumentVersionModel = DocumentVersion;
export type BroadcastPlaceModel = Place & { readonly recipientCount: number | null };

/** What resolvers get, fresh for each request. */
export interface Context {
  readonly actor: Actor;
  readonly deps: Deps;
  readonly threads: DataLoader<string, ShownThread | null>;
  readonly messages: DataLoader<string, Message | null>;
  readonly receipts: DataLoader<string, ReadReceipt | null>;
  readonly entries: DataLoader<string, InboxEntry | null>;
  readonly mailbox: DataLoader<string, MailboxEntry | null>;
  readonly talkRequests: DataLoader<string, readonly TalkRequest[] | null>;
  readonly answerReaders: DataLoader<string, readonly StaffReached[] | null>;
  readonly attachments: DataLoader<string, Attachment | null>;
  readonly messageAttachments: DataLoader<string, readonly Attachment[]>;
  readonly bulletinAttachments: DataLoader<string, readonly Attachment[]>;
  readonly broadcasts: DataLoader<string, ShownBroadcast | null>;
  readonly documents: DataLoader<string, ShownDocument | null>;
  readonly news: DataLoader<string, ShownNews | null>;
  readonly pages: DataLoader<ThreadPage, readonly Message[], string>;
}

export const contextFor =
  (all: Deps) =>
  (actor: Actor, db: Database): Context => {
    const deps = { ...all, db };
    return {
      actor,
      deps,
      threads: loaderById((ids) => readThreads(deps, actor, ids)),
      entries: loaderById((ids) => readEntries(deps, actor, ids)),
      receipts: loaderById((ids) => readReceipts(deps, actor, ids)),
      mailbox: loaderById((ids) => readMailboxEntries(deps, actor, ids)),
      talkRequests: loaderById((ids) => readTalkRequests(deps, actor, ids)),
      answerReaders: loaderById((ids) => readAnswerReaders(deps, actor, ids)),
      broadcasts: loaderById((ids) => readBroadcasts(deps, actor, ids)),
      documents: loaderById((ids) => readDocuments(deps, actor, ids)),
      news: loaderById((ids) => readNews(deps, actor, ids)),
      messages: loaderById((ids) => readMessages(deps, actor, ids)),
      attachments: loaderById((ids) => readAttachments(deps, actor, ids)),
      messageAttachments: new DataLoader((ids) => readMessageAttachments(deps, actor, ids)),
      bulletinAttachments: new DataLoader((ids) => readBulletinAttachments(deps, actor, ids)),
      pages: new DataLoader((wanted: readonly ThreadPage[]) => readThreadMessages(deps, actor, wanted), {
        cacheKeyFn: (wanted) => JSON.stringify(wanted),
      }),
    };
  };

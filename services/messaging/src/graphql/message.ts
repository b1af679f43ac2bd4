import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { readArchivePrompt } from '../usecases/read-messages.ts';
import type { MessageResolvers } from './generated/types.ts';

export const message: Required<
  Pick<
    MessageResolvers,
    | '__resolveReference'
    | 'thread'
    | 'author'
    | 'sentAt'
    | 'text'
    | 'archivePrompt'
    | 'attachments'
    | 'homeReaders'
    | 'receipt'
  >
> = {
  __resolveReference: async ({ id }, { messages }) => {
    const found = isId(id) ? await messages.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  thread: ({ threadId }, _arguments, { threads }) => threads.load(threadId),
  author: ({ authorId, authorAs }) =>
    authorId === null
      ? null
      : { person: { id: authorId }, capacity: authorAs === 'guardian' ? 'GUARDIAN' : 'STAFF' },
  sentAt: ({ sentAt }) => sentAt.toISOString(),
  text: ({ body }) => body,
  archivePrompt: (shown, _arguments, { actor }) => readArchivePrompt(actor, shown),
  attachments: ({ id }, _arguments, { messageAttachments }) => messageAttachments.load(id),
  receipt: ({ id }, _arguments, { receipts }) => receipts.load(id),
  homeReaders: ({ homeReaderIds }) => homeReaderIds.map((id) => ({ id })),
};

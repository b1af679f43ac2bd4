import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { markThread as mark } from '../usecases/mark-thread.ts';
import { countUnread, readInbox, searchMessages as search } from '../usecases/read-inbox.ts';
import { readUnitThreads } from '../usecases/read-unit-threads.ts';
import type {
  InboxEntryResolvers,
  MutationResolvers,
  QueryResolvers,
  UnitResolvers,
} from './generated/types.ts';
import { readPlace } from './thread.ts';

export const inboxQueries: Required<Pick<QueryResolvers, 'inbox' | 'unreadThreads' | 'searchMessages'>> = {
  inbox: async (_parent, { archived, ...page }, { deps, actor }) => {
    const { first, after } = readPage(page);
    const entries = await readInbox(deps, actor, {
      isArchived: archived ?? false,
      after: readPlace(after),
      first,
    });
    return toPage(entries, first, after, (one) => `${one.lastMessageAt.toISOString()}/${one.threadId}`);
  },
  unreadThreads: (_parent, _arguments, { deps, actor }) =>
    actor.kind === 'guardian' || actor.kind === 'staff' ? countUnread(deps, actor) : null,
  searchMessages: async (_parent, { words, ...page }, { deps, actor }) => {
    if (words.trim() === '' || words.length > 200)
      throw new AppError('BAD_USER_INPUT', 'a search has 1 to 200 characters');
    const { first, after } = readPage(page);
    const found = await search(deps, actor, { words, after: readPlace(after), first });
    return toPage(found, first, after, ({ sentAt, id }) => `${sentAt.toISOString()}/${id}`);
  },
};

export const markThread: NonNullable<MutationResolvers['markThread']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  if (!isId(input.threadId)) throw new AppError('NOT_FOUND');
  return { __typename: 'ThreadMarked', entry: await mark(deps, actor, input.threadId, input.mark) };
};

export const inboxEntry: Required<Pick<InboxEntryResolvers, 'thread' | 'lastMessageAt'>> = {
  thread: ({ threadId }, _arguments, { threads }) => threads.load(threadId),
  lastMessageAt: ({ lastMessageAt }) => lastMessageAt.toISOString(),
};

export const unit: Required<Pick<UnitResolvers, '__resolveReference' | 'threads'>> = {
  __resolveReference: ({ id }) => ({ id }),
  threads: async ({ id }, page, { deps, actor, threads }) => {
    const { first, after } = readPage(page);
    const place = readPlace(after);
    if (!isId(id)) throw new AppError('NOT_FOUND');
    const found = await readUnitThreads(deps, actor, { unitId: id, after: place, first });
    if (found === null) throw new AppError('NOT_FOUND');
    // They are shown as any thread is, with what is known of it.
    const shown = await Promise.all(found.map((one) => threads.load(one.id)));
    return toPage(
      shown.filter((one) => one !== null),
      first,
      after,
      (one) => `${one.lastMessageAt.toISOString()}/${one.id}`,
    );
  },
};

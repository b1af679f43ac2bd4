import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { MailboxEntry, MailboxRefusal } from '../domain/mailbox.ts';
import { readMailbox } from '../usecases/read-mailbox.ts';
import { releaseThread, settleThread, takeThread } from '../usecases/take-thread.ts';
import type {
  MailboxEntryResolvers,
  MutationResolvers,
  RefusalCode,
  ThreadResolvers,
  UnitResolvers,
} from './generated/types.ts';
import { said } from './text-refusals.ts';
import { readPlace } from './thread.ts';

const codes: Readonly<Record<MailboxRefusal['kind'], RefusalCode>> = {
  taken: 'THREAD_TAKEN',
  'cannot-read': 'THREAD_NOT_READABLE',
};

const toResult = (result: Result<MailboxEntry, MailboxRefusal>) =>
  result.ok
    ? { __typename: 'ThreadTended' as const, entry: result.value }
    : {
        ...{ __typename: 'MailboxRefused' as const, ...said(codes[result.refusal.kind]) },
        takenBy: result.refusal.kind === 'taken' ? { id: result.refusal.takenBy } : null,
      };

const readIds = (...ids: readonly (string | null)[]): void => {
  if (!ids.every((id) => id === null || isId(id))) throw new AppError('NOT_FOUND');
};

export const mailboxMutations: Required<
  Pick<MutationResolvers, 'takeThread' | 'releaseThread' | 'settleThread'>
> = {
  takeThread: async (
    _parent,
    { input: { threadId, forPersonId: forId = null, fromPersonId: fromId = null } },
    { deps, actor },
  ) => {
    readIds(threadId, forId, fromId);
    return toResult(await takeThread(deps, actor, { threadId, forId, fromId }));
  },
  releaseThread: async (_parent, { input: { threadId } }, { deps, actor }) => {
    readIds(threadId);
    return toResult(await releaseThread(deps, actor, threadId));
  },
  settleThread: async (_parent, { input: { threadId } }, { deps, actor }) => {
    readIds(threadId);
    return toResult(await settleThread(deps, actor, threadId));
  },
};

export const mailboxEntry: Required<
  Pick<MailboxEntryResolvers, 'thread' | 'waitsSince' | 'takenBy' | 'takenAt'>
> = {
  thread: ({ threadId }, _arguments, { threads }) => threads.load(threadId),
  waitsSince: ({ waitsSince }) => waitsSince?.toISOString() ?? null,
  takenBy: ({ takenBy }) => (takenBy === null ? null : { id: takenBy }),
  takenAt: ({ takenAt }) => takenAt?.toISOString() ?? null,
};

export const threadMailbox: Required<Pick<ThreadResolvers, 'mailbox'>> = {
  mailbox: ({ id }, _arguments, { mailbox }) => mailbox.load(id),
};

export const mailboxOfUnit: Required<Pick<UnitResolvers, 'mailbox'>> = {
  mailbox: async ({ id }, { groupId = null, ...page }, { deps, actor }) => {
    const { first, after } = readPage(page);
    const place = readPlace(after);
    readIds(id, groupId);
    const found = await readMailbox(deps, actor, { unitId: id, groupId, after: place, first });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, after, (one) => `${one.waitsSince!.toISOString()}/${one.threadId}`);
  },
};

import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { z } from 'zod';
import type { ShownThread } from '../usecases/read-threads.ts';
import type { QueryResolvers, ThreadResolvers } from './generated/types.ts';
import type { Context } from './types.ts';

async function shown(id: string, { threads }: Context): Promise<ShownThread> {
  const found = isId(id) ? await threads.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

export const threadById: NonNullable<QueryResolvers['thread']> = (_parent, { id }, context) =>
  shown(id, context);

const placeSchema = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(z.tuple([z.iso.datetime(), z.uuid()]));

/** The place in a list by time that a cursor stands for. */
export function readPlace(key: string | null): { readonly at: string; readonly id: string } | null {
  if (key === null) return null;
  const place = placeSchema.safeParse(key);
  if (!place.success) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { at: place.data[0], id: place.data[1] };
}

type Fields =
  | '__resolveReference'
  | 'children'
  | 'unit'
  | 'startedAt'
  | 'lastMessageAt'
  | 'participants'
  | 'messages'
  | 'inboxEntry';

export const thread: Required<Pick<ThreadResolvers, Fields>> = {
  __resolveReference: ({ id }, context) => shown(id, context),
  children: ({ childIds }) => childIds.map((id) => ({ id })),
  unit: ({ unitId }) => ({ id: unitId }),
  startedAt: ({ startedAt }) => startedAt.toISOString(),
  lastMessageAt: ({ lastMessageAt }) => lastMessageAt.toISOString(),
  participants: ({ homeReaderIds, addressedStaffIds }) => [
    ...homeReaderIds.map((id) => ({ person: { id }, capacity: 'GUARDIAN' as const })),
    ...addressedStaffIds.map((id) => ({ person: { id }, capacity: 'STAFF' as const })),
  ],
  inboxEntry: ({ id }, _arguments, { entries }) => entries.load(id),
  messages: async ({ id }, page, { pages }) => {
    const { first, after } = readPage(page);
    const rows = await pages.load({ threadId: id, after: readPlace(after), first });
    return toPage(rows, first, after, ({ sentAt, id: messageId }) => `${sentAt.toISOString()}/${messageId}`);
  },
};

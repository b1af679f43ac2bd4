import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Thread } from '../domain/thread.ts';
import type { QueryResolvers, ThreadResolvers } from './generated/types.ts';
import type { Context } from './types.ts';

async function shown(id: string, { threads }: Context): Promise<Thread> {
  const found = isId(id) ? await threads.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

export const threadById: NonNullable<QueryResolvers['thread']> = (_parent, { id }, context) =>
  shown(id, context);

export const thread: Required<
  Pick<ThreadResolvers, '__resolveReference' | 'children' | 'unit' | 'startedAt'>
> = {
  __resolveReference: ({ id }, context) => shown(id, context),
  children: ({ childIds }) => childIds.map((id) => ({ id })),
  unit: ({ unitId }) => ({ id: unitId }),
  startedAt: ({ startedAt }) => startedAt.toISOString(),
};

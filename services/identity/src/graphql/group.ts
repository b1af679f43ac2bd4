import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { GroupResolvers } from './generated/types.ts';

export const group: Pick<GroupResolvers, '__resolveReference' | 'unit' | 'children'> = {
  __resolveReference: ({ id }, { groups }) => groups.load(id),
  unit: async ({ unitId }, _arguments, { units }) => {
    const found = await units.load(unitId);
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  children: async ({ id, unitId }, page, { groupChildren }) => {
    const { first, after } = readPage(page);
    const found = await groupChildren.load({ groupId: id, unitId, first, after });
    return found === null ? null : toPage(found, first, after, (child) => child.id);
  },
};

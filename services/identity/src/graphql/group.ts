import { AppError } from '@ranselpost/kit/pure/errors';
import type { GroupResolvers } from './generated/types.ts';

export const group: Pick<GroupResolvers, '__resolveReference' | 'unit'> = {
  __resolveReference: ({ id }, { groups }) => groups.load(id),
  unit: async ({ unitId }, _arguments, { units }) => {
    const found = await units.load(unitId);
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
};

import { AppError } from '@ranselpost/kit/pure/errors';
import type { StaffRoleResolvers } from './generated/types.ts';

export const staffRole: Pick<StaffRoleResolvers, 'unit' | 'group'> = {
  unit: async ({ unitId }, _arguments, { units }) => {
    const found = await units.load(unitId);
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  group: ({ groupId }, _arguments, { groups }) => (groupId === null ? null : groups.load(groupId)),
};

import { toAccessRole } from './access-role.ts';
import type { StaffAccessResolvers, StaffMemberResolvers } from './generated/types.ts';

export const staffAccess: Pick<StaffAccessResolvers, 'role' | 'unit' | 'group'> = {
  role: ({ role }) => toAccessRole(role),
  unit: ({ unitId }, _arguments, { units }) => units.load(unitId),
  group: ({ groupId }, _arguments, { groups }) => (groupId === null ? null : groups.load(groupId)),
};

export const staffMember: Pick<StaffMemberResolvers, 'id'> = { id: ({ personId }) => personId };

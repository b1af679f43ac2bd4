import { AppError } from '@ranselpost/kit/pure/errors';
import type { EnrolmentResolvers } from './generated/types.ts';

export const enrolment: Pick<EnrolmentResolvers, 'unit' | 'groups'> = {
  unit: async ({ unitId }, _arguments, { units }) => (await units.load(unitId)) ?? gone(),
  groups: async ({ groupIds }, _arguments, { groups }) =>
    (await Promise.all(groupIds.map((id) => groups.load(id)))).filter((group) => group !== null),
};

/** The place was open a moment ago and its unit is not any more: something changed in between. */
function gone(): never {
  throw new AppError('NOT_FOUND');
}

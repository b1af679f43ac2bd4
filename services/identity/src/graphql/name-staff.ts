import { nameStaff as name } from '../usecases/name-staff.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const nameStaff: NonNullable<MutationResolvers['nameStaff']> = async (_parent, { input }, context) => {
  const { childId, login, from, to } = input;
  const asked = toAsked('nameStaff', input, input.reason);
  return toDecided(context, await name(context.deps, context.actor, { childId, login, from, to }, asked));
};

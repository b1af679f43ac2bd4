import { endRole as end } from '../usecases/end-role.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const endRole: NonNullable<MutationResolvers['endRole']> = async (_parent, { input }, context) => {
  const asked = toAsked('endRole', input);
  return toDecided(context, await end(context.deps, context.actor, input.roleId, asked));
};

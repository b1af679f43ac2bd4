import { endNaming as end } from '../usecases/end-naming.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const endNaming: NonNullable<MutationResolvers['endNaming']> = async (_parent, { input }, context) => {
  const asked = toAsked('endNaming', input);
  return toDecided(context, await end(context.deps, context.actor, input.namingId, asked));
};

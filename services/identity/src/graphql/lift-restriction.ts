import { liftRestriction as lift } from '../usecases/lift-restriction.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const liftRestriction: NonNullable<MutationResolvers['liftRestriction']> = async (
  _parent,
  { input },
  context,
) => {
  const asked = toAsked('liftRestriction', input, input.reason);
  return toDecided(context, await lift(context.deps, context.actor, input.restrictionId, asked));
};

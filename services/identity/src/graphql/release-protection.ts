import { releaseProtection as release } from '../usecases/release-protection.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const releaseProtection: NonNullable<MutationResolvers['releaseProtection']> = async (
  _parent,
  { input },
  context,
) => {
  const asked = toAsked('releaseProtection', input, input.reason);
  return toDecided(context, await release(context.deps, context.actor, input.childId, asked));
};

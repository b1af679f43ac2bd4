import { confirmGrant as confirm } from '../usecases/confirm-grant.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const confirmGrant: NonNullable<MutationResolvers['confirmGrant']> = async (
  _parent,
  { input },
  context,
) => {
  const asked = toAsked('confirmGrant', input, input.reason);
  return toDecided(context, await confirm(context.deps, context.actor, input.grantId, asked));
};

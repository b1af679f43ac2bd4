import { assignRole as assign } from '../usecases/assign-role.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const assignRole: NonNullable<MutationResolvers['assignRole']> = async (
  _parent,
  { input },
  context,
) => {
  const { login, role, from, to, reason } = input;
  const asked = toAsked('assignRole', input, reason);
  return toDecided(context, await assign(context.deps, context.actor, { login, role, from, to }, asked));
};

import { assignSubstitute as assign } from '../usecases/assign-substitute.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const assignSubstitute: NonNullable<MutationResolvers['assignSubstitute']> = async (
  _parent,
  { input },
  context,
) => {
  const { login, role, unitId, groupId, from, to } = input;
  const wish = { login, role, unitId, groupId: groupId ?? null, from, to };
  const asked = toAsked('assignSubstitute', input);
  return toDecided(context, await assign(context.deps, context.actor, wish, asked));
};

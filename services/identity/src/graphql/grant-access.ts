import { AppError } from '@ranselpost/kit/pure/errors';
import type { Whom } from '../usecases/find-adult.ts';
import { grantAccess as grant } from '../usecases/grant-access.ts';
import { toAsked, toDecided } from './decision.ts';
import type { GrantAccessInput, MutationResolvers } from './generated/types.ts';

export const grantAccess: NonNullable<MutationResolvers['grantAccess']> = async (
  _parent,
  { input },
  context,
) => {
  const { childId, ground: basis, endsOn, proof } = input;
  const asked = toAsked('grantAccess', input, proof);
  const wish = { childId, basis, endsOn, whom: toWhom(input) };
  return toDecided(context, await grant(context.deps, context.actor, wish, asked));
};

function toWhom({ adultId, nationalNumber }: GrantAccessInput): Whom {
  if (typeof adultId === 'string' && nationalNumber == null) return { kind: 'person', personId: adultId };
  if (typeof nationalNumber === 'string' && adultId == null)
    return { kind: 'number', number: nationalNumber };
  throw new AppError('BAD_USER_INPUT', 'an adult is named by id or by number');
}

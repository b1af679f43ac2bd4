import { AppError } from '@ranselpost/kit/pure/errors';
import { imposeRestriction as impose } from '../usecases/impose-restriction.ts';
import { readWords, toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const imposeRestriction: NonNullable<MutationResolvers['imposeRestriction']> = async (
  _parent,
  { input },
  context,
) => {
  const { childId, adultId, nationalNumber, kind, authority, parentsKeepView, reviewOn, note } = input;
  if (adultId != null && nationalNumber != null)
    throw new AppError('BAD_USER_INPUT', 'an adult is named by id or by number');
  const wish = {
    ...{ childId, kind, authority, reviewOn, personId: adultId ?? null },
    number: nationalNumber ?? undefined,
    parentsKeepView: parentsKeepView ?? false,
    note: readWords(note),
  };
  const asked = toAsked('imposeRestriction', input);
  return toDecided(context, await impose(context.deps, context.actor, wish, asked));
};

import { cancelOpening as cancel } from '../usecases/cancel-opening.ts';
import { toDone } from './feature-answer.ts';
import { readReasonAndKey } from './feature-input.ts';
import type { MutationResolvers } from './generated/types.ts';
import { textOf } from './refusal-texts.ts';

export const cancelOpening: NonNullable<MutationResolvers['cancelOpening']> = async (
  _parent,
  { input },
  { actor, deps },
) => {
  const result = await cancel(deps, actor, input.actId, readReasonAndKey(input));
  return result.ok
    ? toDone(result)
    : {
        __typename: 'FeatureOpeningNotPlanned',
        code: 'FEATURE_OPENING_NOT_PLANNED',
        message: textOf('FEATURE_OPENING_NOT_PLANNED'),
      };
};

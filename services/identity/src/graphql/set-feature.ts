import { AppError } from '@ranselpost/kit/pure/errors';
import { stateFeature } from '../usecases/state-feature.ts';
import { toDirected, toRefusal } from './feature-answer.ts';
import { readNotice, readPlace, readReasonAndKey } from './feature-input.ts';
import type { MutationResolvers } from './generated/types.ts';

export const setFeature: NonNullable<MutationResolvers['setFeature']> = async (
  _parent,
  { input },
  { actor, deps },
) => {
  const { feature, state, hidesExisting, insistsOnDay } = input;
  if (state === 'OPEN' && hidesExisting === true)
    throw new AppError('BAD_USER_INPUT', 'what is open hides nothing');
  const statement = {
    ...{
      feature,
      state,
      opensOn: null,
      isReadable: hidesExisting !== true,
      insistsOnDay: insistsOnDay === true,
    },
    place: readPlace(input.place),
    notice: readNotice(input.notice),
  };
  const result = await stateFeature(deps, actor, statement, readReasonAndKey(input));
  if (result.ok) return toDirected(result.value);
  if (result.refusal.kind === 'opening-day-past') throw new Error('no day was named');
  return toRefusal(result.refusal);
};

import { stateFeature } from '../usecases/state-feature.ts';
import { toDirected, toRefusal } from './feature-answer.ts';
import { readNotice, readPlace, readReasonAndKey } from './feature-input.ts';
import type { MutationResolvers } from './generated/types.ts';
import { textOf } from './refusal-texts.ts';

export const planOpening: NonNullable<MutationResolvers['planOpening']> = async (
  _parent,
  { input },
  { actor, deps },
) => {
  const { feature, opensOn, insistsOnDay } = input;
  const statement = {
    ...({ feature, state: 'OPEN', opensOn, isReadable: true } as const),
    insistsOnDay: insistsOnDay === true,
    place: readPlace(input.place),
    notice: readNotice(input.notice),
  };
  const result = await stateFeature(deps, actor, statement, readReasonAndKey(input));
  if (result.ok) return toDirected(result.value);
  if (result.refusal.kind !== 'opening-day-past') return toRefusal(result.refusal);
  return {
    __typename: 'FeatureOpeningDayPast',
    code: 'FEATURE_OPENING_DAY_PAST',
    message: textOf('FEATURE_OPENING_DAY_PAST'),
    firstPossibleDay: result.refusal.firstPossibleDay,
  };
};

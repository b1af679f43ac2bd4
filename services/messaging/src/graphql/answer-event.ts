import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { answerEvent as answer } from '../usecases/answer-event.ts';
import type { MutationResolvers } from './generated/types.ts';
import type { Context } from './types.ts';
import { toEventAnswer, toEventRefusal } from './unit-event.ts';

export const answerEvent: NonNullable<MutationResolvers<Context>['answerEvent']> = async (
  _parent,
  { input: { eventId, childId, choice, adults } },
  { deps, actor },
) => {
  if (![eventId, childId].every(isId)) throw new AppError('NOT_FOUND');
  const result = await answer(deps, actor, { eventId, childId, choice, adults: adults ?? 0 });
  return result.ok
    ? { __typename: 'EventAnswered', answer: toEventAnswer(result.value) }
    : toEventRefusal(result.refusal);
};

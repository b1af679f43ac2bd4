import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { StillSick } from '../domain/still-sick.ts';
import { answerStillSick as answer } from '../usecases/answer-still-sick.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { ChildResolvers, MutationResolvers, StillSick as StillSickShown } from './generated/types.ts';
import { said } from './refusal-texts.ts';
import { toOutcome } from './report-absence.ts';

const toShown = ({ day, state, unitIds }: StillSick): StillSickShown => ({
  ...{ day, units: unitIds.map((id) => ({ id })) },
  state: state === 'STILL_SICK' || state === 'EXPECTED' ? state : 'ASKED',
});

export const stillSickOfChild: Required<Pick<ChildResolvers<Context>, 'stillSick'>> = {
  stillSick: async ({ id }, _args, { stillSick }) => {
    const found = isId(id) ? await stillSick.load(id) : null;
    return found === null ? null : toShown(found);
  },
};

export const answerStillSick: NonNullable<MutationResolvers<Context>['answerStillSick']> = async (
  _parent,
  { input: { childId, isStillSick, idempotencyKey } },
  { deps, actor },
) => {
  if (idempotencyKey.length < 1 || idempotencyKey.length > 64)
    throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
  if (!isId(childId)) throw new AppError('NOT_FOUND');
  const result = await answer(deps, actor, { childId, isStillSick, idempotencyKey });
  if (result.ok) {
    const { question, outcomes } = result.value;
    return {
      ...{ __typename: 'StillSickAnswered', stillSick: toShown(question) },
      outcomes: outcomes.map(toOutcome),
    };
  }
  return result.refusal.kind === 'feature-closed'
    ? toFeatureClosed(result.refusal)
    : { __typename: 'StillSickRefused', ...said('STILL_SICK_NOT_ASKED') };
};

import { featureStateId } from '@ranselpost/kit/pure/features';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Refusal } from '../domain/absence.ts';
import { reportAbsence as report } from '../usecases/report-absence.ts';
import { toShown } from './absence.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, ReportAbsenceResult } from './generated/types.ts';
import { textOf } from './refusal-texts.ts';

export const reportAbsence: NonNullable<MutationResolvers<Context>['reportAbsence']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  if (input.idempotencyKey.length < 1 || input.idempotencyKey.length > 64)
    throw new AppError('BAD_USER_INPUT', 'an idempotency key has 1 to 64 characters');
  if (!isId(input.childId)) throw new AppError('NOT_FOUND');
  const result = await report(deps, actor, input);
  return result.ok
    ? { __typename: 'AbsenceReported', absence: toShown(result.value) }
    : toRefusal(result.refusal);
};

function toRefusal(refusal: Refusal): ReportAbsenceResult {
  switch (refusal.kind) {
    case 'day-past':
      return {
        __typename: 'AbsenceDayPast',
        code: 'ABSENCE_DAY_PAST',
        message: textOf('ABSENCE_DAY_PAST'),
        firstPossibleDay: refusal.firstPossibleDay,
      };
    case 'unit-wrong':
      return {
        __typename: 'AbsenceUnitWrong',
        code: 'ABSENCE_UNIT_WRONG',
        message: textOf('ABSENCE_UNIT_WRONG'),
      };
    case 'feature-closed':
      return {
        __typename: 'FeatureClosed',
        code: 'FEATURE_CLOSED',
        message: textOf('FEATURE_CLOSED'),
        state: refusal.state,
        opensOn: refusal.opensOn,
        instead: { id: featureStateId(refusal.feature, refusal.unitId) },
      };
    case 'already-reported':
      return {
        __typename: 'AbsenceAlreadyReported',
        code: 'ABSENCE_ALREADY_REPORTED',
        message: textOf('ABSENCE_ALREADY_REPORTED'),
        absence: toShown(refusal.absence),
      };
  }
}

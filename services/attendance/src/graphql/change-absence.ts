import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { ChangeRefusal } from '../domain/absence.ts';
import { correctAbsence, withdrawAbsence } from '../usecases/change-absence.ts';
import { toShown } from './absence.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { MutationResolvers } from './generated/types.ts';
import { said } from './refusal-texts.ts';

type Changes = Required<Pick<MutationResolvers<Context>, 'withdrawAbsence' | 'correctAbsence'>>;

export const absenceChanges: Changes = {
  withdrawAbsence: async (_parent, { input: { absenceId } }, { deps, actor }) => {
    if (!isId(absenceId)) throw new AppError('NOT_FOUND');
    const result = await withdrawAbsence(deps, actor, absenceId);
    return result.ok
      ? { __typename: 'AbsenceWithdrawn', absence: toShown(result.value) }
      : toRefusal(result.refusal);
  },
  correctAbsence: async (_parent, { input: { absenceId, cause, arrivesAt, leavesAt } }, { deps, actor }) => {
    if (!isId(absenceId)) throw new AppError('NOT_FOUND');
    const result = await correctAbsence(deps, actor, {
      ...{ absenceId, cause: cause ?? null, arrivesAt: arrivesAt ?? null, leavesAt: leavesAt ?? null },
    });
    return result.ok
      ? { __typename: 'AbsenceCorrected', absence: toShown(result.value) }
      : toRefusal(result.refusal);
  },
};

function toRefusal(refusal: ChangeRefusal) {
  if (refusal.kind === 'feature-closed') return toFeatureClosed(refusal);
  if (refusal.kind === 'cut-off-passed') {
    const cutOff = refusal.cutOff.toISOString();
    return { __typename: 'AbsenceCutOffPassed', ...said('ABSENCE_CUT_OFF_PASSED'), cutOff } as const;
  }
  return { __typename: 'AbsenceChangeRefused', ...said(codes[refusal.kind]) } as const;
}

const codes = {
  'is-leave': 'ABSENCE_IS_LEAVE',
  'is-withdrawn': 'ABSENCE_IS_WITHDRAWN',
  'part-wrong': 'ABSENCE_PART_WRONG',
  'cause-missing': 'ABSENCE_CAUSE_MISSING',
} as const;

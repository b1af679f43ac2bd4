import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { FollowUpRefusal } from '../domain/follow-up.ts';
import {
  type ShownFollowUp,
  addFollowUpStep,
  closeFollowUp,
  completeFollowUpStep,
  openFollowUp,
  readFollowUps,
} from '../usecases/follow-up-absence.ts';
import type { Context } from './context.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { FollowUp, MutationResolvers, RefusalCode, UnitResolvers } from './generated/types.ts';
import { instant, readPlace } from './leave.ts';
import { said } from './refusal-texts.ts';

const toShown = ({ childId, unitId: _unitId, openedAt, closedAt, ...one }: ShownFollowUp): FollowUp => ({
  ...{ ...one, child: { id: childId }, openedAt: openedAt.toISOString() },
  closedAt: closedAt?.toISOString() ?? null,
});

export const followUpsOfUnit: Required<Pick<UnitResolvers<Context>, 'followUps'>> = {
  followUps: async ({ id: unitId }, args, { deps, actor }) => {
    const { first, after } = readPage(args);
    const wanted = { unitId, first, after: readPlace(after, instant) };
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    const found = await readFollowUps(deps, actor, wanted);
    if (found === null) throw new AppError('NOT_FOUND');
    if (found === 'hidden') throw new AppError('FEATURE_CLOSED');
    return toPage(found.map(toShown), first, after, ({ openedAt, id }) => `${openedAt}/${id}`);
  },
};

const codes: Readonly<Record<Exclude<FollowUpRefusal['kind'], 'feature-closed'>, RefusalCode>> = {
  'follow-up-closed': 'FOLLOW_UP_CLOSED',
  'step-day-wrong': 'FOLLOW_UP_DAY_WRONG',
  'steps-open': 'FOLLOW_UP_STEPS_OPEN',
};

function answer(result: Result<ShownFollowUp, FollowUpRefusal>) {
  if (result.ok) return { __typename: 'FollowUpChanged' as const, followUp: toShown(result.value) };
  return result.refusal.kind === 'feature-closed'
    ? toFeatureClosed(result.refusal)
    : { __typename: 'FollowUpRefused' as const, ...said(codes[result.refusal.kind]) };
}
const requireIds = (...ids: readonly string[]): void => {
  if (!ids.every(isId)) throw new AppError('NOT_FOUND');
};

type Changes = 'openFollowUp' | 'addFollowUpStep' | 'completeFollowUpStep' | 'closeFollowUp';
export const followUpMutations: Required<Pick<MutationResolvers<Context>, Changes>> = {
  openFollowUp: async (_parent, { input }, { deps, actor }) => {
    requireIds(input.childId);
    return answer(await openFollowUp(deps, actor, input));
  },
  addFollowUpStep: async (_parent, { input }, { deps, actor }) => {
    requireIds(input.followUpId, input.id);
    return answer(await addFollowUpStep(deps, actor, input));
  },
  completeFollowUpStep: async (_parent, { input }, { deps, actor }) => {
    requireIds(input.stepId);
    return answer(await completeFollowUpStep(deps, actor, input));
  },
  closeFollowUp: async (_parent, { input }, { deps, actor }) => {
    requireIds(input.followUpId);
    return answer(await closeFollowUp(deps, actor, input));
  },
};

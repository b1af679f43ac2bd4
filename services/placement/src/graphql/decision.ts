import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { openDecision } from '../usecases/open-decision.ts';
import type { Context } from './context.ts';
import type { ChildResolvers, MutationResolvers, PlacementDecisionResolvers } from './generated/types.ts';

type Fields = 'child' | 'decidedAt' | 'openedAt';
export const decision: Required<Pick<PlacementDecisionResolvers<Context>, Fields>> = {
  child: ({ childId }) => ({ id: childId }),
  decidedAt: ({ decidedAt }) => decidedAt.toISOString(),
  openedAt: ({ openedAt }) => openedAt?.toISOString() ?? null,
};

export const decisionsOfChild: Required<Pick<ChildResolvers<Context>, 'placementDecisions'>> = {
  placementDecisions: async ({ id }, _args, { childDecisions }) => {
    if (!isId(id)) throw new AppError('NOT_FOUND');
    return childDecisions.load(id);
  },
};

export const decisionMutations: Required<Pick<MutationResolvers<Context>, 'openPlacementDecision'>> = {
  openPlacementDecision: async (_parent, { input }, { deps, actor, childDecisions }) => {
    if (!isId(input.decisionId)) throw new AppError('NOT_FOUND');
    const opened = await openDecision(deps, actor, input.decisionId);
    childDecisions.clear(opened.decision.childId);
    return opened;
  },
};

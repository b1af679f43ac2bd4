import { rejectProposal as reject } from '../usecases/decide-proposal.ts';
import { toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const rejectProposal: NonNullable<MutationResolvers['rejectProposal']> = async (
  _parent,
  { input: { proposalId } },
  context,
) => toDecided(context, await reject(context.deps, context.actor, proposalId));

import { approveProposal as approve } from '../usecases/decide-proposal.ts';
import { toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const approveProposal: NonNullable<MutationResolvers['approveProposal']> = async (
  _parent,
  { input: { proposalId } },
  context,
) => toDecided(context, await approve(context.deps, context.actor, proposalId));

import { closeWorkItem as close } from '../usecases/close-work-item.ts';
import { toAsked, toDecided } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';

export const closeWorkItem: NonNullable<MutationResolvers['closeWorkItem']> = async (
  _parent,
  { input },
  context,
) => {
  const asked = toAsked('closeWorkItem', input, input.reason);
  return toDecided(context, await close(context.deps, context.actor, input.workItemId, asked));
};

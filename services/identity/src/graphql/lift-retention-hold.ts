import { liftHold } from '../usecases/hold-persons.ts';
import { readWords } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';
import { toHeld } from './retention-hold.ts';

export const liftRetentionHold: NonNullable<MutationResolvers['liftRetentionHold']> = async (
  _parent,
  { input: { holdId, reason } },
  { deps, actor },
) => toHeld(await liftHold(deps, actor, holdId, readWords(reason)));

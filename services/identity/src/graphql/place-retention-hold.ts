import { placeHold } from '../usecases/hold-persons.ts';
import { readWords } from './decision.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey } from './information-request.ts';
import { toHeld } from './retention-hold.ts';

export const placeRetentionHold: NonNullable<MutationResolvers['placeRetentionHold']> = async (
  _parent,
  { input: { idempotencyKey, reason, ...wish } },
  { deps, actor },
) =>
  toHeld(await placeHold(deps, actor, { ...wish, reason: readWords(reason), key: readKey(idempotencyKey) }));

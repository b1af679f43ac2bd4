import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { sendMessage as send } from '../usecases/send-message.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readFileIds, readFor, readGuarding, readKey } from './inputs.ts';
import { toRefusal } from './text-refusals.ts';

export const sendMessage: NonNullable<MutationResolvers['sendMessage']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  const idempotencyKey = readKey(input.idempotencyKey);
  const alsoGuardianIds = readFor(input.alsoGuardianIds, actor.kind === 'guardian');
  const attachmentIds = readFileIds(input.attachmentIds);
  if (!isId(input.answersId)) throw new AppError('NOT_FOUND');
  const { answersId, text } = input;
  const wanted = { answersId, text, alsoGuardianIds, attachmentIds, idempotencyKey, ...readGuarding(input) };
  const result = await send(deps, actor, wanted);
  return result.ok ? { __typename: 'MessageSent', sent: result.value } : toRefusal(result.refusal);
};

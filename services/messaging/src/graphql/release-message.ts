import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { releaseMessage as release } from '../usecases/release-message.ts';
import type { MutationResolvers } from './generated/types.ts';
import { toRefused } from './refusals.ts';

export const releaseMessage: NonNullable<MutationResolvers['releaseMessage']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  if (!isId(input.messageId)) throw new AppError('NOT_FOUND');
  const result = await release(deps, actor, input.messageId);
  return result.ok ? { __typename: 'MessageReleased', released: result.value } : toRefused(result.refusal);
};

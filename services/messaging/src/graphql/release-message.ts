import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { releaseMessage as release } from '../usecases/release-message.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type { MutationResolvers } from './generated/types.ts';
import { toRefused } from './refusals.ts';

export const releaseMessage: NonNullable<MutationResolvers['releaseMessage']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  if (!isId(input.messageId)) throw new AppError('NOT_FOUND');
  const result = await release(deps, actor, input.messageId, { withNotice: input.withNotice ?? false });
  if (result.ok) return { __typename: 'MessageReleased', released: result.value };
  return result.refusal.kind === 'feature-closed'
    ? toFeatureClosed(result.refusal)
    : toRefused(result.refusal);
};

import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Result } from '@ranselpost/kit/pure/result';
import type { PutAwayRefusal } from '../domain/put-away.ts';
import type { Message } from '../domain/thread.ts';
import { moveToCase, withdrawMessage as withdraw } from '../usecases/put-away.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readAboutStaff } from './inputs.ts';
import { toRefused } from './refusals.ts';

const readId = (id: string): string => {
  if (!isId(id)) throw new AppError('NOT_FOUND');
  return id;
};
const toResult = (result: Result<Message, PutAwayRefusal>) =>
  result.ok ? { __typename: 'MessagePutAway' as const, putAway: result.value } : toRefused(result.refusal);

export const putAwayMutations: Required<Pick<MutationResolvers, 'withdrawMessage' | 'moveMessageToCase'>> = {
  withdrawMessage: async (_parent, { input }, { deps, actor }) =>
    toResult(await withdraw(deps, actor, readId(input.messageId))),
  moveMessageToCase: async (_parent, { input }, { deps, actor }) =>
    toResult(await moveToCase(deps, actor, readId(input.messageId), readAboutStaff(input.aboutStaff))),
};

import { withdrawInformationRequest as withdraw } from '../usecases/withdraw-information-request.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey, seenAnew } from './information-request.ts';
import { refusalOf } from './refusal-texts.ts';

export const withdrawInformationRequest: NonNullable<
  MutationResolvers['withdrawInformationRequest']
> = async (_parent, { input: { requestId, idempotencyKey } }, context) => {
  const wanted = { requestId, idempotencyKey: readKey(idempotencyKey) };
  const result = await withdraw(context.deps, context.actor, wanted);
  return result.ok
    ? { __typename: 'InformationRequestWithdrawn', request: await seenAnew(context, requestId) }
    : { __typename: 'InformationAlreadyDecided', ...refusalOf('INFORMATION_ALREADY_DECIDED') };
};

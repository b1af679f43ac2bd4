import { checkInformationRequest as check } from '../usecases/check-information-request.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey, readText, toHandled } from './information-request.ts';

export const checkInformationRequest: NonNullable<MutationResolvers['checkInformationRequest']> = async (
  _parent,
  { input },
  context,
) => {
  const { requestId, childId = null, voidBy = null, isHarmful = false, isSecret = false } = input;
  const result = await check(context.deps, context.actor, {
    ...{ requestId, childId, voidBy, isHarmful, isSecret },
    proof: readText(input.proof, 500),
    note: readText(input.note, 2000),
    idempotencyKey: readKey(input.idempotencyKey),
  });
  return toHandled(context, result);
};

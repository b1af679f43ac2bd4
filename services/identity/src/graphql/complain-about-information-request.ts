import { complainAboutInformationRequest as complain } from '../usecases/complain-about-information-request.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey, requireText, seenAnew } from './information-request.ts';
import { refusalOf } from './refusal-texts.ts';

const codes = {
  'nothing-refused': 'INFORMATION_NOTHING_REFUSED',
  'already-complained': 'INFORMATION_ALREADY_COMPLAINED',
} as const;

export const complainAboutInformationRequest: NonNullable<
  MutationResolvers['complainAboutInformationRequest']
> = async (_parent, { input: { requestId, text, idempotencyKey } }, context) => {
  const result = await complain(context.deps, context.actor, {
    requestId,
    text: requireText(text, 8000),
    idempotencyKey: readKey(idempotencyKey),
  });
  return result.ok
    ? { __typename: 'InformationComplaintReceived', request: await seenAnew(context, requestId) }
    : { __typename: 'InformationComplaintRefused', ...refusalOf(codes[result.refusal.kind]) };
};

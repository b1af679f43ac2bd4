import { openInformationDecision as open } from '../usecases/open-information-decision.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey, seenAnew } from './information-request.ts';
import { refusalOf } from './refusal-texts.ts';

const codes = { 'not-decided': 'INFORMATION_NOT_DECIDED', gone: 'INFORMATION_ANSWER_GONE' } as const;

export const openInformationDecision: NonNullable<MutationResolvers['openInformationDecision']> = async (
  _parent,
  { input: { requestId, idempotencyKey } },
  context,
) => {
  const wanted = { requestId, idempotencyKey: readKey(idempotencyKey) };
  const result = await open(context.deps, context.actor, wanted);
  if (!result.ok)
    return { __typename: 'InformationDecisionMissing', ...refusalOf(codes[result.refusal.kind]) };
  const request = await seenAnew(context, requestId);
  const decision = result.value;
  return decision.kind === 'ANSWER'
    ? { __typename: 'InformationAnswer', request, text: decision.text }
    : {
        __typename: 'InformationRefusal',
        request,
        text: decision.text,
        aid: decision.aid,
        complaintUntil: decision.complaintUntil,
      };
};

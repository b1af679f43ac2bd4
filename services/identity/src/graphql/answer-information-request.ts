import { writeInformationDecision } from '../usecases/write-information-decision.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey, requireText, toHandled } from './information-request.ts';

export const answerInformationRequest: NonNullable<MutationResolvers['answerInformationRequest']> = async (
  _parent,
  { input: { requestId, text, idempotencyKey } },
  context,
) => {
  const result = await writeInformationDecision(context.deps, context.actor, {
    requestId,
    decision: { kind: 'ANSWER', text: requireText(text, 8000) },
    idempotencyKey: readKey(idempotencyKey),
  });
  return toHandled(context, result);
};

import { writeInformationDecision } from '../usecases/write-information-decision.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey, requireText, toHandled } from './information-request.ts';

export const refuseInformationRequest: NonNullable<MutationResolvers['refuseInformationRequest']> = async (
  _parent,
  { input: { requestId, ground, reasons, idempotencyKey } },
  context,
) => {
  const result = await writeInformationDecision(context.deps, context.actor, {
    requestId,
    decision: { kind: 'REFUSAL', ground, text: requireText(reasons, 4000) },
    idempotencyKey: readKey(idempotencyKey),
  });
  return toHandled(context, result);
};

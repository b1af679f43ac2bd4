import { releaseInformationDecision as release } from '../usecases/release-information-decision.ts';
import type { MutationResolvers } from './generated/types.ts';
import { readKey, toHandled } from './information-request.ts';

export const releaseInformationDecision: NonNullable<
  MutationResolvers['releaseInformationDecision']
> = async (_parent, { input: { requestId, idempotencyKey } }, context) =>
  toHandled(
    context,
    await release(context.deps, context.actor, { requestId, idempotencyKey: readKey(idempotencyKey) }),
  );

import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FiksIntegration } from './environment.ts';
import type { TokenCheck } from './token.ts';

export const fiksScope = 'ks:fiks';

export const isSame = (given: unknown, wanted: string): boolean =>
  typeof given === 'string' &&
  given.length === wanted.length &&
  timingSafeEqual(Buffer.from(given), Buffer.from(wanted));

export interface FiksRefusal {
  readonly status: 401 | 403 | 503;
  readonly message: string;
}

/** What everybody must show who comes to Fiks: a machine token, and the integration's own secret. Null: let in. */
export async function refusalAtFiks(
  request: FastifyRequest,
  fiks: FiksIntegration,
  tokens: TokenCheck,
): Promise<FiksRefusal | null> {
  const answer = await tokens.check(request.headers.authorization, [fiksScope]);
  if (answer.kind === 'refused') return answer;
  const { integrasjonid, integrasjonpassord } = request.headers;
  return isSame(integrasjonid, fiks.integrationId) && isSame(integrasjonpassord, fiks.integrationPassword)
    ? null
    : { status: 401, message: 'IntegrasjonId and IntegrasjonPassord do not fit' };
}

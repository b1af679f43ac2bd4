import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FiksIntegration } from '../common/environment.ts';
import { refusalAtFiks } from '../common/fiks.ts';
import type { TokenCheck } from '../common/token.ts';
import { throttled } from '../common/wire-faults.ts';
import { errorBody, refuse } from './errors.ts';

/** The owner's promise: so many requests a minute from one address. */
const perMinute = 60_000;

/** What everybody must show before any look-up: a token, the integration's own secret, and a role that it holds. */
export function accessRules(app: FastifyInstance, fiks: FiksIntegration, tokens: TokenCheck): void {
  const counts = new Map<string, number>();
  let windowStart = Date.now();

  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.endpoint === undefined) return undefined;
    void reply.header('X-Simulator', 'Folkeregisteret; synthetic people only');
    const now = Date.now();
    if (now - windowStart >= 60_000) {
      windowStart = now;
      counts.clear();
    }
    const count = (counts.get(request.ip) ?? 0) + 1;
    counts.set(request.ip, count);
    if (count > perMinute) return throttled(request, reply, errorBody, windowStart + 60_000 - now);
    return (await refusal(request, reply)) ?? undefined;
  });

  async function refusal(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | null> {
    const refused = await refusalAtFiks(request, fiks, tokens);
    if (refused !== null) return refuse(request, reply, refused.status, refused.message, 'fiks');
    const { rolleId } = request.params as { rolleId?: string };
    if (rolleId !== fiks.roleId)
      return refuse(request, reply, 403, 'The integration does not hold this role', 'fiks');
    if (!accepts(request)) return refuse(request, reply, 406, 'Only application/json is answered here');
    return null;
  }
}

/** The real service also answers XML; this one does not. Only the last sequence number comes as text too. */
function accepts(request: FastifyRequest): boolean {
  const wanted = request.headers.accept ?? '*/*';
  return (
    /application\/(json|\*)|\*\/\*/.test(wanted) ||
    (wanted.includes('text/plain') && request.url.includes('/siste/'))
  );
}

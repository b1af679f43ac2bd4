import { requestDuration } from '@ranselpost/kit/metrics';
import type { FastifyInstance } from 'fastify';

const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
};

/** The policy of every answer, with what one kind of page needs besides. */
export const policyOf = (besides: Readonly<Record<string, string>> = {}): string =>
  Object.entries({ ...policy, ...besides })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join(';');

/** The same on every answer, so made once: working them out anew took more time than the rate limits. */
const always: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': policyOf(),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};

/** What every answer says: its request's id, that nothing keeps it, and how little a page of ours may do. */
export function setHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    void reply.headers(always).header('x-request-id', request.id);
    done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'other';
    requestDuration.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

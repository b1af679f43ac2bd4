import helmet from '@fastify/helmet';
import { requestDuration } from '@ranselpost/kit/metrics';
import type { FastifyInstance } from 'fastify';

const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** What every answer says: its request's id, that nothing keeps it, and how little a page of ours may do. */
export async function setHeaders(http: FastifyInstance): Promise<void> {
  await http.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  http.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'other';
    requestDuration.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

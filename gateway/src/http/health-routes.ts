import type { FastifyInstance } from 'fastify';

/** For whoever balances load from outside: yes or no, and not a word about why. */
export function healthRoutes(http: FastifyInstance, isReady: () => Promise<void>): void {
  http.get('/livez', (_request, reply) => reply.send({ status: 'alive' }));
  http.get('/readyz', async (_request, reply) => {
    const ready = await isReady().then(
      () => true,
      () => false,
    );
    return reply.status(ready ? 200 : 503).send({ ready });
  });
}

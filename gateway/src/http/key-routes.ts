import type { ActorSigner } from '@ranselpost/kit/actor-token';
import type { FastifyInstance } from 'fastify';

/** The public keys by which subgraphs know our word. */
export function keyRoutes(http: FastifyInstance, { publicKeys }: ActorSigner): void {
  http.get('/.well-known/actor-keys', (_request, reply) =>
    reply.type('application/jwk-set+json').send(publicKeys),
  );
}

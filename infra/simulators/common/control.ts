import type { FastifyInstance } from 'fastify';
import type { Population } from '../population/index.ts';
import type { FaultWish, Faults } from './faults.ts';
import { findPeople, goldenList } from './people.ts';

/** The part of the control API that is alike in all registers. Nothing of it exists at the real ones. */
export function controlRoutes(app: FastifyInstance, population: Population, faults: Faults): void {
  app.get<{ Querystring: { q?: string; limit?: string } }>('/control/people', async (request) =>
    findPeople(population, request.query.q ?? '', Number(request.query.limit ?? 50)),
  );
  app.get('/control/golden', async () => goldenList());
  faultRoutes(app, '/control/faults', faults);
}

export function faultRoutes(app: FastifyInstance, path: string, faults: Faults): void {
  app.get(path, async () => ({
    kinds: faults.kinds,
    endpoints: faults.endpoints,
    armed: faults.list(),
  }));
  app.post<{ Body: FaultWish | null }>(path, async (request, reply) => {
    const armed = faults.arm(request.body ?? {});
    return typeof armed === 'string' ? reply.code(400).send({ error: armed }) : reply.code(201).send(armed);
  });
  app.delete<{ Querystring: { id?: string } }>(path, async (request) => {
    faults.clear(request.query.id);
    return { armed: faults.list() };
  });
}

import { publicMessages } from '@ranselpost/kit/pure/errors';
import type { Routes } from '@ranselpost/kit/subgraph';
import type { Deps } from '../usecases/deps.ts';
import { listFormUnits } from '../usecases/list-open-units.ts';

/** The units that take contact forms (M22), for the gateway alone, which gives them to whoever asks. */
export const formUnitsRoute =
  (deps: Deps): Routes =>
  (http, actorOf) => {
    http.post('/form-units', async (request, reply) => {
      const actor = actorOf(request);
      if (actor.kind !== 'service' || actor.name !== 'gateway')
        return reply.status(403).send({ code: 'FORBIDDEN', message: publicMessages.FORBIDDEN });
      return reply.send({ units: await listFormUnits(deps) });
    });
  };

import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { controlRoutes } from '../common/control.ts';
import type { FiksIntegration } from '../common/environment.ts';
import { Faults } from '../common/faults.ts';
import { TokenCheck } from '../common/token.ts';
import { wireFaultKinds, wireFaults } from '../common/wire-faults.ts';
import type { Population } from '../population/index.ts';
import { accessRules } from './access.ts';
import { registerControl } from './control.ts';
import { errorBody } from './errors.ts';
import { eventRoutes, feedFaultKinds } from './event-routes.ts';
import { extractRoutes } from './extract-routes.ts';
import { Extracts } from './extracts.ts';
import type { Modes } from './modes.ts';
import { peopleRoutes, personFaultKinds } from './people-routes.ts';
import { Register } from './register.ts';

export interface FregOptions {
  readonly population: Population;
  readonly stateDir: string | null;
  readonly maskinportenIssuer: string;
  readonly fiks: FiksIntegration;
}

/** Folkeregisteret behind Fiks, with a control API beside it. */
export function buildFreg(options: FregOptions): {
  readonly app: FastifyInstance;
  readonly register: Register;
} {
  const register = new Register(options.population, options.stateDir);
  const modes: Modes = { beyondLast: 'empty', bulkEnded: 'error' };
  const endpoints = ['person', 'bulk', 'archive', 'search', 'feed', 'last', 'event', 'extract'];
  const faults = new Faults([...wireFaultKinds, ...feedFaultKinds, ...personFaultKinds], endpoints);
  const extracts = new Extracts(register);
  const app = Fastify({ logger: false, bodyLimit: 4_000_000, forceCloseConnections: true });

  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const status = error.statusCode ?? 500;
    return reply.code(status).send(errorBody(request, status, error.message, undefined));
  });
  app.setNotFoundHandler(async (request, reply) =>
    reply.code(404).send(errorBody(request, 404, 'No such path', 'fiks')),
  );
  app.addHook('onClose', async () => register.close());
  app.get('/readyz', async () => ({ ready: true }));
  controlRoutes(app, options.population, faults);
  registerControl(app, { register, modes, faults, extracts });
  void app.register(
    async (api) => {
      accessRules(api, options.fiks, new TokenCheck(options.maskinportenIssuer));
      wireFaults(api, faults, errorBody);
      peopleRoutes(api, register, modes, faults);
      eventRoutes(api, register, modes, faults);
      extractRoutes(api, extracts);
    },
    { prefix: '/folkeregister/api/v1/:rolleId' },
  );
  return { app, register };
}

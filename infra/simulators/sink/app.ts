import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { type FaultWish, Faults } from '../common/faults.ts';
import { TokenCheck } from '../common/token.ts';
import { wireFaultKinds, wireFaults } from '../common/wire-faults.ts';
import { Box } from './box.ts';
import { type MailLogin, type MailRelay, mailFaultKinds, startMail } from './mail.ts';
import { page } from './page.ts';
import { pushFaultKinds, pushRoutes } from './push.ts';
import { smsFaultKinds, smsRoutes } from './sms.ts';

export interface SinkOptions {
  readonly maskinportenIssuer: string;
  readonly login: MailLogin;
  readonly host: string;
  readonly mailPort: number;
  /** The address that browsers' subscriptions are given under. */
  readonly publicUrl: () => string;
}

export interface Sink {
  readonly app: FastifyInstance;
  readonly box: Box;
  readonly faults: Faults;
  /** Lets mail in; closed, nobody listens there, as while the relay is down. */
  openMail(): Promise<MailRelay>;
}

/** Where mail, text messages and push end: they are taken as the real ones take them, and kept to be read. */
export function buildSink(options: SinkOptions): Sink {
  const box = new Box();
  const faults = new Faults(
    [...wireFaultKinds, ...mailFaultKinds, ...smsFaultKinds, ...pushFaultKinds],
    ['mail', 'exchange', 'orders', 'shipment', 'feed', 'push'],
  );
  const app = Fastify({ logger: false, bodyLimit: 100_000, forceCloseConnections: true });
  app.setErrorHandler<FastifyError>(async (error, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ title: error.message, status: error.statusCode ?? 500 }),
  );
  app.get('/readyz', async () => ({ ready: true }));
  app.get('/control/faults', async () => ({
    ...{ kinds: faults.kinds, endpoints: faults.endpoints },
    armed: faults.list(),
  }));
  app.post<{ Body: FaultWish | null }>('/control/faults', async (request, reply) => {
    const armed = faults.arm(request.body ?? {});
    return typeof armed === 'string' ? reply.code(400).send({ error: armed }) : reply.code(201).send(armed);
  });
  app.delete<{ Querystring: { id?: string } }>('/control/faults', async (request) => {
    faults.clear(request.query.id);
    return { armed: faults.list() };
  });
  app.get<{ Querystring: { channel?: string; to?: string; limit?: string } }>(
    '/control/taken',
    async (request) => box.list(request.query).slice(0, Number(request.query.limit ?? 100)),
  );
  app.get('/control/counts', async () => box.counts());
  app.delete('/control/taken', async (_request, reply) => {
    box.empty();
    return reply.code(204).send();
  });
  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(page(box.list(), box.counts())),
  );
  wireFaults(app, faults, (_request, status, message) => ({ type: 'about:blank', title: message, status }));
  smsRoutes(app, { box, faults, tokens: new TokenCheck(options.maskinportenIssuer) });
  pushRoutes(app, { box, faults, publicUrl: options.publicUrl });
  return {
    ...{ app, box, faults },
    openMail: () =>
      startMail({ box, faults, login: options.login, port: options.mailPort, host: options.host }),
  };
}

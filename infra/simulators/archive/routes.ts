import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { faultRoutes } from '../common/control.ts';
import type { FiksIntegration } from '../common/environment.ts';
import { Faults } from '../common/faults.ts';
import { isSame, refusalAtFiks } from '../common/fiks.ts';
import { escaped } from '../common/page.ts';
import type { TokenCheck } from '../common/token.ts';
import { wireFaultKinds, wireFaults } from '../common/wire-faults.ts';
import { errorBody, refuse } from '../freg/errors.ts';
import { AmqpServer } from './amqp-server.ts';
import type { Archive, Reply } from './archive.ts';

export interface FiksIoOptions {
  readonly fiks: FiksIntegration;
  /** The sender's account. */
  readonly accountId: string;
  readonly archiveAccountId: string;
  readonly tokens: TokenCheck;
  readonly archive: Archive;
}

const metadataSchema = z.object({
  avsenderKontoId: z.uuid(),
  mottakerKontoId: z.uuid(),
  meldingType: z.string().min(1),
  ttl: z.number().positive().optional(),
  headere: z.record(z.string(), z.string()).optional(),
});

/**
 * Fiks IO with an archive behind it: takes messages over HTTP, hands replies out over AMQP, on
 * the same port. Fault kinds of the archive:
 * `offline` (messages lie until it is back), `silent` (archives, and says nothing), `serverfeil`, `ugyldigforespoersel`.
 */
export function fiksIo(
  app: FastifyInstance,
  { fiks, accountId, archiveAccountId, tokens, archive }: FiksIoOptions,
): void {
  const faults = new Faults(
    [...wireFaultKinds, 'offline', 'silent', 'serverfeil', 'ugyldigforespoersel'],
    ['send', 'archive'],
  );
  const queue = `fiksio.konto.${accountId}`;
  const amqp = new AmqpServer({
    isAllowed: async (user, password, wanted) => {
      const [secret = '', token = ''] = password.split(' ');
      const answer = await tokens.check(`Bearer ${token}`, ['ks:fiks']);
      return (
        answer.kind === 'accepted' &&
        isSame(user, fiks.integrationId) &&
        isSame(secret, fiks.integrationPassword) &&
        wanted === queue
      );
    },
    onAcknowledged: (id) => archive.acknowledge(id),
  });
  amqp.sharePortOf(app.server);
  const put = ({ id, answers, type, body }: Reply): void =>
    amqp.put(queue, {
      id,
      headers: { 'avsender-id': archiveAccountId, 'melding-id': id, type, 'svar-til': answers },
      body: body === null ? Buffer.alloc(0) : Buffer.from(body, 'base64'),
    });
  for (const reply of archive.replies()) put(reply);

  let work = Promise.resolve();
  const look = (): void => {
    work = work
      .then(async () => {
        for (const received of archive.waiting()) {
          if (faults.strike('offline', 'archive')) return;
          const wish = (['serverfeil', 'ugyldigforespoersel'] as const).find((kind) =>
            faults.strike(kind, 'archive'),
          );
          const isSilent = faults.strike('silent', 'archive') !== undefined;
          const replies = await archive.handle(received, wish ?? null);
          for (const reply of replies)
            if (isSilent) archive.acknowledge(reply.id);
            else put(reply);
        }
      })
      .catch((error: unknown) => console.error(error));
  };
  look();
  const clock = setInterval(look, 500);
  app.addHook('onClose', async () => {
    clearInterval(clock);
    await work;
    amqp.cutOff();
    archive.close();
  });

  faultRoutes(app, '/control/archive/faults', faults);
  app.get('/control/archive/entries', async () =>
    archive.entries().map((entry) => ({ ...entry, caseNumber: archive.caseNumberOf(entry.caseKey) })),
  );
  app.post('/control/archive/cut-off', async () => {
    amqp.cutOff();
    return { waiting: archive.waiting().length, replies: archive.replies().length };
  });
  app.get('/archive', async (_request, reply) => {
    const rows = archive
      .entries()
      .toReversed()
      .map(
        (entry) =>
          `<tr><td>${escaped(entry.at)}<td>${escaped(archive.caseNumberOf(entry.caseKey) ?? '')}<td>${escaped(entry.direction)}` +
          `<td>${escaped(entry.title)}<td>${escaped(entry.screening?.ground ?? '')}<td>${escaped(entry.documents.map(({ file }) => file).join(' '))}`,
      );
    return reply
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Archive (simulator)</title><h1>Archive</h1>` +
          `<table><tr><th>at<th>case<th>kind<th>title<th>screened by<th>files</tr>${rows.join('')}</table></html>`,
      );
  });
  void app.register(
    async (api) => {
      api.addContentTypeParser(
        'multipart/form-data',
        { parseAs: 'buffer', bodyLimit: 80_000_000 },
        (_request, body, done) => done(null, body),
      );
      wireFaults(api, faults, (request, status, message, shape) =>
        errorBody(request, status, message, shape ?? 'fiks'),
      );
      api.post<{ Body: Buffer }>('/v1/send', { config: { endpoint: 'send' } }, async (request, reply) => {
        void reply.header('X-Simulator', 'Fiks IO; an archive of invented entries');
        const refused = await refusalAtFiks(request, fiks, tokens);
        if (refused !== null) return refuse(request, reply, refused.status, refused.message, 'fiks');
        const wrong = (message: string) => refuse(request, reply, 400, message, 'fiks');
        const headers = { 'content-type': request.headers['content-type'] ?? '' };
        const form = await new Response(request.body as BodyInit, { headers }).formData().catch(() => null);
        const [said, data] = [form?.get('metadata'), form?.get('data')];
        if (said === null || said === undefined || !(data instanceof File))
          return wrong('metadata and data are needed');
        const metadata = metadataSchema.safeParse(parse(typeof said === 'string' ? said : await said.text()));
        if (!metadata.success) return wrong('metadata is not right');
        const { avsenderKontoId, mottakerKontoId, meldingType, ttl, headere } = metadata.data;
        if (avsenderKontoId !== accountId) return refuse(request, reply, 403, 'Not your account', 'fiks');
        if (mottakerKontoId !== archiveAccountId) return wrong('No such receiver');
        const meldingId = randomUUID();
        archive.take({
          messageId: meldingId,
          type: meldingType,
          body: Buffer.from(await data.arrayBuffer()),
        });
        look();
        return {
          ...{ meldingId, meldingType, avsenderKontoId, mottakerKontoId, ttl: ttl ?? 172_800_000 },
          ...{ dokumentlagerId: null, svarPaMelding: null, headere: headere ?? {} },
        };
      });
    },
    { prefix: '/fiks-io/api' },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

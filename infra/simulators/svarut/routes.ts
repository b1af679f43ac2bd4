import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { faultRoutes } from '../common/control.ts';
import type { FiksIntegration } from '../common/environment.ts';
import { Faults } from '../common/faults.ts';
import { refusalAtFiks } from '../common/fiks.ts';
import { escaped } from '../common/page.ts';
import type { TokenCheck } from '../common/token.ts';
import { wireFaultKinds, wireFaults } from '../common/wire-faults.ts';
import { errorBody, refuse } from '../freg/errors.ts';
import { type Letter, type Letters, statuses } from './letters.ts';
import { faultOfOrder } from './order.ts';

export interface SvarUtOptions {
  readonly fiks: FiksIntegration;
  readonly accountId: string;
  readonly tokens: TokenCheck;
  readonly letters: Letters;
}

type Account = { Params: { kontoId: string } };
type One = { Params: { id: string } };

/** KS SvarUt, version 2: takes letters, says how far they have come, and lets us look at them. */
export function svarUtRoutes(
  app: FastifyInstance,
  { fiks, accountId, tokens, letters }: SvarUtOptions,
): void {
  const faults = new Faults([...wireFaultKinds, 'reject'], ['send', 'status', 'find']);
  faultRoutes(app, '/control/svarut/faults', faults);
  controlLetters(app, letters);
  void app.register(
    async (api) => {
      api.addContentTypeParser(
        'multipart/form-data',
        { parseAs: 'buffer', bodyLimit: 40_000_000 },
        (_request, body, done) => done(null, body),
      );
      api.addHook('onRequest', async (request, reply) => {
        void reply.header('X-Simulator', 'SvarUt; synthetic people only');
        const refused = await refusalAtFiks(request, fiks, tokens);
        if (refused !== null) return refuse(request, reply, refused.status, refused.message, 'fiks');
        const { kontoId } = request.params as { kontoId?: string };
        return kontoId === undefined || kontoId === accountId
          ? undefined
          : refuse(request, reply, 403, 'The integration has no rights on this account', 'fiks');
      });
      wireFaults(api, faults, (request, status, message, shape) =>
        errorBody(request, status, message, shape ?? 'fiks'),
      );
      takeLetters(api, letters, faults);
      tellStatuses(api, letters);
    },
    { prefix: '/svarut/api' },
  );
}

function takeLetters(api: FastifyInstance, letters: Letters, faults: Faults): void {
  api.post<Account & { Body: Buffer }>(
    '/v2/kontoer/:kontoId/forsendelser',
    { config: { endpoint: 'send' } },
    async (request, reply) => {
      const wrong = (message: string): FastifyReply => refuse(request, reply, 400, message, 'fiks');
      const parts = await readParts(request);
      if (parts === null) return wrong('The body must be multipart/form-data');
      const [[firstName, first] = ['', ''], ...files] = parts;
      if (firstName !== 'forsendelse') return wrong('The first part must be forsendelse');
      let order: Letter['order'];
      try {
        order = JSON.parse(typeof first === 'string' ? first : await first.text()) as Letter['order'];
      } catch {
        return wrong('forsendelse must be JSON');
      }
      const fault = faultOfOrder(
        order,
        files.map(([name]) => name),
      );
      if (fault !== null) return wrong(fault);
      const stored = await Promise.all(
        files.map(async ([name, file]) => ({
          name,
          mimeType: typeof file === 'string' ? 'text/plain' : file.type,
          base64: Buffer.from(await new Blob([file]).arrayBuffer()).toString('base64'),
        })),
      );
      const { kontoId } = request.params;
      const isRejected = faults.strike('reject', 'send') !== undefined;
      const letter = letters.add({ accountId: kontoId, at: Date.now(), order, files: stored }, isRejected);
      return { id: letter.id };
    },
  );
  api.get<Account & { Querystring: { eksternRef?: string } }>(
    '/v2/kontoer/:kontoId/forsendelser',
    { config: { endpoint: 'find' } },
    async ({ query }) => ({
      forsendelseIds: letters
        .list()
        .filter(({ order }) => order.eksternReferanse === query.eksternRef)
        .map(({ id }) => id),
    }),
  );
}

function tellStatuses(api: FastifyInstance, letters: Letters): void {
  api.post<Account & { Body: { forsendelseIds?: unknown } | null }>(
    '/v2/kontoer/:kontoId/forsendelser/status-sok',
    { config: { endpoint: 'status' } },
    async (request, reply) => {
      const ids = request.body?.forsendelseIds;
      if (!Array.isArray(ids)) return refuse(request, reply, 400, 'forsendelseIds must be a list', 'fiks');
      const found = ids.map((id) => letters.get(String(id))).filter((letter) => letter !== undefined);
      return {
        statuser: found.map((letter) => {
          const { status, at } = letters.happenings(letter, Date.now()).at(-1)!;
          return { id: letter.id, status, sisteStatusEndring: new Date(at).toISOString() };
        }),
      };
    },
  );
  api.get<One>(
    '/v2/forsendelser/:id/hendelser',
    { config: { endpoint: 'status' } },
    async (request, reply) => {
      const letter = letters.get(request.params.id);
      if (letter === undefined) return refuse(request, reply, 404, 'No such forsendelse', 'fiks');
      return {
        hendelser: letters.happenings(letter, Date.now()).map(({ status, at }) => ({
          tidspunkt: new Date(at).toISOString(),
          hendelse: status,
        })),
      };
    },
  );
}

/** The parts of a multipart body in their order; null when it is none. */
async function readParts(request: FastifyRequest): Promise<[string, File | string][] | null> {
  try {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(request.body as BodyInit, { headers }).formData();
    return [...form] as [string, File | string][];
  } catch {
    return null;
  }
}

function controlLetters(app: FastifyInstance, letters: Letters): void {
  const toView = (letter: Letter) => ({
    ...{ id: letter.id, at: new Date(letter.at).toISOString(), order: letter.order },
    files: letter.files.map(({ name, mimeType }) => ({
      name,
      mimeType,
      path: `/control/svarut/letters/${letter.id}/${name}`,
    })),
    status: letters.happenings(letter, Date.now()).at(-1)!.status,
  });
  app.get('/control/svarut/letters', async () => letters.list().map(toView));
  app.post<{ Body: { stepMs?: number } | null }>('/control/svarut/modes', async ({ body }) => {
    letters.stepMs = Number(body?.stepMs ?? letters.stepMs);
    return { stepMs: letters.stepMs };
  });
  app.post<{ Body: { id?: string; status?: string } | null }>(
    '/control/svarut/statuses',
    async ({ body }, reply) => {
      const letter = letters.get(body?.id ?? '');
      const status = statuses.find((one) => one === body?.status);
      if (letter === undefined || status === undefined)
        return reply.code(400).send({ error: `id must be a letter's, status one of ${statuses.join(', ')}` });
      letters.make(letter.id, status, Date.now());
      return toView(letter);
    },
  );
  app.get<{ Params: { id: string; name: string } }>(
    '/control/svarut/letters/:id/:name',
    async (request, reply) => {
      const file = letters.get(request.params.id)?.files.find(({ name }) => name === request.params.name);
      return file === undefined
        ? reply.code(404).send({ error: 'no such file' })
        : reply.type(file.mimeType).send(Buffer.from(file.base64, 'base64'));
    },
  );
  app.get('/svarut', async (_request, reply) => {
    const rows = letters
      .list()
      .map(toView)
      .toReversed()
      .map(
        ({ at, order, status, files }) =>
          `<tr><td>${escaped(at)}<td>${escaped(status)}<td>${escaped(order.tittel)}<td>${escaped(
            ['navn', 'adresselinje1', 'adresselinje2', 'postnummer', 'poststed']
              .map((key) => order.mottaker[key] ?? '')
              .join(' '),
          )}<td>${files.map(({ name, path }) => `<a href="${escaped(path)}">${escaped(name)}</a>`).join(' ')}`,
      );
    return reply
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>SvarUt (simulator)</title><h1>Letters</h1>` +
          `<table><tr><th>sent<th>status<th>title<th>to<th>files</tr>${rows.join('')}</table></html>`,
      );
  });
}

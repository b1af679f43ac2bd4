import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { controlRoutes } from '../common/control.ts';
import { Faults } from '../common/faults.ts';
import { controlPage } from '../common/page.ts';
import { type ErrorBody, wireFaultKinds, wireFaults } from '../common/wire-faults.ts';
import { municipalityNumber, type Population } from '../population/index.ts';
import { toDetail, toOrganisation, toRow, toSubUnit } from './answers.ts';
import type { UnitFacts } from './facts.ts';
import { Units } from './register.ts';

export interface UnitsOptions {
  readonly population: Population;
  readonly stateDir: string | null;
}

const errorBody: ErrorBody = (request, status, message) => ({
  Status: status,
  Message: message,
  Path: request.url,
});
const brregError = (status: number, feilmelding: string) => ({ status, feilmelding });
const numberPattern = /^\d{9}$/;

/** The registers of schools (NSR), of kindergartens (NBR) and of units (Enhetsregisteret): open data, no token. */
export function buildUnits({ population, stateDir }: UnitsOptions): FastifyInstance {
  const units = new Units(population, stateDir);
  const faults = new Faults(wireFaultKinds, ['list', 'unit', 'sub-unit', 'organisation']);
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.setErrorHandler<FastifyError>(async (error, request, reply) =>
    reply
      .code(error.statusCode ?? 500)
      .send(errorBody(request, error.statusCode ?? 500, error.message, undefined)),
  );
  app.addHook('onClose', async () => units.close());
  app.get('/readyz', async () => ({ ready: true }));
  controlRoutes(app, population, faults);
  control(app, units);
  wireFaults(app, faults, errorBody);

  for (const [register, kind] of [
    ['nsr', 'school'],
    ['nbr', 'kindergarten'],
  ] as const) {
    const list = { config: { endpoint: 'list' } };
    type Page = { sidenummer?: string; antallperside?: string };
    const page = ({ sidenummer = '1', antallperside = '1000' }: Page, reply: FastifyReply) => {
      const [number, size] = [Number(sidenummer), Number(antallperside)];
      if (!Number.isInteger(number) || number < 1 || !Number.isInteger(size) || size < 1 || size > 1000)
        return reply
          .code(400)
          .send({ Message: 'sidenummer and antallperside must be numbers, at most 1000 a page' });
      const all = units.ofKind(kind).filter(({ isListed }) => isListed);
      return {
        Sidenummer: number,
        AntallPerSide: size,
        AntallSider: Math.ceil(all.length / size),
        EnhetListe: all.slice((number - 1) * size, number * size).map(toRow),
      };
    };
    app.get<{ Querystring: Page }>(`/${register}/v4/enheter`, list, async ({ query }, reply) =>
      page(query, reply),
    );
    app.get<{ Params: { number: string }; Querystring: Page }>(
      `/${register}/v4/enheter/kommune/:number`,
      list,
      async ({ params, query }, reply) =>
        params.number === municipalityNumber
          ? page(query, reply)
          : { Sidenummer: 1, AntallPerSide: 1000, AntallSider: 0, EnhetListe: [] },
    );
    app.get<{ Params: { number: string } }>(
      `/${register}/v4/enhet/:number`,
      { config: { endpoint: 'unit' } },
      async ({ params }, reply) => {
        const unit = units.of(params.number);
        return unit?.kind === kind && unit.isListed
          ? toDetail(unit)
          : reply.code(404).send({ Message: 'Enheten finnes ikke' });
      },
    );
  }

  app.get<{ Params: { number: string } }>(
    '/enhetsregisteret/api/underenheter/:number',
    { config: { endpoint: 'sub-unit' } },
    async ({ params }, reply) => {
      if (!numberPattern.test(params.number))
        return reply.code(400).send(brregError(400, 'Organisasjonsnummer må bestå av ni siffer'));
      const unit = units.of(params.number);
      return unit === undefined ? reply.code(404).send() : toSubUnit(unit);
    },
  );
  app.get<{ Params: { number: string } }>(
    '/enhetsregisteret/api/enheter/:number',
    { config: { endpoint: 'organisation' } },
    async ({ params }, reply) => toOrganisation(params.number) ?? reply.code(404).send(),
  );
  return app;
}

function control(app: FastifyInstance, units: Units): void {
  app.get('/control/units', async () => [...units.ofKind('school'), ...units.ofKind('kindergarten')]);
  app.post<{ Body: Partial<UnitFacts> | null }>('/control/units', async (request, reply) => {
    const { organisationNumber, ...wish } = request.body ?? {};
    const unit = units.of(organisationNumber ?? '');
    return unit === undefined
      ? reply.code(400).send({ error: 'organisationNumber must be that of a school or kindergarten here' })
      : units.change(unit, wish, Date.now());
  });
  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(
      controlPage(
        'NSR, NBR and Enhetsregisteret (simulator)',
        'Schools and kindergartens with their addresses.',
        [
          {
            title: 'A new telephone number',
            method: 'POST',
            path: '/control/units',
            body: { organisationNumber: '310004561', phone: '900 99 999' },
          },
          {
            title: 'A kindergarten closes',
            method: 'POST',
            path: '/control/units',
            body: { organisationNumber: '310007897', isActive: false },
          },
          { title: 'Switch all faults off', method: 'DELETE', path: '/control/faults' },
        ],
      ),
    ),
  );
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from './errors.ts';
import type { Extracts, ExtractWish } from './extracts.ts';

const endpoint = { config: { endpoint: 'extract' } };

export function extractRoutes(app: FastifyInstance, extracts: Extracts): void {
  const start = (request: FastifyRequest, reply: FastifyReply, wish: ExtractWish | null): unknown => {
    const job = extracts.start(wish);
    return job === 'too-many' ? refuse(request, reply, 429, 'At most 10 jobs may run at once') : job;
  };

  app.get('/v1/uttrekk/komplett', endpoint, async (request, reply) => start(request, reply, null));

  app.post<{ Body: ExtractWish | null }>('/v1/uttrekk/tilpasset', endpoint, async (request, reply) => {
    const wish = request.body;
    if (!Array.isArray(wish?.personstatustyper) || wish.personstatustyper.length === 0) {
      return refuse(request, reply, 400, 'personstatustyper is needed');
    }
    const place = wish.kommunenummer;
    if (place?.bostedskommunenummer !== undefined && place.oppholdskommunenummer !== undefined) {
      return refuse(request, reply, 400, 'bostedskommunenummer and oppholdskommunenummer exclude each other');
    }
    return start(request, reply, wish);
  });

  app.get<{ Params: { job: string; n: string } }>(
    '/v1/uttrekk/:job/batch/:n',
    endpoint,
    async (request, reply) => {
      const n = Number(request.params.n);
      if (!Number.isSafeInteger(n) || n < 0)
        return refuse(request, reply, 400, 'The batch must be a number from 0');
      const batch = extracts.batch(request.params.job, n);
      if (batch === 'wait') return refuse(request, reply, 404, 'Uttrekket er ikke klart');
      if (batch === 'gone') return refuse(request, reply, 410, 'Jobben eller batchen finnes ikke');
      return batch;
    },
  );
}

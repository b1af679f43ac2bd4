import type { FastifyInstance } from 'fastify';
import type { Faults } from '../common/faults.ts';
import { refuse } from './errors.ts';
import { pageSize, sequenceOf, toEventDocument, toFeedItem, type RegisterEvent } from './feed.ts';
import type { Modes } from './modes.ts';
import type { Register } from './register.ts';

/** Faults that only a feed can have. A gap stays: the numbers that were left out are never given to anything. */
export const feedFaultKinds = ['duplicate', 'old-page', 'gap', 'no-etag'] as const;

export function eventRoutes(app: FastifyInstance, register: Register, modes: Modes, faults: Faults): void {
  const { feed } = register;

  app.get<{ Querystring: { seq?: string } }>(
    '/v1/hendelser/feed',
    { config: { endpoint: 'feed' } },
    async (request, reply) => {
      const sequence = Number(request.query.seq);
      if (!Number.isSafeInteger(sequence) || sequence < 0 || request.query.seq === '') {
        return refuse(request, reply, 400, 'seq must be a number');
      }
      if (sequence < feed.oldest) {
        return refuse(request, reply, 406, 'Ugyldig sekvensnummer: det er mer enn 36 måneder gammelt');
      }
      if (sequence > feed.last && modes.beyondLast === '404')
        return refuse(request, reply, 404, 'Ingen hendelser', 'reference');
      const isOld = faults.strike('old-page', 'feed') !== undefined;
      const start = isOld ? Math.max(feed.oldest, sequence - pageSize) : sequence;
      const page = feed.from(start);
      // Up to where the caller then has read: the same for a page read again, another as soon as there is more.
      const tag = `"${page.at(-1)?.sequence ?? feed.last}"`;
      // An old page is delivered whatever was asked for: as 304 it would be no fault at all.
      if (!isOld && !faults.strike('no-etag', 'feed')) {
        void reply.header('ETag', tag);
        if (request.headers['if-none-match']?.replace(/^W\//, '') === tag) return reply.code(304).send();
      }
      return (faults.strike('duplicate', 'feed') ? deliveredTwice(page) : page).map(toFeedItem);
    },
  );

  app.get('/v1/hendelser/siste/sekvensnummer', { config: { endpoint: 'last' } }, async (request, reply) =>
    request.headers.accept?.includes('text/plain')
      ? reply.type('text/plain; charset=utf-8').send(String(feed.last))
      : { sekvensnummer: feed.last },
  );

  const documentOf = (id: string) => {
    const sequence = sequenceOf('hendelse', id);
    if (sequence === undefined) return undefined;
    if (sequence < feed.oldest) return 'too-old';
    const event = feed.at(sequence);
    return event && toEventDocument(event);
  };

  app.get<{ Params: { id: string } }>(
    '/v1/hendelser/:id',
    { config: { endpoint: 'event' } },
    async (request, reply) => {
      const found = documentOf(request.params.id);
      if (found === 'too-old') return refuse(request, reply, 400, 'Hendelsen er mer enn 36 måneder gammel');
      return found ?? refuse(request, reply, 404, 'Hendelsen finnes ikke');
    },
  );

  app.post<{ Body: { dokumentidentifikator?: unknown } | null }>(
    '/v1/hendelser/bulkoppslag',
    { config: { endpoint: 'event' } },
    async (request, reply) => {
      const ids = request.body?.dokumentidentifikator;
      if (!Array.isArray(ids) || ids.length > pageSize)
        return refuse(request, reply, 400, 'dokumentidentifikator must be a list');
      return ids.map((id: unknown) => documentOf(String(id))).filter((one) => typeof one === 'object');
    },
  );
}

/** The first event of the page twice, in a page that is no longer for it. */
function deliveredTwice(page: readonly RegisterEvent[]): readonly RegisterEvent[] {
  return [...page.slice(0, 1), ...page].slice(0, pageSize);
}

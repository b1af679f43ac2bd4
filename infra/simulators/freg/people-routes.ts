import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults } from '../common/faults.ts';
import { isSynthetic, numberOf } from '../common/people.ts';
import type { PersonDocument } from './documents.ts';
import { refuse } from './errors.ts';
import { sequenceOf } from './feed.ts';
import type { Modes } from './modes.ts';
import { select, toSelection, type Selection } from './parts.ts';
import type { Register } from './register.ts';
import { identifiesSomebody, search, type SearchWish } from './search.ts';

const mostAtOnce = 1000;
const mostHits = 10_000;
type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Faults of one person, wherever they are looked up, until the fault is taken away: `{person, element?}`. */
export const personFaultKinds = ['unreadable', 'unanswered'] as const;

export function peopleRoutes(app: FastifyInstance, register: Register, modes: Modes, faults: Faults): void {
  const faultOf = (kind: (typeof personFaultKinds)[number], number: string): Fault | undefined =>
    faults.list().find((fault) => {
      const struck = fault.kind === kind ? numberOf(fault.settings['person']) : undefined;
      return struck !== undefined && register.find(struck)?.key === register.find(number)?.key;
    });
  /** The document as it is told, with an element of a form that no contract knows where somebody wants it so. */
  const told = (number: string, document: PersonDocument, selection: Selection): unknown => {
    const fault = faultOf('unreadable', number);
    const parts = select(document, selection);
    return fault === undefined
      ? parts
      : { ...parts, [String(fault.settings['element'] ?? 'foreldreansvar')]: 'IKKE TILGJENGELIG' };
  };

  /** The selection, or null when the answer has been given. */
  const selectionOf = (request: FastifyRequest, reply: FastifyReply): Selection | null => {
    const selection = toSelection((request.query as Query)['part']);
    if (!('unknown' in selection)) return selection;
    void refuse(request, reply, 400, `Unknown part: ${selection.unknown}`);
    return null;
  };

  app.post<{ Body: { foedselsEllerDNummer?: unknown } | null; Querystring: Query }>(
    '/v1/personer/bulkoppslag',
    { config: { endpoint: 'bulk' } },
    async (request, reply) => {
      const selection = selectionOf(request, reply);
      if (selection === null) return reply;
      const numbers = request.body?.foedselsEllerDNummer;
      if (!isTextList(numbers) || numbers.length > mostAtOnce) {
        return refuse(
          request,
          reply,
          400,
          `foedselsEllerDNummer must be a list of at most ${mostAtOnce} numbers`,
        );
      }
      if (!numbers.every(isSynthetic))
        return refuse(request, reply, 400, 'Only synthetic numbers are known here');
      if (numbers.some((number) => faultOf('unanswered', number) !== undefined))
        return refuse(request, reply, 500, 'Teknisk feil');
      const asOrdered = request.query['somBestilt'] === 'true';
      const wanted = asOrdered ? numbers : [...new Set(numbers)];
      return { oppslag: wanted.flatMap((number) => bulkLine(number, selection, asOrdered)) };
    },
  );

  function bulkLine(number: string, selection: Selection, asOrdered: boolean): unknown[] {
    const ended = modes.bulkEnded === 'error' && register.isEnded(number);
    const document = ended ? undefined : register.documentOf(number, selection.elements);
    if (document !== undefined)
      return [{ foedselsEllerDNummer: number, folkeregisterperson: told(number, document, selection) }];
    if (!asOrdered) return [];
    return [
      {
        foedselsEllerDNummer: number,
        feilmelding: { feilmelding: ended ? 'Identifikatoren er opphørt' : 'Personen finnes ikke' },
      },
    ];
  }

  app.get<{ Params: { number: string } }>(
    '/v1/personer/:number',
    { config: { endpoint: 'person' } },
    async (request, reply) => {
      const selection = selectionOf(request, reply);
      if (selection === null) return reply;
      const { number } = request.params;
      if (!isSynthetic(number))
        return refuse(request, reply, 400, 'Not a synthetic number, and only these are known here');
      if (faultOf('unanswered', number) !== undefined) return refuse(request, reply, 500, 'Teknisk feil');
      const document = register.documentOf(number, selection.elements);
      return document === undefined
        ? refuse(request, reply, 404, 'Personen finnes ikke')
        : told(number, document, selection);
    },
  );

  const archived = (id: string, selection: Selection) => {
    const sequence = sequenceOf('person', id);
    if (sequence === undefined) return undefined;
    if (sequence < register.feed.oldest) return 'too-old';
    const document = register.archived(sequence);
    return document && select(document, selection);
  };

  app.get<{ Params: { id: string } }>(
    '/v1/personer/arkiv/:id',
    { config: { endpoint: 'archive' } },
    async (request, reply) => {
      const selection = selectionOf(request, reply);
      if (selection === null) return reply;
      const found = archived(request.params.id, selection);
      if (found === 'too-old')
        return refuse(request, reply, 400, 'Dokumentet har vært historisk i mer enn 3 år');
      return found ?? refuse(request, reply, 404, 'Dokumentet finnes ikke');
    },
  );

  app.post<{ Body: { dokumentidentifikator?: unknown } | null }>(
    '/v1/personer/bulkoppslag/arkiv',
    { config: { endpoint: 'archive' } },
    async (request, reply) => {
      const selection = selectionOf(request, reply);
      if (selection === null) return reply;
      const ids = request.body?.dokumentidentifikator;
      if (!isTextList(ids) || ids.length > mostAtOnce)
        return refuse(request, reply, 400, 'dokumentidentifikator must be a list');
      const documents = ids.map((id) => ({
        dokumentidentifikator: id,
        folkeregisterperson: archived(id, selection),
      }));
      return documents.filter((one) => typeof one.folkeregisterperson === 'object');
    },
  );

  app.get<{ Querystring: SearchWish }>(
    '/v1/personer/entydigsoek',
    { config: { endpoint: 'search' } },
    async (request, reply) => {
      const selection = selectionOf(request, reply);
      if (selection === null) return reply;
      if (!identifiesSomebody(request.query))
        return refuse(request, reply, 400, 'These terms do not name one person');
      const [number, another] = search(register, request.query, 1);
      if (number === undefined || another !== undefined)
        return refuse(request, reply, 404, 'Ingen entydig person');
      return select(register.documentOf(number, selection.elements) ?? {}, selection);
    },
  );

  app.get<{ Querystring: SearchWish }>(
    '/v1/personer/soek',
    { config: { endpoint: 'search' } },
    async (request, reply) => {
      const most = Math.min(mostHits, Number(request.query['maksTreff'] ?? mostHits));
      const numbers = search(register, request.query, most);
      if (numbers.length > most) return refuse(request, reply, 400, `Søket ga flere enn ${most} treff`);
      return { foedselsEllerDNummer: numbers };
    },
  );
}

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');

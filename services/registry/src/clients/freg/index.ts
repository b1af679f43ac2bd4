import { isObject } from '../../domain/parse.ts';
import { RegisterFault, isPage } from '@ranselpost/kit/outside/fault';
import { type Question, faultOf, jsonOf, openOrigin } from '@ranselpost/kit/outside/http';
import type { Tokens } from '@ranselpost/kit/outside/maskinporten';
import { askWithToken } from '@ranselpost/kit/outside/with-token';

export type FeedAnswer =
  | { readonly kind: 'page'; readonly body: unknown; readonly etag: string | null }
  /** The answer is the one that came with the tag. */
  | { readonly kind: 'unchanged' }
  /** There is nothing at or after the number: the register says it with an empty page or with 404. */
  | { readonly kind: 'nothing' }
  /** The number is older than the register remembers, or the register says no to it for another reason. */
  | { readonly kind: 'too old' };

/** What is asked about people beside what is asked about everybody. */
export interface LookUpWish {
  /** Where they live: for placement cases alone. */
  readonly withResidence: boolean;
}

/** Folkeregisteret, package "offentlig med hjemmel", through Fiks. */
export interface PopulationRegister {
  /** Number of the newest event. */
  newest(): Promise<number>;
  /** Events from a number on, the number included. */
  feed(from: number, etag: string | null): Promise<FeedAnswer>;
  /** Looks up at most 1000 persons. Answers the body, whatever is in it. */
  lookUp(numbers: readonly string[], wish?: LookUpWish): Promise<unknown>;
  /** Looks up one person, also by a number that has ended; undefined when the register knows nobody by it. */
  lookUpOne(number: string, wish?: LookUpWish): Promise<unknown>;
  /** One person's name, protection and addresses, for a letter; undefined when the register knows nobody by the number. */
  addressOf(number: string): Promise<unknown>;
  /** What the register says that at most 1000 events did, by the ids of their documents; undefined for those it left out. */
  eventDocuments(ids: readonly string[]): Promise<unknown[]>;
  close(): Promise<void>;
}

export interface FregOptions {
  /** Ends in `/folkeregister/api/v1`; the role and the register's own path follow. */
  readonly base: string;
  readonly roleId: string;
  readonly scope: string;
  readonly integrationId: string;
  readonly integrationPassword: string;
  readonly tokens: Tokens;
}

const register = 'freg';
/** What we have a use for and nothing else: every look-up is logged, and the person looked up can read the log. */
const partNames = [
  'identifikasjonsnummer',
  'navn',
  'foedsel',
  'status',
  'doedsfall',
  'falskIdentitet',
  'adressebeskyttelse',
  'foreldreansvar',
  'familierelasjon',
  'vergemaalEllerFremtidsfullmakt',
];
const parts = toQuery(partNames);
const partsWithResidence = toQuery([...partNames, 'bostedsadresse']);
const partsFor = (wish?: LookUpWish): string => (wish?.withResidence === true ? partsWithResidence : parts);
/** What stands on an envelope, and whether anything may. */
const addressParts = toQuery([
  'identifikasjonsnummer',
  'navn',
  'doedsfall',
  'adressebeskyttelse',
  'bostedsadresse',
  'postadresse',
]);

function toQuery(names: readonly string[]): string {
  return names.map((part) => `part=${part}`).join('&');
}

export function openFreg(options: FregOptions): PopulationRegister {
  const { base, roleId, scope, tokens } = options;
  const origin = openOrigin({ register, base, retryAfterUnitMs: 1 });
  const root = `/${encodeURIComponent(roleId)}/v1`;
  const keys = {
    IntegrasjonId: options.integrationId,
    IntegrasjonPassord: options.integrationPassword,
  };
  const ask = (question: Omit<Question, 'headers'>, headers: Readonly<Record<string, string>> = {}) =>
    askWithToken(origin, tokens, scope, {
      ...question,
      path: root + question.path,
      headers: async () => ({ ...keys, ...headers }),
    });

  const lookUpOne = async (operation: string, number: string, wanted: string): Promise<unknown> => {
    const path = `/personer/${number}?${wanted}`;
    const answer = await ask({ operation, method: 'GET', path, deadlineMs: 10_000 });
    if (answer.status === 404 && !isPage(answer.text)) return undefined;
    if (answer.status !== 200) throw faultOf(answer, register, operation);
    return jsonOf(answer, register, operation);
  };

  return {
    newest: async () => {
      const operation = 'newest';
      const answer = await ask({
        operation,
        method: 'GET',
        path: '/hendelser/siste/sekvensnummer',
        deadlineMs: 10_000,
      });
      const body = answer.status === 200 ? jsonOf(answer, register, operation) : undefined;
      const newest =
        typeof body === 'number'
          ? body
          : (body as { sekvensnummer?: unknown } | null | undefined)?.sekvensnummer;
      if (!Number.isSafeInteger(newest) || (newest as number) < 0) throw faultOf(answer, register, operation);
      return newest as number;
    },
    feed: async (from, etag) => {
      const operation = 'feed';
      const answer = await ask(
        { operation, method: 'GET', path: `/hendelser/feed?seq=${from}`, deadlineMs: 15_000 },
        etag === null ? {} : { 'if-none-match': etag },
      );
      if (answer.status === 304) return { kind: 'unchanged' };
      if (answer.status === 406) return { kind: 'too old' };
      if (answer.status === 404 && !isPage(answer.text)) return { kind: 'nothing' };
      if (answer.status !== 200) throw faultOf(answer, register, operation);
      return { kind: 'page', body: jsonOf(answer, register, operation), etag: answer.etag };
    },
    lookUp: async (numbers, wish) => {
      const operation = 'bulk-look-up';
      const answer = await ask({
        operation,
        method: 'POST',
        path: `/personer/bulkoppslag?somBestilt=true&${partsFor(wish)}`,
        body: JSON.stringify({ foedselsEllerDNummer: numbers }),
        deadlineMs: 30_000,
      });
      if (answer.status !== 200) throw faultOf(answer, register, operation);
      return jsonOf(answer, register, operation);
    },
    lookUpOne: (number, wish) => lookUpOne('look-up', number, partsFor(wish)),
    addressOf: (number) => lookUpOne('address', number, addressParts),
    eventDocuments: async (ids) => {
      const operation = 'event-documents';
      const answer = await ask({
        operation,
        method: 'POST',
        path: '/hendelser/bulkoppslag',
        body: JSON.stringify({ dokumentidentifikator: ids }),
        deadlineMs: 30_000,
      });
      if (answer.status !== 200) throw faultOf(answer, register, operation);
      const body = jsonOf(answer, register, operation);
      if (!Array.isArray(body))
        throw new RegisterFault('refused', { register, operation, status: answer.status, code: 'shape' });
      const found = new Map<unknown, unknown>();
      for (const document of body as readonly unknown[])
        if (isObject(document)) found.set(document['dokumentidentifikator'], document);
      return ids.map((id) => found.get(id));
    },
    close: () => origin.close(),
  };
}

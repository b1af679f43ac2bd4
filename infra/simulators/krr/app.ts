import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { controlRoutes } from '../common/control.ts';
import { Faults } from '../common/faults.ts';
import { isSynthetic } from '../common/people.ts';
import { TokenCheck } from '../common/token.ts';
import { wireFaultKinds, wireFaults, type ErrorBody } from '../common/wire-faults.ts';
import type { Population } from '../population/index.ts';
import { toAnswer, type Scopes } from './answers.ts';
import { Contacts } from './contacts.ts';
import { contactControl } from './control.ts';

export interface KrrOptions {
  readonly population: Population;
  readonly stateDir: string | null;
  readonly maskinportenIssuer: string;
  readonly now?: () => number;
}

export const contactScope = 'krr:global/kontaktinformasjon.read';
export const mailboxScope = 'krr:global/digitalpost.read';
export const changesScope = 'krr:global/hentendring.read';
const mostAtOnce = 1000;

/** Nobody knows the real error bodies; this is what services of this kind usually answer. */
const errorBody: ErrorBody = (request, status, message) => ({
  timestamp: new Date().toISOString(),
  status,
  error: message,
  path: request.url,
});

/** The contact and reservation register, with a control API beside it. */
export function buildKrr(options: KrrOptions): {
  readonly app: FastifyInstance;
  readonly contacts: Contacts;
} {
  const now = options.now ?? Date.now;
  const contacts = new Contacts(options.population, options.stateDir);
  const faults = new Faults(wireFaultKinds, ['people', 'changes']);
  const tokens = new TokenCheck(options.maskinportenIssuer);
  const app = Fastify({ logger: false, bodyLimit: 1_000_000, forceCloseConnections: true });
  const refuse = (
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    message: string,
  ): FastifyReply => reply.code(status).send(errorBody(request, status, message, undefined));

  app.setErrorHandler<FastifyError>(async (error, request, reply) =>
    refuse(request, reply, error.statusCode ?? 500, error.message),
  );
  app.addHook('onClose', async () => contacts.close());
  app.get('/readyz', async () => ({ ready: true }));
  controlRoutes(app, options.population, faults);
  contactControl(app, contacts, now);
  wireFaults(app, faults, errorBody);

  /** The scopes of the token, or null when the refusal has been sent. */
  const scopesOf = async (request: FastifyRequest, reply: FastifyReply, needed: readonly string[]) => {
    void reply.header('X-Simulator', 'KRR; synthetic people only');
    const answer = await tokens.check(request.headers.authorization, needed);
    if (answer.kind === 'accepted') return answer.scopes;
    refuse(request, reply, answer.status, answer.message);
    return null;
  };
  const toScopes = (scopes: ReadonlySet<string>): Scopes => ({
    contact: scopes.has(contactScope),
    mailbox: scopes.has(mailboxScope),
  });

  type LookUp = { personidentifikatorer?: unknown; inkluderIkkeRegistrerte?: unknown } | null;
  for (const version of ['v1', 'v2']) {
    app.post<{ Body: LookUp }>(
      `/rest/${version}/personer`,
      { config: { endpoint: 'people' } },
      async (request, reply) => {
        const scopes = await scopesOf(request, reply, [contactScope, mailboxScope]);
        if (scopes === null) return reply;
        const numbers = request.body?.personidentifikatorer;
        if (!Array.isArray(numbers) || numbers.length < 1 || numbers.length > mostAtOnce) {
          return refuse(request, reply, 400, `personidentifikatorer must hold 1 to ${mostAtOnce} numbers`);
        }
        if (!numbers.every((number) => typeof number === 'string' && isSynthetic(number))) {
          return refuse(request, reply, 400, 'Only synthetic numbers are known here');
        }
        const at = now();
        const found = (numbers as string[]).map((number) => ({ number, record: contacts.of(number, at) }));
        const told =
          request.body?.inkluderIkkeRegistrerte === false
            ? found.filter(({ record }) => record.status !== 'IKKE_REGISTRERT')
            : found;
        return { personer: told.map(({ number, record }) => toAnswer(number, record, toScopes(scopes), at)) };
      },
    );
  }

  app.post<{ Body: { fraEndringsId?: unknown } | null }>(
    '/rest/v2/krr/hentEndringer',
    { config: { endpoint: 'changes' } },
    async (request, reply) => {
      const scopes = await scopesOf(request, reply, [changesScope]);
      if (scopes === null) return reply;
      const from = Number(request.body?.fraEndringsId);
      if (!Number.isSafeInteger(from) || from < 0)
        return refuse(request, reply, 400, 'fraEndringsId must be a number');
      const at = now();
      const changes = contacts.changesFrom(from, mostAtOnce);
      return {
        list: changes
          .map(({ number }) => ({ number, record: contacts.of(number, at) }))
          .filter(({ record }) => record.status !== 'IKKE_REGISTRERT')
          .map(({ number, record }) => toAnswer(number, record, toScopes(scopes), at)),
        fraEndringsId: from,
        tilEndringsId: changes.at(-1)?.changeId ?? from,
        sisteEndringsId: contacts.lastChangeId,
      };
    },
  );
  return { app, contacts };
}

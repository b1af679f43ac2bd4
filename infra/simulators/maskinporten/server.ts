import { randomUUID } from 'node:crypto';
import formbody from '@fastify/formbody';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { SignJWT } from 'jose';
import { controlRoutes } from '../common/control.ts';
import { Faults } from '../common/faults.ts';
import { controlPage } from '../common/page.ts';
import { wireFaultKinds, wireFaults } from '../common/wire-faults.ts';
import { loadSigningKey } from '../oidc/keys.ts';
import type { SigningKey } from '../oidc/keys.ts';
import type { Population } from '../population/index.ts';
import { checkGrant } from './grant.ts';
import type { Grant, MachineClient } from './grant.ts';
import { Refused, toAnswer } from './refusals.ts';
import { Replays } from './replays.ts';

export interface MaskinportenOptions {
  /** Own address, with a slash at the end: the issuer's name and the only audience that a grant may have. */
  readonly issuer: string;
  readonly clients: readonly MachineClient[];
  readonly population: Population;
  readonly stateDir?: string;
}

export interface Maskinporten {
  readonly app: FastifyInstance;
  readonly faults: Faults;
}

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const switchable = ['MP-012', 'MP-130', 'MP-250'] as const;
const lifetimes = { usual: 599, short: 119 };

export async function buildMaskinporten(options: MaskinportenOptions): Promise<Maskinporten> {
  const { issuer, clients, population, stateDir } = options;
  const key = await loadSigningKey(stateDir, 'maskinporten');
  const faults = new Faults([...wireFaultKinds, ...switchable, 'short-life'], ['token', 'jwk', 'metadata']);
  const rules = {
    issuer,
    clients: new Map(clients.map((client) => [client.clientId, client])),
    replays: new Replays(),
  };
  const app = fastify({ forceCloseConnections: true });
  await app.register(formbody);
  wireFaults(app, faults, (_request, _status, message) => ({
    error: 'server_error',
    error_description: message,
  }));

  app.get('/readyz', async () => ({ status: 'ok' }));
  app.get('/.well-known/oauth-authorization-server', { config: { endpoint: 'metadata' } }, async () => ({
    issuer,
    token_endpoint: new URL('token', issuer).href,
    jwks_uri: new URL('jwk', issuer).href,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'RS512'],
    grant_types_supported: [jwtBearer],
  }));
  app.get('/jwk', { config: { endpoint: 'jwk' } }, async () => ({ keys: [key.publicJwk] }));

  app.post<{ Body: { grant_type?: string; assertion?: string } | null }>(
    '/token',
    { config: { endpoint: 'token' } },
    async ({ body }, reply) => {
      reply.header('cache-control', 'no-store');
      if (body?.grant_type !== jwtBearer) return reply.code(400).send({ error: 'unsupported_grant_type' });
      try {
        for (const code of switchable) if (faults.strike(code, 'token')) throw new Refused(code, '');
        const grant = await checkGrant(String(body.assertion ?? ''), rules, Date.now() / 1000);
        const life = faults.strike('short-life', 'token') ? lifetimes.short : lifetimes.usual;
        const token = await issue(grant, key, issuer, life);
        return { access_token: token, token_type: 'Bearer', expires_in: life, scope: grant.scope };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { status, body: answer } = toAnswer(error);
        return reply.code(status).send(answer);
      }
    },
  );

  controlRoutes(app, population, faults);
  app.get('/', async (_request, reply) => reply.type('text/html').send(overview(issuer)));
  return { app, faults };
}

async function issue(grant: Grant, key: SigningKey, issuer: string, life: number): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000);
  return new SignJWT({
    client_id: grant.client.clientId,
    client_amr: 'private_key_jwt',
    consumer: organisation(grant.consumer),
    ...(grant.isDelegated && {
      supplier: organisation(grant.client.organisation),
      delegation_source: new URL('delegations', issuer).href,
    }),
    scope: grant.scope,
    token_type: 'Bearer',
  })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid })
    .setIssuer(issuer)
    .setAudience(grant.audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + life)
    .setJti(randomUUID())
    .sign(key.key);
}

function organisation(number: string): { authority: string; ID: string } {
  return { authority: 'iso6523-actorid-upis', ID: `0192:${number}` };
}

function overview(issuer: string): string {
  const path = '/control/faults';
  const armed = (title: string, body: Record<string, unknown>) =>
    ({ title, method: 'POST', path, body }) as const;
  return controlPage('Maskinporten (simulator)', `Machine tokens, issued by ${issuer} for a signed grant.`, [
    armed('The next grant counts as used before', { kind: 'MP-012' }),
    armed('The next grant counts as expired', { kind: 'MP-130' }),
    armed('The consumer lacks the scope, until taken away', { kind: 'MP-250', times: null }),
    armed('Slow', { kind: 'latency', endpoint: 'token', ms: 3000 }),
    armed('Not available, with JSON', { kind: 'error', endpoint: 'token', status: 503 }),
    armed('Not available, with a page of HTML', { kind: 'html', endpoint: 'token', status: 503 }),
    armed('Tokens that live for 119 seconds', { kind: 'short-life', times: null }),
    { title: 'Take all faults away', method: 'DELETE', path },
  ]);
}

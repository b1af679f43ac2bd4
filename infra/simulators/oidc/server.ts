import formbody from '@fastify/formbody';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { Provider } from 'oidc-provider';
import { Faults } from '../common/faults.ts';
import { wireFaults } from '../common/wire-faults.ts';
import type { Population } from '../population/index.ts';
import { holderOf } from './access-token.ts';
import type { TokenHolder } from './access-token.ts';
import { configurationFor } from './configuration.ts';
import { issuerControlRoutes } from './control.ts';
import { loadSigningKey } from './keys.ts';
import { loginFaultKinds, loginRoutes } from './login.ts';
import { logoutFeature, logoutRules } from './logout.ts';
import type { IssuerProfile, RegisteredClient } from './profile.ts';
import { responseFaultKinds, responseFaults } from './response-faults.ts';
import { SsoSessions } from './sessions.ts';
import { StateStore } from './state-store.ts';
import { tokenFaultKinds, tokenResponse } from './token-response.ts';

export interface IssuerOptions {
  readonly profile: IssuerProfile;
  readonly population: Population;
  /** The address the outside knows it by; it is the issuer's name in every token. */
  readonly issuer: string;
  readonly clients: readonly RegisteredClient[];
  readonly stateDir?: string;
  /** Addresses that only this issuer has. */
  readonly more?: (app: FastifyInstance, holderOf: FindHolder) => void;
}

export type FindHolder = (authorization: string | undefined) => Promise<TokenHolder | undefined>;

export interface Issuer {
  readonly app: FastifyInstance;
  readonly provider: Provider;
  readonly faults: Faults;
  readonly sessions: SsoSessions;
}

export async function buildIssuer({
  profile,
  population,
  issuer,
  clients,
  stateDir,
  more,
}: IssuerOptions): Promise<Issuer> {
  const store = new StateStore();
  const key = await loadSigningKey(stateDir, profile.name);
  const addresses = { ...profile.routes, discovery: '/.well-known/openid-configuration' };
  // An answer of the library cannot be torn on its way out, so `malformed` is not among them.
  const faults = new Faults(
    ['latency', 'error', 'html', 'throttle', ...loginFaultKinds, ...tokenFaultKinds, ...responseFaultKinds],
    [...Object.keys(addresses), 'login'],
  );
  const parts = { profile, store, key, clients };
  const configuration = configurationFor(parts);
  const provider = new Provider(issuer, {
    ...configuration,
    features: { ...configuration.features, rpInitiatedLogout: logoutFeature(profile) },
  });
  withSid(provider);
  provider.use(logoutRules(provider, profile));
  provider.use(tokenResponse(parts, faults, issuer));
  provider.use(responseFaults(profile, faults));
  const sessions = new SsoSessions(provider, store, profile);

  const app = fastify({ routerOptions: { ignoreTrailingSlash: true }, forceCloseConnections: true });
  app.addHook('onClose', async () => store.stop());
  wireFaults(app, faults, (_request, _status, message) => ({
    error: 'server_error',
    error_description: message,
  }));
  await app.register(formbody);
  app.get('/readyz', async () => ({ status: 'ok' }));
  loginRoutes(app, provider, profile, faults);
  issuerControlRoutes(app, { profile, population, faults, sessions });
  more?.(app, (authorization) => holderOf(parts, provider, authorization));
  await app.register(async (rest) => {
    // The library reads the bodies of its own addresses.
    rest.removeAllContentTypeParsers();
    rest.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const handle = provider.callback();
    const handler = (request: FastifyRequest, reply: FastifyReply): void => {
      reply.hijack();
      void handle(request.raw, reply.raw);
    };
    const method: HTTPMethods[] = ['GET', 'POST', 'OPTIONS'];
    for (const [endpoint, url] of Object.entries(addresses))
      rest.route({ method, url, config: { endpoint }, handler });
    rest.route({ method, url: '/*', handler });
  });
  return { app, provider, faults, sessions };
}

/** The library gives `sid` to clients with back-channel logout; these issuers give it for front-channel logout. */
function withSid(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as { includeSid(): boolean };
  prototype.includeSid = function includeSid(this: { metadata(): Record<string, unknown> }) {
    return this.metadata()['frontchannel_logout_uri'] !== undefined;
  };
}

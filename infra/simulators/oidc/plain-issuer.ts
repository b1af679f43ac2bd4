import { createServer } from 'node:http';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { Provider } from 'oidc-provider';
import { freePort } from '@ranselpost/kit/testing/bus';

export interface PlainPerson {
  readonly id: string;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
  /** How long before now they are said to have proved who they are, also where they were to do it anew. */
  readonly provedSecondsAgo?: number;
}

export interface PlainClient {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly postLogoutRedirectUri: string;
  readonly backchannelLogoutUri: string;
  readonly credential: { readonly jwks: { readonly keys: readonly JWK[] } } | { readonly secret: string };
}

export interface PlainIssuerOptions {
  readonly clients: readonly PlainClient[];
  readonly acrValues: readonly string[];
  /** What its ID tokens say of people, beside who they are and how they logged in. */
  readonly claims: readonly string[];
  /** Whether it takes pushed requests. */
  readonly takesPushes: boolean;
}

/** An issuer that is none of our simulators: the library by itself, logging in whomever it is told to. */
export interface PlainIssuer {
  readonly url: string;
  /** What it signs with, for whoever needs a token that it never gave. */
  readonly key: CryptoKey;
  readonly kid: string;
  /** The logout tokens it has sent, or would have. */
  readonly notices: string[];
  /** Who comes back from logins from now on. Somebody with an open single sign-on session stays who they are. */
  logInAs(person: PlainPerson): void;
  /** Whether its word of a logout gets anywhere. */
  deliverNotices(isDelivering: boolean): void;
  stop(): Promise<void>;
}

/**
 * Set up by the library's own defaults, but for what a client of ours needs to be let in. It has no rules of ours, and so
 * takes `acr_values` for a wish, as the standard has it; and it has what our simulators lack: back-channel logout.
 */
export async function startPlainIssuer(options: PlainIssuerOptions): Promise<PlainIssuer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const notices: string[] = [];
  const people = new Map<string, PlainPerson>();
  let person: PlainPerson | undefined;
  let isDelivering = true;

  const provider = new Provider(url, {
    jwks: { keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] },
    cookies: { keys: [kid], names: { session: 'plain', interaction: 'plain_step', resume: 'plain_resume' } },
    acrValues: [...options.acrValues],
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time', ...options.claims] },
    scopes: ['openid', 'userid-feide'],
    clientAuthMethods: ['private_key_jwt', 'client_secret_basic'],
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      pushedAuthorizationRequests: { enabled: options.takesPushes },
    },
    clients: options.clients.map((client) => ({
      client_id: client.clientId,
      redirect_uris: [client.redirectUri],
      post_logout_redirect_uris: [client.postLogoutRedirectUri],
      backchannel_logout_uri: client.backchannelLogoutUri,
      backchannel_logout_session_required: true,
      ...('secret' in client.credential
        ? {
            token_endpoint_auth_method: 'client_secret_basic' as const,
            client_secret: client.credential.secret,
          }
        : {
            token_endpoint_auth_method: 'private_key_jwt' as const,
            jwks: { keys: [...client.credential.jwks.keys] },
          }),
    })),
    ttl: { Interaction: 600, Session: 3600, Grant: 3600, AccessToken: 300, IdToken: 300 },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: async () => ({ ...people.get(id)?.claims, sub: id }),
    }),
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope([...ctx.oidc.requestParamOIDCScopes].join(' '));
      await grant.save();
      return grant;
    },
    fetch: async (address, init) => {
      const token = new URLSearchParams(String(init?.body)).get('logout_token');
      if (token !== null) notices.push(token);
      if (!isDelivering) throw new Error('lost on the way');
      // The library's own dispatcher refuses addresses on this machine.
      return globalThis.fetch(address, { ...init, dispatcher: undefined } as RequestInit);
    },
  });
  const handle = provider.callback();
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void handle(request, response);
    const ts = Math.floor(Date.now() / 1000) - (person?.provedSecondsAgo ?? 0);
    const login = { accountId: person?.id ?? '', acr: person?.acr ?? '', amr: [...(person?.amr ?? [])], ts };
    provider.interactionFinished(request, response, { login }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    url,
    key: privateKey,
    kid,
    notices,
    logInAs: (next) => {
      person = next;
      people.set(next.id, next);
    },
    deliverNotices: (wanted) => (isDelivering = wanted),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

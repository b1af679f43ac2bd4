import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import * as client from 'openid-client';
import { freePort } from '@ranselpost/kit/testing/bus';
import { makeClientKey } from './testing.ts';
import type { ClientKey } from './testing.ts';
import type { RegisteredClient } from './profile.ts';

export interface Outcome {
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly idToken: string | undefined;
  readonly accessToken: string;
  readonly expiresIn: number | undefined;
  readonly refusal: string | undefined;
}

interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/**
 * A service that people log in to, for the contract tests: an independent client library does every check, over
 * real HTTP. What comes back is kept in `outcomes`, what is heard of logouts in `heard`.
 */
export class RelyingParty {
  readonly url: string;
  readonly clientId: string;
  readonly key: ClientKey;
  readonly outcomes: Outcome[] = [];
  readonly heard: URL[] = [];
  readonly returned: URL[] = [];
  configuration: client.Configuration | undefined;
  readonly #server: Server;
  readonly #pending = new Map<string, Pending>();

  private constructor(port: number, clientId: string, key: ClientKey) {
    this.url = `http://localhost:${port}`;
    this.clientId = clientId;
    this.key = key;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(clientId: string): Promise<RelyingParty> {
    const port = await freePort();
    const party = new RelyingParty(port, clientId, await makeClientKey());
    await new Promise<void>((resolve) => party.#server.listen(port, 'localhost', resolve));
    return party;
  }

  get registration(): RegisteredClient {
    return {
      clientId: this.clientId,
      redirectUris: [`${this.url}/callback`],
      postLogoutRedirectUris: [`${this.url}/logged-out`],
      frontchannelLogoutUri: `${this.url}/front-channel-logout`,
      organisation: '310001236',
      jwks: this.key.jwks,
    };
  }

  async discover(issuer: string): Promise<void> {
    const authentication = client.PrivateKeyJwt({ key: this.key.key, kid: this.key.kid });
    this.configuration = await client.discovery(new URL(issuer), this.clientId, {}, authentication, {
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
    });
  }

  /** The address that starts a login with these parameters of the authorization request. */
  loginUrl(parameters: Readonly<Record<string, string>> = {}): string {
    return `${this.url}/login?${new URLSearchParams(parameters).toString()}`;
  }

  logoutUrl(idToken: string | undefined, state = 'back-again'): string {
    return `${this.url}/logout?${new URLSearchParams({ ...(idToken && { hint: idToken }), state }).toString()}`;
  }

  last(): Outcome {
    const outcome = this.outcomes.at(-1);
    if (!outcome) throw new Error('nobody has come back from a login yet');
    return outcome;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    try {
      if (url.pathname === '/login') return redirect(response, await this.#begin(url.searchParams));
      if (url.pathname === '/callback') return await this.#finish(url, request, response);
      if (url.pathname === '/logout') return redirect(response, this.#logout(url.searchParams));
      if (url.pathname === '/front-channel-logout') this.heard.push(url);
      if (url.pathname === '/logged-out') this.returned.push(url);
      response.end('ok');
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }

  async #begin(asked: URLSearchParams): Promise<URL> {
    const pending = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    this.#pending.set(pending.state, pending);
    return client.buildAuthorizationUrlWithPAR(this.#configured(), {
      redirect_uri: `${this.url}/callback`,
      scope: 'openid profile',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      ...Object.fromEntries(asked),
    });
  }

  async #finish(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const current = new Request(url, { method: request.method ?? 'GET' });
    // A browser would be tied to its login by a cookie; here the newest login is meant.
    const pending = [...this.#pending.values()].at(-1);
    if (!pending) throw new Error('no login is under way');
    try {
      const tokens = await client.authorizationCodeGrant(this.#configured(), current, {
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        pkceCodeVerifier: pending.verifier,
        idTokenExpected: true,
      });
      this.outcomes.push({
        claims: tokens.claims(),
        idToken: tokens.id_token,
        accessToken: tokens.access_token,
        expiresIn: tokens.expires_in,
        refusal: undefined,
      });
      redirect(response, new URL('/', this.url));
    } catch (error) {
      const {
        error: code,
        message,
        cause,
      } = error as { error?: string; message: string; cause?: { message?: string } };
      const refusal = code ?? cause?.message ?? message;
      this.outcomes.push({
        claims: undefined,
        idToken: undefined,
        accessToken: '',
        expiresIn: undefined,
        refusal,
      });
      response.writeHead(401).end(refusal);
    }
  }

  #logout(asked: URLSearchParams): URL {
    return client.buildEndSessionUrl(this.#configured(), {
      ...(asked.has('hint') && { id_token_hint: String(asked.get('hint')) }),
      post_logout_redirect_uri: `${this.url}/logged-out`,
      state: String(asked.get('state')),
    });
  }

  #configured(): client.Configuration {
    if (!this.configuration) throw new Error('call discover first');
    return this.configuration;
  }
}

function redirect(response: ServerResponse, to: URL): void {
  response.writeHead(303, { location: to.href }).end();
}

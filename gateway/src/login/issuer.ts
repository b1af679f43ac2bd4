import type { AssuranceLevel } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type CryptoKey, type JWK, type JWTVerifyGetKey, createRemoteJWKSet, importJWK } from 'jose';
import * as openid from 'openid-client';
import type { Claims } from '../domain/login-claims.ts';
import { verifyLogoutToken } from './logout-token.ts';

export interface IssuerOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** What we show that we are ourselves by: a key of ours, or a secret that the issuer gave us. */
  readonly credential: { readonly key: JWK } | { readonly secret: string };
  readonly redirectUri: string;
  readonly scope: string;
  /** What it is asked for, by level; undefined where it has no login at that level. */
  readonly acr: Readonly<Record<AssuranceLevel, string | undefined>>;
  /** Whether what we must know stands in userinfo rather than in the ID token, as at Feide. */
  readonly asksUserinfo: boolean;
  /** Whether its answers always carry its name (RFC 9207), so that one without it is none of its answers. */
  readonly namesItself: boolean;
  /** Whether what is wanted has to be told in the back. An issuer that takes no pushed requests is sent it by the browser. */
  readonly mustPush: boolean;
}

/** What an answer of the issuer must fit. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface Issuer {
  /**
   * Tells the issuer what is wanted, in the back, and answers where to send the browser; undefined when it has no login
   * at that level. With a `maxAgeSeconds` it has to ask the person anew, whatever session it has of them.
   */
  begin(
    level: AssuranceLevel,
    maxAgeSeconds: number | null,
  ): Promise<(Expected & { readonly url: string }) | undefined>;
  /** Exchanges an answer for verified claims. Throws when anything about it does not fit. */
  finish(answer: URLSearchParams, expected: Expected): Promise<Claims>;
  /** Where to send the browser to log out there too; undefined when the issuer has no such address. */
  logoutUrl(backTo: string): Promise<string | undefined>;
  /** The issuer's name for the session that a logout token of its ends. Throws an `AppError` when it is none of its for us. */
  sessionEndedBy(logoutToken: string): Promise<string>;
  /** The origins whose pages may load our front-channel logout in a frame. */
  frameOrigins(): Promise<readonly string[]>;
}

const cachedMs = 24 * 3600 * 1000;
const answersWithinSeconds = 5;
const keysFetched = { timeoutDuration: 1000 * answersWithinSeconds, cooldownDuration: 5_000 };

/** A client of one OpenID issuer: all addresses from discovery, PKCE, PAR where there is any, by key or by secret. */
export function createIssuer(options: IssuerOptions): Issuer {
  let keys: { readonly at: string; readonly find: JWTVerifyGetKey } | undefined;
  let known: { readonly at: number; readonly configuration: Promise<openid.Configuration> } | undefined;
  const configured = (): Promise<openid.Configuration> => {
    if (known === undefined || Date.now() - known.at > cachedMs) {
      const found = { at: Date.now(), configuration: discover(options) };
      known = found;
      found.configuration.catch(() => (known = known === found ? undefined : known));
    }
    return known.configuration;
  };

  return {
    begin: async (level, maxAgeSeconds) => {
      const acr = options.acr[level];
      if (acr === undefined) return undefined;
      const configuration = await configured();
      const codeVerifier = openid.randomPKCECodeVerifier();
      const expected = { state: openid.randomState(), nonce: openid.randomNonce(), codeVerifier };
      const wanted = {
        response_type: 'code',
        redirect_uri: options.redirectUri,
        scope: options.scope,
        acr_values: acr,
        state: expected.state,
        nonce: expected.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ui_locales: 'nb',
        ...(maxAgeSeconds !== null && { prompt: 'login', max_age: String(maxAgeSeconds) }),
      };
      const { pushed_authorization_request_endpoint: pushTo } = configuration.serverMetadata();
      const url =
        pushTo === undefined
          ? openid.buildAuthorizationUrl(configuration, wanted)
          : await openid.buildAuthorizationUrlWithPAR(configuration, wanted);
      return { ...expected, url: url.href };
    },

    finish: async (answer, { state, nonce, codeVerifier }) => {
      if (options.namesItself && !answer.has('iss')) throw new Error('an answer that names no issuer');
      const configuration = await configured();
      const url = new URL(options.redirectUri);
      url.search = answer.toString();
      const tokens = await openid.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('an answer without an ID token');
      if (!options.asksUserinfo) return claims;
      const told = await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      // How somebody logged in is for the ID token to say: it alone belongs to this login.
      const { acr: _acr, amr: _amr, auth_time: _time, sid: _sid, ...about } = told;
      return { ...about, ...claims };
    },

    logoutUrl: async (backTo) => {
      const configuration = await configured();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      // By client id and not by ID token: keeping that would be keeping a national number (S-10).
      const url = openid.buildEndSessionUrl(configuration, { post_logout_redirect_uri: backTo });
      url.searchParams.set('client_id', options.clientId);
      return url.href;
    },

    sessionEndedBy: async (logoutToken) => {
      const { jwks_uri: keysAt } = (await configured().catch(away)).serverMetadata();
      if (keysAt === undefined) throw new Error('the issuer publishes no keys');
      if (keys?.at !== keysAt) keys = { at: keysAt, find: createRemoteJWKSet(new URL(keysAt), keysFetched) };
      const { issuer, clientId } = options;
      return verifyLogoutToken(logoutToken, { issuer, clientId, keys: keys.find });
    },

    frameOrigins: async () => {
      const { issuer, end_session_endpoint: logout } = (await configured()).serverMetadata();
      return [...new Set([issuer, logout ?? issuer].map((url) => new URL(url).origin))];
    },
  };
}

const away = (cause: unknown): never => {
  throw new AppError('UNAVAILABLE', 'the issuer does not answer', { cause });
};

async function authenticationBy(credential: IssuerOptions['credential']): Promise<openid.ClientAuth> {
  if ('secret' in credential) return openid.ClientSecretBasic(credential.secret);
  const { key } = credential;
  const privateKey = (await importJWK(key, key.alg ?? 'RS256')) as CryptoKey;
  return openid.PrivateKeyJwt(key.kid === undefined ? privateKey : { key: privateKey, kid: key.kid });
}

async function discover(options: IssuerOptions): Promise<openid.Configuration> {
  const { issuer, clientId, credential, mustPush } = options;
  const url = new URL(issuer);
  const authentication = await authenticationBy(credential);
  const configuration = await openid.discovery(
    url,
    clientId,
    { id_token_signed_response_alg: 'RS256', [openid.clockTolerance]: 10 },
    authentication,
    {
      timeout: answersWithinSeconds,
      // Without TLS only where the operator has configured an issuer without it.
      ...(url.protocol === 'http:' ? { execute: [openid.allowInsecureRequests] } : {}),
    },
  );
  // Signatures of ID tokens too, although they come straight from the issuer.
  openid.enableNonRepudiationChecks(configuration);
  const metadata = configuration.serverMetadata();
  if (metadata.issuer !== issuer) throw new Error('the metadata is of another issuer');
  if (mustPush && metadata.pushed_authorization_request_endpoint === undefined)
    throw new Error('the issuer takes no pushed requests');
  return configuration;
}

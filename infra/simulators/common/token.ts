import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';

export type TokenAnswer =
  | { readonly kind: 'accepted'; readonly scopes: ReadonlySet<string>; readonly clientId: string }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 503; readonly message: string };

interface Keys {
  readonly issuer: string;
  readonly find: JWTVerifyGetKey;
}

/**
 * Checks machine tokens against the issuer's own metadata and keys. These are fetched at the first request, so that
 * the simulators may start in any order, and again after a failure.
 */
export class TokenCheck {
  readonly #metadataUrl: URL;
  #keys: Promise<Keys> | null = null;

  constructor(issuer: string) {
    this.#metadataUrl = new URL(
      '.well-known/oauth-authorization-server',
      issuer.endsWith('/') ? issuer : `${issuer}/`,
    );
  }

  /** `anyOf`: the caller needs one of these scopes. */
  async check(authorization: string | undefined, anyOf: readonly string[]): Promise<TokenAnswer> {
    const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { kind: 'refused', status: 401, message: 'A bearer token is needed' };
    let keys: Keys;
    try {
      keys = await (this.#keys ??= this.#fetchKeys());
    } catch (error) {
      this.#keys = null;
      return {
        kind: 'refused',
        status: 503,
        message: `The token issuer does not answer: ${messageOf(error)}`,
      };
    }
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        issuer: keys.issuer,
        algorithms: ['RS256', 'RS384', 'RS512'],
        clockTolerance: 10,
        requiredClaims: ['exp', 'scope'],
      });
      const scopes = new Set(String(payload['scope']).split(' '));
      if (!anyOf.some((scope) => scopes.has(scope))) {
        return { kind: 'refused', status: 403, message: `The token lacks the scope ${anyOf.join(' or ')}` };
      }
      return { kind: 'accepted', scopes, clientId: String(payload['client_id'] ?? '') };
    } catch (error) {
      if (error instanceof errors.JWKSTimeout)
        return { kind: 'refused', status: 503, message: 'The token issuer does not answer' };
      return { kind: 'refused', status: 401, message: `The token is not valid: ${messageOf(error)}` };
    }
  }

  async #fetchKeys(): Promise<Keys> {
    const response = await fetch(this.#metadataUrl, { signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const metadata = (await response.json()) as { issuer: string; jwks_uri: string };
    return {
      issuer: metadata.issuer,
      find: createRemoteJWKSet(new URL(metadata.jwks_uri), { cooldownDuration: 1000 }),
    };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

import { SignJWT, importJWK, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { RegisterFault } from './fault.ts';
import { type Origin, jsonOf, openOrigin } from './http.ts';

/** Machine tokens, kept for as long as they hold. */
export interface Tokens {
  /** A bearer token for one scope. `instead` is one that was refused: it is not given again. */
  token(scope: string, instead?: string): Promise<string>;
  close(): Promise<void>;
}

/** Who asks for tokens, and where. */
export interface MaskinportenOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** A private RSA key with a `kid` that is registered on the client. */
  readonly key: JWK;
}

const register = 'maskinporten';
/** Maskinporten takes a grant for two minutes at most, and clocks that differ by ten seconds. */
const grantSeconds = 100;
const deadlineMs = 10_000;
const metadataSchema = z.object({ issuer: z.string(), token_endpoint: z.url() });
const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
/** Codes that another grant may cure: one used before, one too old. */
const curable = /MP-(?:012|130)\b/;

/**
 * Machine tokens by signed grant. One request for each scope at a time, whoever waits for it; a token is kept until a
 * while before it ends. Each try is a new grant: none is ever sent twice.
 */
export function openMaskinporten({ issuer, clientId, key }: MaskinportenOptions): Tokens {
  const home = openOrigin({ register, base: issuer, retryAfterUnitMs: 1_000, connections: 2 });
  const kept = new Map<string, { token: string; until: number }>();
  const underway = new Map<string, Promise<string>>();
  let desk: Promise<Desk> | undefined;

  const fetchToken = async (scope: string): Promise<string> => {
    desk ??= findDesk(home, issuer).catch((error: unknown) => {
      desk = undefined;
      throw error;
    });
    const { origin, path, audience } = await desk;
    const grant = () => signGrant(key, { audience, clientId, scope });
    for (let attempt = 1; ; attempt += 1) {
      const answer = await origin.ask({
        operation: 'token',
        method: 'POST',
        path,
        headers: async () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
        body: async () =>
          new URLSearchParams({
            grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
            assertion: await grant(),
          }).toString(),
        deadlineMs,
      });
      if (answer.status === 200) {
        const parsed = tokenSchema.safeParse(jsonOf(answer, register, 'token'));
        if (!parsed.success) throw new RegisterFault('away', { register, operation: 'token', code: 'shape' });
        const { access_token: token, expires_in: seconds } = parsed.data;
        kept.set(scope, { token, until: Date.now() + (seconds - Math.min(15, seconds / 4)) * 1_000 });
        return token;
      }
      if (attempt < 3 && curable.test(answer.text)) continue;
      const code = /MP-\d{3}/.exec(answer.text)?.[0] ?? 'refused';
      throw new RegisterFault('away', { register, operation: 'token', status: answer.status, code });
    }
  };

  return {
    token: async (scope, instead) => {
      const known = kept.get(scope);
      if (known !== undefined && known.token !== instead && known.until > Date.now()) return known.token;
      const waiting = underway.get(scope) ?? fetchToken(scope).finally(() => underway.delete(scope));
      underway.set(scope, waiting);
      return waiting;
    },
    close: async () => {
      await home.close();
      await (await desk?.catch(() => undefined))?.origin.close();
    },
  };
}

interface Desk {
  readonly origin: Origin;
  readonly path: string;
  readonly audience: string;
}

/** Finds where tokens are given out. Whoever answers in another's name is not asked for any. */
async function findDesk(home: Origin, issuer: string): Promise<Desk> {
  const operation = 'metadata';
  const answer = await home.ask({
    operation,
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    headers: async () => ({}),
    deadlineMs,
  });
  const parsed = metadataSchema.safeParse(
    answer.status === 200 ? jsonOf(answer, register, operation) : undefined,
  );
  if (!parsed.success || parsed.data.issuer !== issuer)
    throw new RegisterFault('away', { register, operation, status: answer.status, code: 'metadata' });
  const { origin, pathname } = new URL(parsed.data.token_endpoint);
  return {
    origin: openOrigin({ register, base: origin, retryAfterUnitMs: 1_000, connections: 2 }),
    path: pathname,
    audience: parsed.data.issuer,
  };
}

interface Grant {
  readonly audience: string;
  readonly clientId: string;
  readonly scope: string;
}

async function signGrant(key: JWK, { audience, clientId, scope }: Grant): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid ?? '' })
    .setAudience(audience)
    .setIssuer(clientId)
    .setIssuedAt(now)
    .setExpirationTime(now + grantSeconds)
    .setJti(randomUUID())
    .sign(await importJWK(key, 'RS256'));
}

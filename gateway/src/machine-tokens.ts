import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type JWTPayload, createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { request } from 'undici';
import { z } from 'zod';

export interface MachineTokenOptions {
  readonly issuer: string;
  readonly scopePrefix: string;
  /** Audiences that mean us. Maskinporten writes `unspecified` unless the client named a resource. */
  readonly audiences: readonly string[];
}

/** Turns a Maskinporten token into the machine that holds it. Throws `UNAUTHENTICATED` for any token that is not for us. */
export type MachineTokens = (token: string) => Promise<Extract<Actor, { kind: 'machine' }>>;

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

const claimsSchema = z.object({
  client_id: z.string().min(1).max(200),
  scope: z.string(),
  consumer: z.object({
    authority: z.literal('iso6523-actorid-upis'),
    // 0192 is the Norwegian register of organisations.
    ID: z.string().regex(/^0192:\d{9}$/),
  }),
});

export function createMachineTokens({ issuer, scopePrefix, audiences }: MachineTokenOptions): MachineTokens {
  let keys: Promise<Keys> | undefined;
  const findKeys = (): Promise<Keys> =>
    (keys ??= fetchKeys(issuer).catch((error: unknown) => {
      keys = undefined;
      throw new AppError('UNAVAILABLE', 'the issuer of machine tokens does not answer', { cause: error });
    }));

  return async (token) => {
    const verified = await verify(token, await findKeys(), audiences);
    const claims = claimsSchema.safeParse(verified);
    const scopes = claims.data?.scope.split(' ').filter((scope) => scope.startsWith(scopePrefix)) ?? [];
    if (!claims.success || scopes.length === 0)
      throw new AppError('UNAUTHENTICATED', 'a token that is not for us');
    const { client_id: clientId, consumer } = claims.data;
    return { kind: 'machine', clientId, organisation: consumer.ID.slice('0192:'.length), scopes };
  };
}

async function verify(
  token: string,
  { issuer, find }: Keys,
  audiences: readonly string[],
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, find, {
      issuer,
      audience: [...audiences],
      algorithms: ['RS256'],
      clockTolerance: 10,
      requiredClaims: ['exp', 'iat', 'aud'],
    });
    return payload;
  } catch (cause) {
    const isOurFault = cause instanceof errors.JWKSTimeout || !(cause instanceof errors.JOSEError);
    throw isOurFault
      ? new AppError('UNAVAILABLE', 'the keys for machine tokens could not be read', { cause })
      : new AppError('UNAUTHENTICATED', 'a machine token does not hold', { cause });
  }
}

interface Keys {
  /** As it stands in the tokens: Maskinporten's own has a slash at the end. */
  readonly issuer: string;
  readonly find: JWTVerifyGetKey;
}

async function fetchKeys(issuer: string): Promise<Keys> {
  const base = issuer.endsWith('/') ? issuer : `${issuer}/`;
  const response = await request(new URL('.well-known/oauth-authorization-server', base), {
    signal: AbortSignal.timeout(3_000),
  });
  if (response.statusCode !== 200) {
    await response.body.dump();
    throw new Error(`status ${response.statusCode}`);
  }
  const metadata = metadataSchema.parse(await response.body.json());
  if (metadata.issuer !== issuer && metadata.issuer !== base)
    throw new Error('the metadata is of another issuer');
  const find = createRemoteJWKSet(new URL(metadata.jwks_uri), {
    timeoutDuration: 3_000,
    cooldownDuration: 5_000,
  });
  return { issuer: metadata.issuer, find };
}

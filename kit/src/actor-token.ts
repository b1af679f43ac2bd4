import { type JWK, type JWTVerifyGetKey, createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose';
import { createPrivateKey, randomUUID, sign as signBytes } from 'node:crypto';
import { type Actor, actorSchema } from './pure/actor.ts';
import { AppError } from './pure/errors.ts';
import { z } from 'zod';

const seenSchema = z.iso.datetime();

const tokenType = 'actor+jwt';
const lifeSeconds = 60;

/** Signs actors for one subgraph at a time: EdDSA, 60 s, one audience, used once. */
export interface ActorSigner {
  /** Answers a compact JWT that only the named subgraph accepts; with up to where the actor has seen identity (S-05). */
  sign(actor: Actor, audience: string, seen?: string | null): Promise<string>;
  /** The public keys, to be published as a JWKS. */
  readonly publicKeys: { readonly keys: readonly JWK[] };
}

/** Makes a signer of a JWKS with private Ed25519 keys; the first signs, all are published so that keys can rotate. */
export async function createActorSigner(
  issuer: string,
  jwks: { readonly keys: readonly JWK[] },
): Promise<ActorSigner> {
  const [first] = jwks.keys;
  if (first === undefined) throw new Error('no key to sign actors with');
  // Not by jose: it signs on another thread, and the way there and back costs four times the signature, at each call.
  const key = createPrivateKey({ key: first, format: 'jwk' });
  const header = encode({ alg: 'EdDSA', typ: tokenType, kid: first.kid ?? '' });
  return {
    publicKeys: { keys: jwks.keys.map(({ d: _private, ...publicKey }) => publicKey) },
    sign: async (actor, audience, seen = null) => {
      const iat = Math.floor(Date.now() / 1000);
      const claims = {
        ...{ actor, iss: issuer, aud: audience, jti: randomUUID(), iat, exp: iat + lifeSeconds },
        ...(seen === null ? {} : { seen }),
      };
      const signed = `${header}.${encode(claims)}`;
      return `${signed}.${signBytes(null, Buffer.from(signed), key).toString('base64url')}`;
    },
  };
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part), 'utf8').toString('base64url');

/** What a token says: who asks, and up to where they have seen identity; null where they have not (S-05). */
export interface Verified {
  readonly actor: Actor;
  readonly seen: string | null;
}

/** Answers what a token says that is genuine, fresh, for this audience and not used before; else `UNAUTHENTICATED`. */
export type ActorVerifier = (token: string) => Promise<Verified>;

/** Verifies against the gateway's published keys, which are fetched when an unknown key id comes by. */
export const remoteActorVerifier = (issuer: string, audience: string, jwksUrl: URL): ActorVerifier =>
  createVerifier(
    issuer,
    audience,
    createRemoteJWKSet(jwksUrl, { cooldownDuration: 1000, timeoutDuration: 2000 }),
  );

/** Verifies against keys that are at hand. */
export const localActorVerifier = (
  issuer: string,
  audience: string,
  jwks: { readonly keys: readonly JWK[] },
): ActorVerifier => createVerifier(issuer, audience, createLocalJWKSet({ keys: [...jwks.keys] }));

function createVerifier(issuer: string, audience: string, keys: JWTVerifyGetKey): ActorVerifier {
  const used = usedTokens();
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['EdDSA'],
        typ: tokenType,
        maxTokenAge: lifeSeconds,
        requiredClaims: ['exp', 'iat', 'jti'],
      });
      if (typeof payload.aud !== 'string') throw new Error('more than one audience');
      if (typeof payload.jti !== 'string' || payload.jti === '') throw new Error('no id');
      if (!used.add(payload.jti)) throw new Error('used before');
      return {
        actor: actorSchema.parse(payload['actor']),
        seen: seenSchema.nullable().parse(payload['seen'] ?? null),
      };
    } catch (cause) {
      throw new AppError('UNAUTHENTICATED', 'the actor token does not hold', { cause });
    }
  };
}

/** Remembers token ids for as long as a token may live, in two halves so that forgetting costs nothing. */
function usedTokens(): { add(id: string): boolean } {
  let young = new Set<string>();
  let old = new Set<string>();
  let turned = Date.now();
  return {
    add(id) {
      if (Date.now() - turned > lifeSeconds * 1000) {
        old = Date.now() - turned > 2 * lifeSeconds * 1000 ? new Set() : young;
        young = new Set();
        turned = Date.now();
      }
      if (young.has(id) || old.has(id)) return false;
      young.add(id);
      return true;
    },
  };
}

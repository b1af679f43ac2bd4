import type { JWK } from 'jose';
import { z } from 'zod';

/** A ring of secret keys of 32 bytes, by id. `current` is used for what is written now, the others only to read. */
export interface KeyRing {
  readonly current: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

/** Parses `kid:base64[,kid:base64…]`; the first key is the current one. Each key has 32 bytes. */
export const keyRing = z.string().transform((text, context): KeyRing => {
  const keys = new Map<string, Uint8Array>();
  for (const part of text.split(',')) {
    const [id, value] = part.split(':');
    const bytes = Buffer.from(value ?? '', 'base64');
    if (!id || bytes.length !== 32 || keys.has(id)) {
      context.addIssue('must be kid:base64[,kid:base64…], each key 32 bytes, each kid once');
      return z.NEVER;
    }
    keys.set(id, bytes);
  }
  return { current: [...keys.keys()][0]!, keys };
});

/** Parses one secret key of 32 bytes in base64. */
export const secretKey = z.string().transform((text, context): Uint8Array => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 32) {
    context.addIssue('must be 32 bytes in base64');
    return z.NEVER;
  }
  return bytes;
});

/** The public key of somebody for whom contents are sealed (`sealFor`). */
export type SealingKey = JWK;
/** What opens contents that were sealed for us (`openOwn`), by the id of the key. */
export type OpeningKeys = ReadonlyMap<string, JWK>;

const isAgreementKey = (key: JWK): boolean =>
  key.kty === 'OKP' && key.crv === 'X25519' && typeof key.kid === 'string' && typeof key.x === 'string';

/** Parses the public key of somebody for whom contents are sealed: X25519 as a JWK with a `kid`, and no private part. */
export const sealingKey = z.string().transform((text, context): SealingKey => {
  const key = parseJson(text) as JWK | null;
  if (key !== null && isAgreementKey(key) && key.d === undefined) return key;
  context.addIssue('must be a public X25519 key as a JWK in JSON, with a kid');
  return z.NEVER;
});

/** Parses the private keys of what was sealed so: one JWK, or `{"keys":[…]}` while one follows another. Answers them by id. */
export const openingKeys = z.string().transform((text, context): OpeningKeys => {
  const given = parseJson(text) as { readonly keys?: unknown } | null;
  const keys: readonly (JWK | null)[] = Array.isArray(given?.keys) ? given.keys : [given as JWK | null];
  if (
    keys.length > 0 &&
    keys.every((key) => key !== null && isAgreementKey(key) && typeof key.d === 'string')
  )
    return new Map(keys.map((key) => [key!.kid!, key!]));
  context.addIssue('must be private X25519 keys as a JWK or a set of them in JSON, each with a kid');
  return z.NEVER;
});

/** What was given may be a secret: it is not repeated, not even in part. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

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

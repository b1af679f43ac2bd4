import { createHash, randomBytes } from 'node:crypto';

/** What a browser holds and nobody can guess: 256 random bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What we keep of it. Without a salt: there is nothing to guess in a random secret, and it must be found by its hash. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

/** Whether a text can be a secret of ours; anything else need not be looked up. */
export const isSecret = (text: string | undefined): text is string =>
  text !== undefined && /^[\w-]{43}$/.test(text);

import { createHmac, randomBytes, scrypt } from 'node:crypto';
import type { Hashed } from '../store/pins.ts';
import type { Numbers } from './deps.ts';

/** A million PINs are tried in no time by whoever has the database: so nothing of this can be tried without the key, nor fast with it. */
export function hashPin(
  { lookupKey }: Pick<Numbers, 'lookupKey'>,
  personId: string,
  pin: string,
  salt: Buffer = randomBytes(16),
): Promise<Hashed> {
  const keyed = createHmac('sha256', lookupKey).update(`pin ${personId} ${pin}`, 'utf8').digest();
  return new Promise((resolve, reject) => {
    scrypt(keyed, salt, 32, { N: 2 ** 14, r: 8, p: 1 }, (error, hash) =>
      error === null ? resolve({ salt, hash }) : reject(error),
    );
  });
}

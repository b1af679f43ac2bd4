import { AppError } from '@ranselpost/kit/pure/errors';
import { createHmac, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import type { Hashed } from '../store/pins.ts';
import type { Numbers } from './deps.ts';

/**
 * How many are hashed at once, and how many may wait for it. The threads that do it verify actor tokens too, and read files: some are
 * left for that, whoever tries PINs.
 */
export const mostAtOnce = 2;
const mostWaiting = 40;
const waiting: (() => void)[] = [];
let underWay = 0;

/** Does some hashing when it is its turn. Throws `UNAVAILABLE` when too many wait. */
export async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (underWay < mostAtOnce) underWay += 1;
  else if (waiting.length >= mostWaiting)
    throw new AppError('UNAVAILABLE', 'too many PINs are tried at once');
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) underWay -= 1;
    else next();
  }
}

/** What a PIN is hashed with: a key by its id, and a salt. */
export type Seasoning = Pick<Hashed, 'keyId' | 'salt'>;
export const newSeasoning = ({ keys }: Pick<Numbers, 'keys'>): Seasoning => ({
  ...{ keyId: keys.current, salt: randomBytes(16) },
});

/**
 * A million PINs are tried in no time by whoever has the database: so nothing of this can be tried without the key, nor fast with it.
 * Under a key that is not there any more, every PIN is wrong.
 */
export async function hashPin(
  { keys }: Pick<Numbers, 'keys'>,
  personId: string,
  pin: string,
  { keyId, salt }: Seasoning,
): Promise<Hashed> {
  const key = keys.keys.get(keyId) ?? randomBytes(32);
  const pinKey = Buffer.from(hkdfSync('sha256', key, '', 'staff pin', 32));
  const keyed = createHmac('sha256', pinKey).update(`pin ${personId} ${pin}`, 'utf8').digest();
  const hash = await inTurn(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(keyed, salt, 32, { N: 2 ** 14, r: 8, p: 1 }, (error, hashed) =>
          error === null ? resolve(hashed) : reject(error),
        );
      }),
  );
  return { keyId, salt, hash };
}

import { decryptNumber, encryptNumber } from '@ranselpost/kit/numbers';
import * as followedPersons from '../store/followed-persons.ts';
import type { ReadDeps } from './deps.ts';

/** Encrypts numbers anew that lie under an older key, so that the older key can be taken away. */
export async function rotateNumbers(
  { db, keys, log }: Pick<ReadDeps, 'db' | 'keys' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  const ring = keys.numbers;
  let count = 0;
  while (!signal.aborted) {
    const some = await db.asService(async (tx) => {
      const old = await followedPersons.notEncryptedWith(tx, ring.current, 1_000);
      const anew = old.map(({ personId, number }) => ({
        personId,
        number: encryptNumber(ring, personId, decryptNumber(ring, personId, number)),
      }));
      await followedPersons.replaceNumbers(tx, anew);
      return anew.length;
    });
    count += some;
    if (some === 0) break;
  }
  if (count > 0) log.info('numbers were encrypted with the newest key', { count });
}

import { decryptNumber, encryptNumber } from '@ranselpost/kit/numbers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as followedPersons from '../store/followed-persons.ts';
import type { ReadDeps } from './deps.ts';

const waitMs = 200;

/**
 * Encrypts numbers anew that lie under an older key, and waits for what others hold: when it says that it is done, nothing
 * lies under an older key any more, and that can be taken away.
 */
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
    if (some > 0) continue;
    if (!(await db.asService((tx) => followedPersons.isAnyNotEncryptedWith(tx, ring.current)))) break;
    await sleep(waitMs, undefined, { signal }).catch(() => {});
  }
  if (count > 0 && !signal.aborted) log.info('numbers were encrypted with the newest key', { count });
}

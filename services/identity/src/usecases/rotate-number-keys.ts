import { decryptNumber, encryptNumber } from '@ranselpost/kit/numbers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as numbers from '../store/numbers.ts';
import type { Deps } from './deps.ts';

const waitMs = 200;

/**
 * Encrypts under the current key what lies under another, batch by batch, and waits for what others hold: it ends when
 * nothing lies under another key any more, and the older ones can leave the configuration. May be stopped at any point and
 * run again, also twice at once. Answers how many numbers it encrypted.
 */
export async function rotateNumberKeys(
  { db, numbers: { keys } }: Pick<Deps, 'db' | 'numbers'>,
  batch = 500,
): Promise<number> {
  let count = 0;
  for (;;) {
    const done = await db.asService(async (tx) => {
      const some = await numbers.notUnder(tx, keys.current, batch);
      await numbers.update(
        tx,
        some.map((number) => ({
          ...number,
          encrypted: encryptNumber(
            keys,
            number.personId,
            decryptNumber(keys, number.personId, number.encrypted),
          ),
        })),
      );
      return some.length;
    });
    count += done;
    if (done > 0) continue;
    if (!(await db.asService((tx) => numbers.isAnyNotUnder(tx, keys.current)))) return count;
    await sleep(waitMs);
  }
}

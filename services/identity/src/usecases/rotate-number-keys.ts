import { decryptNumber, encryptNumber } from '@ranselpost/kit/numbers';
import { open, seal } from '@ranselpost/kit/seal';
import type { Tx } from '@ranselpost/kit/database';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isAnyNotUnder } from '../store/information-texts.ts';
import * as numbers from '../store/numbers.ts';
import * as texts from '../store/texts.ts';
import type { Deps, Numbers } from './deps.ts';
import { sealAnew } from './information-texts.ts';

const waitMs = 200;

/**
 * Encrypts under the current key what lies under another, batch by batch, and waits for what others hold: it ends when
 * nothing lies under another key any more, and the older ones can leave the configuration. May be stopped at any point and
 * run again, also twice at once. Answers how much it encrypted: numbers, and what people wrote.
 */
export async function rotateNumberKeys(
  { db, numbers: { keys } }: Pick<Deps, 'db' | 'numbers'>,
  batch = 500,
): Promise<number> {
  let count = 0;
  for (const { encrypt, isAnyLeft } of kinds)
    for (;;) {
      const done = await db.asService((tx) => encrypt(tx, keys, batch));
      count += done;
      if (done > 0) continue;
      if (!(await db.asService((tx) => isAnyLeft(tx, keys.current)))) break;
      await sleep(waitMs);
    }
  return count;
}

const kinds: readonly {
  readonly encrypt: (tx: Tx, keys: Numbers['keys'], batch: number) => Promise<number>;
  readonly isAnyLeft: (tx: Tx, keyId: string) => Promise<boolean>;
}[] = [
  {
    isAnyLeft: numbers.isAnyNotUnder,
    encrypt: async (tx, keys, batch) => {
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
    },
  },
  {
    isAnyLeft: texts.isAnyNotUnder,
    encrypt: async (tx, keys, batch) => {
      const some = await texts.notUnder(tx, keys.current, batch);
      const anew = some.map(async ({ textId, sealed }) => ({
        textId,
        keyId: keys.current,
        sealed: await seal(keys, textId, await open(keys, textId, sealed, z.string())),
      }));
      await texts.update(tx, await Promise.all(anew));
      return some.length;
    },
  },
  { isAnyLeft: isAnyNotUnder, encrypt: sealAnew },
];

import type { Tx } from '@ranselpost/kit/database';
import { decryptNumber } from '@ranselpost/kit/numbers';
import { tell } from '@ranselpost/kit/outbox';
import { seal } from '@ranselpost/kit/seal';
import { addressReadV1 } from '@ranselpost/schema/events/registry/address-read.v1';
import type { PostalAddress } from '@ranselpost/schema/events/registry/postal-address';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject } from '../domain/parse.ts';
import { toPostalAddress } from '../domain/to-postal-address.ts';
import * as orders from '../store/address-orders.ts';
import type { ReadDeps } from './deps.ts';

type AddressDeps = Pick<ReadDeps, 'db' | 'log' | 'freg' | 'keys'>;

/** For how long nobody asks again for a letter whose address is being read. */
const leaseMs = 60_000;
const waitMs = (attempt: number): number => Math.min(10 * 60_000, 1_000 * 2 ** Math.min(attempt, 10));

export const orderAddress = (tx: Tx, order: orders.AddressOrder): Promise<void> => orders.put(tx, order);

/** Reads where one letter goes, just now and for it alone, and tells it sealed; nothing of it is kept. Answers whether there was one. */
export async function answerOne(deps: AddressDeps): Promise<boolean> {
  const { db, log, keys } = deps;
  const order = await db.asService((tx) => orders.takeDue(tx, leaseMs));
  if (order === null) return false;
  const { letterId, personId, attempt } = order;
  try {
    const address = await read(deps, order);
    const sealed = await seal(keys.contacts, letterId, address);
    await db.asService(async (tx) => {
      await tell(tx, addressReadV1, { letterId, personId, sealed });
      await orders.remove(tx, letterId);
    });
  } catch (error) {
    log.warn('an address cannot be read yet', { error });
    await db.asService((tx) => orders.wait(tx, letterId, waitMs(attempt)));
  }
  return true;
}

async function read(
  { freg, keys }: AddressDeps,
  { personId, number }: orders.DueOrder,
): Promise<PostalAddress> {
  if (number === null) return { kind: 'NONE' };
  const document = await freg.addressOf(decryptNumber(keys.numbers, personId, number));
  return isObject(document) ? toPostalAddress(document) : { kind: 'NONE' };
}

/** Answers where letters go until the signal fires. One replica at a time does this. */
export async function keepAnsweringAddresses(
  deps: AddressDeps,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const hadOne = await answerOne(deps).catch((error: unknown) => {
      deps.log.warn('addresses have to wait', { error });
      return false;
    });
    if (!hadOne) await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}

import type { Tx } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { tell } from '@ranselpost/kit/outbox';
import type { DataOf } from '@ranselpost/schema/events/event';
import { feedInterruptedV1 } from '@ranselpost/schema/events/registry/feed-interrupted.v1';
import * as feed from '../store/feed.ts';
import * as readings from '../store/readings.ts';
import type { ReadDeps } from './deps.ts';

export interface Interruption {
  readonly reason: 'POINTER_TOO_OLD' | 'POINTER_AHEAD';
  readonly pointer: number;
  readonly newest: number;
}

/**
 * Goes on from the newest event when those in between cannot be had: whatever they said, everybody is read again, so that
 * nothing is lost but time. `newest` was asked for before; what has happened since comes after it.
 */
export async function resumeFeed(
  { db, log }: ReadDeps,
  { reason, pointer, newest }: Interruption,
): Promise<void> {
  await db.asService(async (tx) => {
    if (!(await feed.move(tx, pointer, newest))) return;
    await feed.forgetAfter(tx, newest);
    await askEverybody(tx, { reason, askedFor: pointer + 1, resumedAt: newest + 1 });
  });
  log.error('the feed was interrupted; everybody is read again', { reason, position: newest });
}

/** Has everybody read again, because something in the feed was lost to us, and tells that it was. */
export async function askEverybody(
  tx: Tx,
  interruption: Omit<DataOf<typeof feedInterruptedV1>, 'interruptionId'>,
): Promise<void> {
  await readings.askAll(tx);
  await tell(tx, feedInterruptedV1, { interruptionId: newId(), ...interruption });
}

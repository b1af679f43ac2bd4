import { fact, tellAll } from '@ranselpost/kit/outbox';
import { differenceFoundV1 } from '@ranselpost/schema/events/registry/difference-found.v1';
import { isNewNight } from '../domain/nightly.ts';
import * as reconciliation from '../store/reconciliation.ts';
import type { ReadDeps } from './deps.ts';
import { reconciled } from './metrics.ts';

/** How late the feed may be with an event without anybody having to look at it. */
const graceMs = 600_000;

/**
 * Compares what was told with the register, in case the feed has left something out: once a night everybody protected
 * and a sample are read again, and whoever has changed without a word of the feed is told of (FREG-15).
 */
export async function reconcile({ db, log, reconciliationSample }: ReadDeps, now: Date): Promise<void> {
  const { begun, lost } = await db.asService(async (tx) => {
    const isDue = isNewNight(await reconciliation.lastBegun(tx), now);
    const lost = await reconciliation.takeUnexplained(tx, graceMs);
    await tellAll(
      tx,
      lost.map((difference) => fact(differenceFoundV1, difference)),
    );
    return { lost, begun: isDue ? await reconciliation.begin(tx, reconciliationSample) : 0 };
  });
  if (begun > 0) log.info('people are compared with the register', { count: begun });
  lost.forEach(() => {
    reconciled.inc({ outcome: 'lost' });
    log.error('a person had changed without a word of the feed');
  });
}

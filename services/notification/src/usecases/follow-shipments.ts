import { setTimeout as sleep } from 'node:timers/promises';
import * as deliveries from '../store/deliveries.ts';
import * as people from '../store/people.ts';
import type { Deps } from './deps.ts';
import { counted } from './metrics.ts';

/** Reads what became of text messages since the last look. What failed after all is tried another way (N15). */
export async function followShipments(deps: Deps): Promise<number> {
  const place = await deps.db.asService(people.shipmentPlace);
  const heard = await deps.senders.SMS.statusesSince(place);
  if (heard.length === 0) return 0;
  const settled = heard.flatMap(({ shipmentId, status, code }) =>
    status === 'UNDER_WAY' ? [] : [{ shipmentId, status, code }],
  );
  await deps.db.asService(async (tx) => {
    const rows = await deliveries.hearOfShipments(tx, settled);
    await people.keepFailing(
      tx,
      rows.flatMap(({ personId, isFailed, code }) =>
        isFailed ? [{ personId, channel: 'SMS' as const, code }] : [],
      ),
    );
    await people.moveShipmentPlace(tx, Math.max(...heard.map(({ sequence }) => sequence)));
    for (const { isFailed } of rows)
      counted.inc({ channel: 'SMS', outcome: isFailed ? 'BOUNCED' : 'DELIVERED' });
  });
  return heard.length;
}

/** Follows the feed of statuses, one look after another. */
export async function keepFollowingShipments(
  deps: Deps,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let count = 0;
    try {
      count = await followShipments(deps);
    } catch (error) {
      deps.log.warn('what became of text messages could not be read', { error });
    }
    if (count < 500) await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}

import type { Database } from '@ranselpost/kit/database';
import type { Bounce } from '../domain/bounce.ts';
import * as deliveries from '../store/deliveries.ts';
import * as people from '../store/people.ts';
import { counted } from './metrics.ts';

/** Takes in that a mail came back after it was taken: its notice goes another way, and the address is not tried again (N15). */
export const hearOfBounce = (
  { db }: { readonly db: Database },
  deliveryId: string,
  { code, isAddress }: Extract<Bounce, { kind: 'FAILED' }>,
): Promise<void> =>
  db.asService(async (tx) => {
    const personId = await deliveries.hearOfBounce(tx, { deliveryId, code });
    if (personId === undefined) return;
    if (isAddress) await people.keepFailing(tx, [{ personId, channel: 'EMAIL', code }]);
    counted.inc({ channel: 'EMAIL', outcome: 'BOUNCED' });
  });

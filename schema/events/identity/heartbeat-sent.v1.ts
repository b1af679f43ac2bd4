import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Everything that identity had committed at `asOf` has been published, and `position` is the `seq` of the last of it.
 * A copy that has committed all up to there is as fresh as `asOf` (S-04). Sent to whoever listens and kept nowhere: only
 * the newest counts.
 */
export const heartbeatSentV1 = defineEvent('identity.heartbeat.sent.v1', 'service', {
  service: z.literal('identity'),
  position: z.int().nonnegative(),
  asOf: z.iso.datetime(),
  /**
   * Until when what the population register said of guardians counts, unless it is heard of again (GUA-01). Null or left
   * out: it does not count, and no guardian is answered.
   */
  guardiansUntil: z.iso.datetime().nullable().optional(),
});

import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * A parent's question by barnelova § 47 has been answered, refused or taken back, and goes to the archive. Says to nobody
 * else which of these it was, about whom, or what was written: `sealed` holds an archive entry, bound to `entryId`.
 */
export const informationRequestClosedV1 = defineEvent('identity.information-request.closed.v1', 'requestId', {
  requestId: z.uuid(),
  entryId: z.uuid(),
  sealed: sealedSchema,
});

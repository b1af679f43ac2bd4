import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * Where a letter goes, as the population register said just now: once for each `notification.address.wanted.v1`. `sealed` holds
 * a postal address under `CONTACT_KEYS`, bound to `letterId`; nobody else learns whether there is one, or why not.
 */
export const addressReadV1 = defineEvent('registry.address.read.v1', 'letterId', {
  letterId: z.uuid(),
  personId: z.uuid(),
  sealed: sealedSchema,
});

import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/** The contact and reservation register (KRR) has been read for a followed adult. `sealed` holds a `ContactRecord`. */
export const contactRecordedV1 = defineEvent('registry.contact.recorded.v1', 'personId', {
  personId: z.uuid(),
  /** Grows with each telling of this person; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  readAt: z.iso.datetime(),
  sealed: sealedSchema,
});

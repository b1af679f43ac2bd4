import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * The contact and reservation register (KRR) has been read for a followed adult, and says something else than was told
 * last. Addresses are only for whoever sends: they are sealed with keys that identity does not hold (decision 0017).
 */
export const contactRecordedV2 = defineEvent('registry.contact.recorded.v2', 'personId', {
  personId: z.uuid(),
  /** Grows with each telling of this person; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  readAt: z.iso.datetime(),
  /** A `ContactPreference`, for identity. */
  sealedPreference: sealedSchema,
  /** A `ContactRecord`, for whoever sends. */
  sealed: sealedSchema,
});

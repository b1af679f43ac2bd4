import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * Folkeregisteret has been read for a followed person. `sealed` holds a `PersonRecord`, or null when the register does
 * not know the number.
 */
export const personRecordedV1 = defineEvent('registry.person.recorded.v1', 'personId', {
  personId: z.uuid(),
  /** Grows with each telling of this person; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  readAt: z.iso.datetime(),
  sealed: sealedSchema,
});

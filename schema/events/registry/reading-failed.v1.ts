import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * What Folkeregisteret says of a followed person cannot be read, so that nobody knows what it says of them now. It is
 * read again for ever; the next `registry.person.recorded.v1` with a higher revision takes this back.
 */
export const readingFailedV1 = defineEvent('registry.reading.failed.v1', 'personId', {
  personId: z.uuid(),
  /** From the same count as in `registry.person.recorded.v1`; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  failedAt: z.iso.datetime(),
  /** Whether there is a document, which breaks what we know of its form, or no usable answer after several tries. */
  reason: z.enum(['DOCUMENT_UNREADABLE', 'NO_ANSWER']),
});

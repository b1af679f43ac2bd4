import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * What the contact and reservation register says of a followed adult cannot be read. What was told last grows old and is
 * left out of `registry.contacts.followed.v1`; the next `registry.contact.recorded.v2` takes this back.
 */
export const contactFailedV1 = defineEvent('registry.contact.failed.v1', 'personId', {
  personId: z.uuid(),
  /** From the same count as in `registry.contact.recorded.v2`. */
  revision: z.int().positive(),
  failedAt: z.iso.datetime(),
});

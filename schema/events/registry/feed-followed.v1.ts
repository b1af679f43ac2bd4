import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * All that a register had made readable by `upTo` has been heard, read and told, before this. Told every few minutes for
 * as long as it is so: silence means that the register is away, and that what was known grows old (GUA-01). Persons of
 * whom `registry.reading.failed.v1` was told last are left out of the promise.
 */
export const feedFollowedV1 = defineEvent('registry.feed.followed.v1', 'register', {
  register: z.literal('FOLKEREGISTERET'),
  upTo: z.iso.datetime(),
});

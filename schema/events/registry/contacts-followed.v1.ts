import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * What was told last of each followed adult's contact data is what the contact and reservation register said at `upTo`, or
 * later. Told every few minutes for as long as it moves on: what is older than a day is not decided on, and what is older
 * than a week not used at all (KRR-07, KRR-12). Whoever `registry.contact.failed.v1` was told of last is left out.
 */
export const contactsFollowedV1 = defineEvent('registry.contacts.followed.v1', 'register', {
  register: z.literal('KRR'),
  upTo: z.iso.datetime(),
});

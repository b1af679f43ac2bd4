import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * A person has lost a ground for seeing a child. Whatever is open for them ends: live streams at once, and every session
 * when no ground at all is left (GUA-10, S-04).
 */
export const accessRevokedV1 = defineEvent('identity.access.revoked.v1', 'personId', {
  personId: z.uuid(),
  childId: z.uuid(),
  hasOtherGrounds: z.boolean(),
});

import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** The municipality has no case for a person any more: the registry worker forgets them (FREG-06). */
export const personUnfollowedV1 = defineEvent('identity.person.unfollowed.v1', 'personId', {
  personId: z.uuid(),
});

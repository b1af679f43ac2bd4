import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * A member of staff holds no role any more: the last one has ended, by what a roster says or by its date. Whatever is open
 * for them as staff ends; as guardian they are somebody else (GUA-24). May be told again while nothing has changed.
 */
export const rolesEndedV1 = defineEvent('identity.roles.ended.v1', 'personId', {
  personId: z.uuid(),
});

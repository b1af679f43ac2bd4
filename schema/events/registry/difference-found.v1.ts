import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * A followed person was compared with Folkeregisteret and was another than what its feed had let us know: an event was
 * lost on the way, and there may be more (FREG-15). What they are now has been told as `registry.person.recorded.v1`.
 */
export const differenceFoundV1 = defineEvent('registry.difference.found.v1', 'personId', {
  personId: z.uuid(),
  foundAt: z.iso.datetime(),
});

import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Who has access to a child, whole: whoever is not in the list has none, and an empty list means nobody. Held and
 * suspended grants are left out, and nothing says that there are any (ADR-04, S-06).
 */
export const guardiansChangedV1 = defineEvent('identity.guardians.changed.v1', 'childId', {
  childId: z.uuid(),
  /** Grows with each change of this child's list; a lower one never overwrites a higher (S-24). */
  revision: z.int().positive(),
  guardians: z.array(
    z.object({
      personId: z.uuid(),
      grantId: z.uuid(),
      ground: z.enum(['PARENTAL_RESPONSIBILITY', 'MANUAL']),
      /**
       * The first day without access, by midnight in Norway: whoever keeps a copy compares it and waits for no later word
       * (GUA-14). Null or left out: no end is known.
       */
      endsOn: z.iso.date().nullable().optional(),
    }),
  ),
});

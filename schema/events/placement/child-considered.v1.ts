import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Whether admission has something open about a child, or a place for it: told when either changes, and again each week while it is so.
 * Identity keeps the child that waits, and lets case workers read what it is called (RET-09). Told of everybody alike, with no unit, no day and no
 * word of who is protected, so that what is told and what is not says nothing more (S-08, ADR-04).
 */
export const childConsideredV1 = defineEvent('placement.child.considered.v1', 'childId', {
  childId: z.uuid(),
  /** A later word has a greater one, also where placement was restored to an earlier day (S-24, S-27). */
  revision: z.int().positive(),
  /** An application, a place on a list, an offer or an appeal is open, an appeal is not in the archive yet, or the child has a place that has yet to begin. */
  isWaiting: z.boolean(),
  /** The child has a place, or will have. */
  hasPlace: z.boolean(),
});

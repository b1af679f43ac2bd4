import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * Folkeregisteret has annulled an entry of parental responsibility in a followed person's document: it was never valid,
 * and whoever had access by it had none to have (FREG-05). What is valid now is told as `registry.person.recorded.v1`.
 */
export const responsibilityAnnulledV1 = defineEvent('registry.responsibility.annulled.v1', 'personId', {
  personId: z.uuid(),
  /** Number of the event in the register's feed. */
  sequence: z.int().nonnegative(),
});

import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * There is a decision on admission, or on what a place costs, for a guardian to read. Whoever sends tells them that, and no more: not what it is
 * about, how it went, nor about whom (MSG-14, ADR-07). One for each guardian; of a protected child none (S-08).
 */
export const decisionReleasedV1 = defineEvent('placement.decision.released.v1', 'decisionId', {
  decisionId: z.uuid(),
  /** Whom it is for. */
  personId: z.uuid(),
  /** By which child they are told: at the moment of sending they must still have access to it (GUA-10). */
  childId: z.uuid(),
  releasedAt: z.iso.datetime(),
});

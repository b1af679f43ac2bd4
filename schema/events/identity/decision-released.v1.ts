import { defineEvent } from '../event.ts';
import { z } from 'zod';

/**
 * There is something that was decided for somebody to read here. Whoever sends tells them that, and no more: not what it is
 * about, how it went, nor about whom (MSG-14, ADR-07). An answer and a refusal are told alike (GUA-20).
 */
export const decisionReleasedV1 = defineEvent('identity.decision.released.v1', 'decisionId', {
  decisionId: z.uuid(),
  /** Whom it is for. */
  personId: z.uuid(),
  releasedAt: z.iso.datetime(),
});

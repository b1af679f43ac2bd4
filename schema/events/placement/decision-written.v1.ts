import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * The letter of a decision of placement, for whoever sends on paper: `sealed` holds a decision letter for their key alone, bound to
 * `decisionId`. Never told of a protected child: that goes by hand (S-08).
 */
export const decisionWrittenV1 = defineEvent('placement.decision.written.v1', 'decisionId', {
  decisionId: z.uuid(),
  personId: z.uuid(),
  sealed: sealedSchema,
});

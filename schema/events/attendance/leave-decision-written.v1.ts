import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * The letter of a decision on leave, for whoever sends on paper: `sealed` holds a decision letter for their key alone, bound to
 * `decisionId`. Never told of what concerns somebody protected: that goes by hand (S-08).
 */
export const leaveDecisionWrittenV1 = defineEvent('attendance.leave-decision.written.v1', 'decisionId', {
  decisionId: z.uuid(),
  personId: z.uuid(),
  sealed: sealedSchema,
});

import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** A guardian has opened a decision on leave: nobody has to tell them of it again, or send it on paper (KRR-09). */
export const leaveDecisionOpenedV1 = defineEvent('attendance.leave-decision.opened.v1', 'decisionId', {
  decisionId: z.uuid(),
  personId: z.uuid(),
  openedAt: z.iso.datetime(),
});

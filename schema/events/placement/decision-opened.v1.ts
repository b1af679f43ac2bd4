import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** A guardian has opened a decision of placement: nobody has to tell them of it again, or send it on paper (KRR-09). */
export const decisionOpenedV1 = defineEvent('placement.decision.opened.v1', 'decisionId', {
  decisionId: z.uuid(),
  personId: z.uuid(),
  openedAt: z.iso.datetime(),
});

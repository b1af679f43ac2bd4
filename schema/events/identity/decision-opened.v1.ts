import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** Somebody has opened what was decided for them: nobody has to tell them of it again, or send it on paper (KRR-09). */
export const decisionOpenedV1 = defineEvent('identity.decision.opened.v1', 'decisionId', {
  decisionId: z.uuid(),
  personId: z.uuid(),
  openedAt: z.iso.datetime(),
});

import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/** What was decided, as a letter: what goes on paper to somebody who is not reached in another way (KRR-04, KRR-09). */
export const decisionLetterSchema = z.object({
  language: z.enum(['nb', 'nn', 'en']),
  text: z.string().min(1),
});

/**
 * The letter of a decision that was released, for whoever sends on paper: `sealed` is for their key alone, bound to
 * `decisionId`. Never told of what concerns somebody protected: that goes by hand (S-08).
 */
export const decisionWrittenV1 = defineEvent('identity.decision.written.v1', 'decisionId', {
  decisionId: z.uuid(),
  personId: z.uuid(),
  sealed: sealedSchema,
});

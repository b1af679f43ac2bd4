import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/** What `sealed` holds in `identity.notice-name.changed.v1`. */
export const noticeNameSchema = z.object({
  /** As the population register has it. */
  firstName: z.string().min(1).max(60),
});

/**
 * By which first name a child may be called in pushes to one of its guardians, who has asked for that (N16); or that it may be no
 * longer. Never told of a protected child, nor to a protected guardian (MSG-14, ADR-07). `sealed` opens for whoever sends alone,
 * bound to `<personId>/<childId>`.
 */
export const noticeNameChangedV1 = defineEvent('identity.notice-name.changed.v1', 'personId', {
  personId: z.uuid(),
  childId: z.uuid(),
  /** Null: it is named no more. */
  sealed: sealedSchema.nullable(),
});

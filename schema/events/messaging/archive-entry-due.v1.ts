import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * Somebody has sent a contact form, or a message was moved to a case: the archive is to have it (ARK-01, MSG-12). `sealed`
 * holds an archive entry for the archive's own key, bound to `entryId`; who tells it cannot open it again. Told once more each
 * week without a receipt.
 */
export const archiveEntryDueV1 = defineEvent('messaging.archive-entry.due.v1', 'entryId', {
  entryId: z.uuid(),
  sealed: sealedSchema,
});

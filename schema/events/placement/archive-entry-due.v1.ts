import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * Something was written or decided about an appeal against admission: the archive is to have it (ADM-06, ARK-01). `sealed` holds an archive entry for
 * the archive's own key, bound to `entryId`; who tells it cannot open it again. Told once more each week without a receipt.
 */
export const archiveEntryDueV1 = defineEvent('placement.archive-entry.due.v1', 'entryId', {
  entryId: z.uuid(),
  sealed: sealedSchema,
});

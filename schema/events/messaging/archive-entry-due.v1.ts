import { defineEvent, sealedSchema } from '../event.ts';
import { z } from 'zod';

/**
 * Somebody has sent a contact form, or a message was moved to a case: the archive is to have it (ARK-01, MSG-12). `sealed`
 * holds an archive entry for the archive's own key, bound to `entryId`; who tells it cannot open it again. Told once more each
 * week without a receipt. Files that go with it were looked at before, and lie where messaging keeps files until the receipt.
 */
export const archiveEntryDueV1 = defineEvent('messaging.archive-entry.due.v1', 'entryId', {
  entryId: z.uuid(),
  sealed: sealedSchema,
  files: z
    .array(
      z.object({
        /** The name under which it lies. */
        fileId: z.uuid(),
        /** Which of the files that were sent it is; one that was refused is missing. */
        place: z.int().min(1).max(10),
        /** What opens it, bound to `fileId`: an `archiveFileSchema`. */
        sealed: sealedSchema,
      }),
    )
    .max(10)
    .optional(),
});

import { archivedShape } from '../archive-entry.ts';
import { defineEvent } from '../event.ts';

/** The archive has an entry that some service told of; that service lets go of it now, and not before (RET-02, ARK-08). */
export const archiveEntryFiledV1 = defineEvent(
  'notification.archive-entry.filed.v1',
  'entryId',
  archivedShape,
);

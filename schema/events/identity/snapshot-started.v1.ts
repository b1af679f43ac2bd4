import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** Every access fact follows once more, until the snapshot with the same id is completed. For copies that missed some. */
export const snapshotStartedV1 = defineEvent('identity.snapshot.started.v1', 'snapshotId', {
  snapshotId: z.uuid(),
  /** True when everybody whom identity follows is told as well: the registry tells of all of them anew. */
  hasFollowed: z.boolean().optional(),
});

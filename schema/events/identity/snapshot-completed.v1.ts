import { defineEvent } from '../event.ts';
import { z } from 'zod';

/** Every access fact has been told since the snapshot started: what a copy holds and was not told of is gone. */
export const snapshotCompletedV1 = defineEvent('identity.snapshot.completed.v1', 'snapshotId', {
  snapshotId: z.uuid(),
});

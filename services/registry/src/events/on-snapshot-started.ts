import { type Handler, on } from '@ranselpost/kit/consume';
import { snapshotStartedV1 } from '@ranselpost/schema/events/identity/snapshot-started.v1';
import { tellEverybodyAgain } from '../usecases/start-over.ts';

/** Most snapshots are for copies of who may see whom; those that tell who is followed are for us. */
export const onSnapshotStarted: Handler = on(snapshotStartedV1, async (tx, { hasFollowed }) => {
  if (hasFollowed === true) await tellEverybodyAgain(tx);
});

import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { snapshotCompletedV1 } from '@ranselpost/schema/events/identity/snapshot-completed.v1';
import { snapshotStartedV1 } from '@ranselpost/schema/events/identity/snapshot-started.v1';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import * as snapshots from '../store/snapshots.ts';
import * as units from '../store/units.ts';
import type { Deps, EventDeps } from './deps.ts';
import { guardiansFacts } from './tell-guardians.ts';
import { enrolmentsFacts, rolesFacts } from './tell-places.ts';

const batchSize = 500;

/**
 * Begins to tell every access fact once more, unless that is under way or what was told last is not even published: copies
 * repeat their question until they are answered, and one answer is for all of them. Answers whether it began.
 */
export async function startSnapshot({ db, newId }: Deps): Promise<boolean> {
  return db.asService(async (tx) => {
    const snapshotId = newId();
    if (!(await snapshots.start(tx, snapshotId, snapshotCompletedV1.type))) return false;
    await tellAll(tx, [fact(snapshotStartedV1, { snapshotId })]);
    return true;
  });
}

/**
 * Tells the next batch of a snapshot that has begun, and how far it has come in the same transaction, so that one that
 * was killed goes on where it was (S-21). Answers false when there is none or it is done.
 */
export async function tellSnapshotBatch(deps: Deps): Promise<boolean> {
  return deps.db.asService(async (tx) => {
    const running = await snapshots.running(tx);
    if (running === undefined) return false;
    const ids = await snapshots.next(tx, running, batchSize);
    await tellAll(tx, await phases[running.phase]({ ...deps, db: tx }, ids));
    if (ids.length === batchSize) {
      await snapshots.moveOn(tx, running.phase, ids.at(-1)!);
      return true;
    }
    const following = order[order.indexOf(running.phase) + 1];
    if (following !== undefined) {
      await snapshots.moveOn(tx, following, null);
      return true;
    }
    await tellAll(tx, [fact(snapshotCompletedV1, { snapshotId: running.snapshotId })]);
    await snapshots.complete(tx);
    return false;
  });
}

const order: readonly snapshots.Phase[] = ['units', 'roles', 'children'];

const phases: Readonly<
  Record<snapshots.Phase, (deps: EventDeps, ids: readonly string[]) => Promise<readonly Fact[]>>
> = {
  units: async ({ db }, ids) => (await units.told(db, ids)).map((unit) => fact(unitChangedV1, unit)),
  roles: rolesFacts,
  children: async (deps, ids) => [
    ...(await guardiansFacts(deps, ids)),
    ...(await enrolmentsFacts(deps, ids)),
  ],
};

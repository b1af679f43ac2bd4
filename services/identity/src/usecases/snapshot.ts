import { type Fact, fact, tellAll } from '@ranselpost/kit/outbox';
import { snapshotCompletedV1 } from '@ranselpost/schema/events/identity/snapshot-completed.v1';
import { snapshotStartedV1 } from '@ranselpost/schema/events/identity/snapshot-started.v1';
import { unitChangedV1 } from '@ranselpost/schema/events/identity/unit-changed.v1';
import * as erasures from '../store/erasures.ts';
import * as noticeNames from '../store/notice-names.ts';
import * as persons from '../store/persons.ts';
import * as snapshots from '../store/snapshots.ts';
import { takeTurn } from '../store/turn.ts';
import * as units from '../store/units.ts';
import type { Deps, EventDeps, PlacementDeps } from './deps.ts';
import { descriptionFacts } from './describe-children.ts';
import { toErasedFact } from './erase-persons.ts';
import { featureFacts } from './tell-features.ts';
import { toFollowedFacts } from './tell-followed.ts';
import { guardiansFacts } from './tell-guardians.ts';
import { deviceFacts } from './register-push-device.ts';
import { settingsFacts } from './tell-settings.ts';
import { enrolmentsFacts, rolesFacts } from './tell-places.ts';
import { raisedFacts } from './tell-raised.ts';

const batchSize = 500;

/**
 * Begins to tell every access fact once more, unless that is under way or what was told last is not even published: copies
 * repeat their question until they are answered, and one answer is for all of them. Answers whether it began.
 */
export async function startSnapshot({ db, newId }: Deps, { hasFollowed = false } = {}): Promise<boolean> {
  return db.asService(async (tx) => {
    // Whatever is told before the beginning has been committed by then, and is told again.
    await takeTurn(tx);
    const beginning = { snapshotId: newId(), hasFollowed };
    if (!(await snapshots.start(tx, beginning, snapshotCompletedV1.type))) return false;
    await tellAll(tx, [toStarted(beginning)]);
    return true;
  });
}

/** Begins to tell everything anew, whatever is under way, as news to everybody whatever they have heard (S-24, S-27). */
export async function startSnapshotAbove({ db, newId }: EventDeps): Promise<void> {
  const beginning = { snapshotId: newId(), hasFollowed: true };
  await snapshots.startAbove(db, beginning);
  await tellAll(db, [toStarted(beginning)]);
}

const toStarted = ({ snapshotId, hasFollowed }: snapshots.Beginning): Fact =>
  fact(snapshotStartedV1, hasFollowed ? { snapshotId, hasFollowed } : { snapshotId });

/**
 * Tells the next batch of a snapshot that has begun, and how far it has come in the same transaction, so that one that
 * was killed goes on where it was (S-21). Answers false when there is none or it is done.
 */
export async function tellSnapshotBatch(deps: PlacementDeps): Promise<boolean> {
  return deps.db.asService(async (tx) => {
    const running = await snapshots.running(tx);
    if (running === undefined) return false;
    const ids = await snapshots.next(tx, running, batchSize);
    await tellAll(tx, await phases[running.phase]({ ...deps, db: tx }, ids));
    if (ids.length === batchSize) {
      await snapshots.moveOn(tx, running.phase, ids.at(-1)!);
      return true;
    }
    // Copies open again as soon as they can, and do not wait for what they have no use for.
    if (running.phase === 'children')
      await tellAll(tx, [fact(snapshotCompletedV1, { snapshotId: running.snapshotId })]);
    const following = order[order.indexOf(running.phase) + 1];
    if (following !== undefined && (following !== 'followed' || running.hasFollowed)) {
      await snapshots.moveOn(tx, following, null);
      return true;
    }
    await snapshots.complete(tx);
    return false;
  });
}

/** Who was erased comes first, and who is protected: no copy is whole before it has done the same (S-27, ADR-12). */
const order: readonly snapshots.Phase[] = [
  'erased',
  'concealed',
  'units',
  'roles',
  'settings',
  'children',
  'followed',
];

const phases: Readonly<
  Record<
    snapshots.Phase,
    (
      deps: EventDeps & Pick<PlacementDeps, 'placementKey'>,
      ids: readonly string[],
    ) => Promise<readonly Fact[]>
  >
> = {
  erased: async ({ db }, ids) => (await erasures.byIds(db, ids)).map(toErasedFact),
  concealed: raisedFacts,
  units: async (deps, ids) => [
    ...(await units.told(deps.db, ids)).map((unit) => fact(unitChangedV1, unit)),
    ...(await featureFacts(deps, ids)),
  ],
  roles: rolesFacts,
  settings: async (deps, ids) => {
    // Told anew by themselves, a little later: they are worked out and not kept.
    await noticeNames.forgetTold(deps.db, ids);
    return [...(await settingsFacts(deps, ids)), ...(await deviceFacts(deps, ids))];
  },
  children: async (deps, ids) => [
    ...(await guardiansFacts(deps, ids)),
    ...(await enrolmentsFacts(deps, ids)),
    ...(await descriptionFacts(deps, ids)),
  ],
  followed: async (deps, ids) =>
    toFollowedFacts(
      deps,
      [...(await persons.load(deps.db, ids))].flatMap(([personId, { followedAs }]) =>
        followedAs === null ? [] : [{ personId, reason: followedAs }],
      ),
    ),
};

import type { Bus } from '@ranselpost/kit/bus';
import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import {
  type SnapshotWish,
  readSnapshotWish,
  snapshotRequestSubject,
} from '@ranselpost/kit/snapshot-request';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlacementDeps } from '../usecases/deps.ts';
import { startSnapshot, tellSnapshotBatch } from '../usecases/snapshot.ts';
import { hasForgotten, startOverAbove } from '../usecases/start-over.ts';

const sweepMs = 2_000;

/**
 * Answers copies that ask for everything. The question goes to one replica; the telling is one replica's work, which
 * another takes over when it dies. A copy that has heard what nobody here remembers is believed after `patienceMs`: by then
 * the relay has found out by itself, and knows more, unless the stream was lost too.
 */
export function onSnapshotRequested(deps: PlacementDeps, bus: Bus, life: Life, patienceMs = 20_000): void {
  const { db, log } = deps;
  let wake = Promise.withResolvers<void>();
  let disputed: { since: number; last: number } | undefined;

  const answer = async ({ wants, heard }: SnapshotWish): Promise<boolean> => {
    if (!(await hasForgotten(deps, heard)))
      return wants !== 'nothing' && (await startSnapshot(deps, { hasFollowed: wants === 'followed' }));
    const now = Date.now();
    // Copies ask every two seconds, and later where they are busy.
    const isNew = disputed === undefined || now - disputed.last > 3 * patienceMs;
    const since = isNew || disputed === undefined ? now : disputed.since;
    disputed = { since, last: now };
    if (now - since < patienceMs) return false;
    await startOverAbove(deps, heard);
    log.error('a copy has heard what was not told here; everything is told anew', { position: heard.place });
    disputed = undefined;
    return true;
  };

  const questions = bus.connection.subscribe(snapshotRequestSubject, { queue: 'identity' });
  void (async () => {
    for await (const question of questions) {
      try {
        if (!(await answer(readSnapshotWish(question)))) continue;
        log.info('a snapshot was asked for');
        wake.resolve();
      } catch (error) {
        log.warn('a snapshot could not be started', { error });
      }
    }
  })();
  const lease = holdLease({ databaseUrl: db.url, name: 'snapshot', log }, async (signal) => {
    while (!signal.aborted) {
      wake = Promise.withResolvers<void>();
      try {
        while (!signal.aborted && (await tellSnapshotBatch(deps)));
      } catch (error) {
        log.warn('a snapshot has to wait', { error });
      }
      await Promise.race([wake.promise, sleep(sweepMs, undefined, { signal })]).catch(() => {});
    }
  });
  life.onStop('snapshot', () => {
    questions.unsubscribe();
    return lease.stop();
  });
}

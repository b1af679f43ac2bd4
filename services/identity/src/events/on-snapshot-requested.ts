import type { Bus } from '@ranselpost/kit/bus';
import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { snapshotRequestSubject } from '@ranselpost/kit/snapshot-request';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../usecases/deps.ts';
import { startSnapshot, tellSnapshotBatch } from '../usecases/snapshot.ts';

const sweepMs = 2_000;

/**
 * Answers copies that ask for everything. The question goes to one replica; the telling is one replica's work, which
 * another takes over when it dies.
 */
export function onSnapshotRequested(deps: Deps, bus: Bus, life: Life): void {
  const { db, log } = deps;
  let wake = Promise.withResolvers<void>();
  const questions = bus.connection.subscribe(snapshotRequestSubject, { queue: 'identity' });
  void (async () => {
    for await (const _question of questions) {
      try {
        if (await startSnapshot(deps)) {
          log.info('a snapshot was asked for');
          wake.resolve();
        }
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

import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../usecases/deps.ts';
import { forgetOldReads, sealReads, tellHead } from '../usecases/keep-access-log.ts';
import { watchReading } from '../usecases/watch-reading.ts';

const everyMs = 1_000;
const watchEveryMs = 60_000;
const forgetEveryMs = 3_600_000;

/** Seals what staff have read, a block a second, looks whether it is more than expected, and lets go of what is too old. */
export function accessLogKeeper(deps: Deps, life: Life, budget: number): void {
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'access log', log: deps.log }, async (signal) => {
    let [watchedAt, forgotAt] = [0, 0];
    while (!signal.aborted) {
      let isMore = false;
      try {
        isMore = await sealReads(deps);
        await tellHead(deps);
        if (Date.now() - watchedAt > watchEveryMs) {
          await watchReading(deps, budget);
          watchedAt = Date.now();
        }
        if (Date.now() - forgotAt > forgetEveryMs) {
          await forgetOldReads(deps);
          forgotAt = Date.now();
        }
      } catch (error) {
        deps.log.warn('the access log has to wait', { error });
      }
      if (!isMore) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('access log', lease.stop);
}

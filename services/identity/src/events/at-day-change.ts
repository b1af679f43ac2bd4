import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../usecases/deps.ts';
import { endByAge } from '../usecases/end-by-age.ts';

const everyMs = 30_000;

/** Looks for what a new day has ended. Often, because a machine may sleep through midnight. */
export function atDayChange(deps: Deps, life: Life): void {
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'day change', log: deps.log }, async (signal) => {
    while (!signal.aborted) {
      try {
        const count = await endByAge(deps);
        if (count > 0) deps.log.info('children have come of age', { count });
      } catch (error) {
        deps.log.warn('the day change has to wait', { error });
      }
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('day change', lease.stop);
}

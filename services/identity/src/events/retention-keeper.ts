import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../usecases/deps.ts';
import { forgetOldErasures, tellErasuresAgain, watchErasures } from '../usecases/follow-erasures.ts';
import { forgetTablets } from '../usecases/forget-tablets.ts';
import { retain } from '../usecases/retain.ts';

const everyMs = 60_000;

/** Erases by day whoever is nobody's case any more, and follows up until every service has answered for it (RET). */
export function retentionKeeper(deps: Deps, life: Life): void {
  const { log } = deps;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'retention', log }, async (signal) => {
    const tasks = [
      async () => {
        const count = await retain(deps);
        if (count > 0) log.info('everybody was looked at for retention', { count });
      },
      async () => {
        const count = await tellErasuresAgain(deps);
        if (count > 0) log.warn('erasures were not acknowledged and are told again', { count });
      },
      async () => {
        if (await watchErasures(deps)) log.error('a service has not acknowledged erasures for a day');
      },
      () => forgetOldErasures(deps),
      () => forgetTablets(deps),
    ];
    while (!signal.aborted) {
      for (const task of tasks)
        await task().catch((error: unknown) => log.warn('retention has to wait', { error }));
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('retention', lease.stop);
}

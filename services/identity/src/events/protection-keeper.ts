import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../usecases/deps.ts';
import { tellRaisedAgain, watchRaised } from '../usecases/tell-raised.ts';

const everyMs = 10_000;

/** Follows up until every service has let go of what it kept of somebody whose protection was raised (ADR-12). */
export function protectionKeeper(deps: Deps, life: Life): void {
  const { log } = deps;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'protection', log }, async (signal) => {
    const tasks = [
      async () => {
        const count = await tellRaisedAgain(deps);
        if (count > 0) log.warn('raises of protection were not acknowledged and are told again', { count });
      },
      async () => {
        if (await watchRaised(deps))
          log.error('a service has not acknowledged a raise of protection for five minutes');
      },
    ];
    while (!signal.aborted) {
      for (const task of tasks)
        await task().catch((error: unknown) => log.warn('following up on protection has to wait', { error }));
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('protection', lease.stop);
}

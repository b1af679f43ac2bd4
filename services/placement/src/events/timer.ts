import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TimerDeps } from '../usecases/deps.ts';
import { expireDueOffers } from '../usecases/expire-offers.ts';

const everyMs = 500;

/** Does what is due by the clock, in one replica: ends offers that nobody has answered in time. */
export function startTimer(deps: TimerDeps, life: Life): void {
  const { log } = life;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'timer', log }, async (signal) => {
    while (!signal.aborted) {
      const wasAny = await expireDueOffers(deps).catch((error: unknown) => {
        log.warn('what is due has to wait', { error });
        return false;
      });
      if (!wasAny) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('timer', lease.stop);
}

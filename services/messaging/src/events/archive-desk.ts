import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../usecases/deps.ts';
import { tellUnheardEntries } from '../usecases/seal-for-archive.ts';

const everyMs = 60_000;

/** Tells the archive once more what it has not acknowledged, in one replica. */
export function archiveDesk(deps: Deps, life: Life): void {
  const { log } = life;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'archive desk', log }, async (signal) => {
    while (!signal.aborted) {
      const isMore = await tellUnheardEntries(deps).catch((error: unknown) => {
        log.warn('the archive has to wait', { error });
        return false;
      });
      if (!isMore) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('archive desk', lease.stop);
}

import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import { forgetInformationTexts, submitToArchive } from '../usecases/archive-information-requests.ts';
import type { ArchiveDeps } from '../usecases/deps.ts';
import { sortInformationRequests } from '../usecases/sort-information-requests.ts';

const everyMs = 2_000;

/** What happens to requests for information while nobody waits: sorting, archiving, forgetting. */
export function informationDesk(deps: ArchiveDeps, life: Life): void {
  const { log } = deps;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'information desk', log }, async (signal) => {
    while (!signal.aborted) {
      for (const work of [sortInformationRequests, submitToArchive, forgetInformationTexts]) {
        try {
          await work(deps);
        } catch (error) {
          log.warn('requests for information have to wait', { error });
        }
      }
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('information desk', lease.stop);
}

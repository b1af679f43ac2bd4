import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../usecases/deps.ts';
import { dropOldNews } from '../usecases/publish-due-news.ts';
import { sealNextFile } from '../usecases/seal-next-file.ts';
import { dropOldFiles, eraseNext, lookAtNext, sweepFiles } from '../usecases/tend-files.ts';

const everyMs = 1_000;
const everyRounds = 600;

/** Looks after files, in one replica: at what waits to be looked at, or sealed for the archive, and that what is gone is gone; and that old news are. */
export function tendFiles(deps: Deps, life: Life, newsKeptDays: number): void {
  const { log } = life;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'files', log }, async (signal) => {
    for (let round = 0; !signal.aborted; round += 1) {
      try {
        while (
          !signal.aborted &&
          ((await lookAtNext(deps)) || (await sealNextFile(deps)) || (await eraseNext(deps)))
        );
        if (round % everyRounds === 0) {
          await dropOldNews(deps, newsKeptDays);
          await dropOldFiles(deps);
          const swept = await sweepFiles(deps);
          if (swept > 0) log.warn('files that nothing knew of have been removed', { count: swept });
        }
      } catch (error) {
        log.warn('files have to wait', { error });
      }
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('files', lease.stop);
}

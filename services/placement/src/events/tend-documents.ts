import { eraseNext, lookAtNext, sweepFiles } from '@ranselpost/kit/files/desk';
import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileDeps } from '../usecases/deps.ts';
import { deskOf } from '../usecases/take-document.ts';
import { dropOldDocuments } from '../usecases/tend-documents.ts';

const everyMs = 1_000;
const everyRounds = 600;

/** Looks after documents, in one replica: at what waits to be looked at, that what is over goes, and that what is gone is gone. */
export function tendDocuments(deps: FileDeps, life: Life): void {
  const { log } = life;
  const desk = deskOf(deps);
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'files', log }, async (signal) => {
    for (let round = 0; !signal.aborted; round += 1) {
      try {
        if (round % everyRounds === 0) {
          await dropOldDocuments(deps);
          const swept = await sweepFiles(desk);
          if (swept > 0) log.warn('files that nothing knew of have been removed', { count: swept });
        }
        while (!signal.aborted && ((await lookAtNext(desk)) || (await eraseNext(desk))));
      } catch (error) {
        log.warn('documents have to wait', { error });
      }
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('files', lease.stop);
}

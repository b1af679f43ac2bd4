import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArchiveDeps } from '../usecases/deps.ts';
import { tellNoticeNames } from '../usecases/tell-notice-names.ts';

const everyMs = 10_000;

/** Keeps whoever sends informed of whom notices may name (N16). */
export function noticeNameKeeper(deps: ArchiveDeps, life: Life): void {
  const { db, log } = deps;
  const lease = holdLease({ databaseUrl: db.url, name: 'notice names', log }, async (signal) => {
    while (!signal.aborted) {
      const isMore = await tellNoticeNames(deps).catch((error: unknown) => {
        log.warn('names in notices have to wait', { error });
        return false;
      });
      if (!isMore) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('notice names', lease.stop);
}

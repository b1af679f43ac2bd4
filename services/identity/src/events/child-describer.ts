import { holdLease } from '@ranselpost/kit/lease';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PlacementDeps, today } from '../usecases/deps.ts';
import { describeChildren, lookThroughChildren } from '../usecases/describe-children.ts';

const everyMs = 1_000;

/** Keeps placement informed of what admission has to know of children (BHG-01, BHG-03). */
export function childDescriber(deps: PlacementDeps, life: Life): void {
  const { db, log } = deps;
  const lease = holdLease({ databaseUrl: db.url, name: 'descriptions of children', log }, async (signal) => {
    let lookedOn: LocalDate | undefined;
    const tell = async (): Promise<boolean> => {
      const day = today(deps);
      if (day !== lookedOn) await lookThroughChildren(deps);
      lookedOn = day;
      return describeChildren(deps);
    };
    while (!signal.aborted) {
      const isMore = await tell().catch((error: unknown) => {
        log.warn('descriptions of children have to wait', { error });
        return false;
      });
      if (!isMore) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('descriptions of children', lease.stop);
}

import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deps, today } from '../usecases/deps.ts';
import { endByDay } from '../usecases/end-by-day.ts';
import { endRoles } from '../usecases/end-roles.ts';
import { expireProposals, openReviews } from '../usecases/open-reviews.ts';
import { stopAskingResidence } from '../usecases/stop-asking-residence.ts';
import { tellFeatures } from '../usecases/tell-features.ts';

const everyMs = 30_000;

/** Looks for what a new day has ended, opened or made due. Often, because a machine may sleep through midnight. */
export function atDayChange(deps: Deps, life: Life): void {
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'day change', log: deps.log }, async (signal) => {
    // Told again by whoever takes over during the day, which changes nothing for those who heard it.
    let rolesEndedFor: LocalDate | undefined;
    const tasks = [
      async () => {
        const count = await endByDay(deps);
        if (count > 0) deps.log.info('access has ended by its date', { count });
      },
      () => openReviews(deps),
      async () => void (await expireProposals(deps)),
      async () => {
        const day = today(deps);
        if (day !== rolesEndedFor) await endRoles(deps, day);
        rolesEndedFor = day;
      },
      async () => void (await stopAskingResidence(deps)),
      async () => {
        const count = await tellFeatures(deps);
        if (count > 0) deps.log.info('features have changed at units', { count });
      },
    ];
    while (!signal.aborted) {
      for (const task of tasks)
        await task().catch((error: unknown) => deps.log.warn('the day change has to wait', { error }));
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('day change', lease.stop);
}

import { holdLease } from '@ranselpost/kit/lease';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkNextAlert } from '../usecases/alert-of-absences.ts';
import { closeForgottenDays } from '../usecases/close-forgotten-days.ts';
import type { TimerDeps } from '../usecases/deps.ts';
import { keepSchoolYears } from '../usecases/keep-school-years.ts';

const everyMs = 500;

/** Does what is due by the clock, in one replica: alerts one at a time, and the rest when it is started and whenever a new day begins. */
export function startTimer(deps: TimerDeps, life: Life): void {
  const { log } = life;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'timer', log }, async (signal) => {
    let doneOn: string | undefined;
    while (!signal.aborted) {
      let isMore = false;
      try {
        const today = localDateAt(deps.now());
        if (doneOn !== today) {
          await keepSchoolYears(deps);
          await closeForgottenDays(deps);
          doneOn = today;
        }
        isMore = await checkNextAlert(deps);
      } catch (error) {
        log.warn('what is due has to wait', { error });
      }
      if (!isMore) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('timer', lease.stop);
}

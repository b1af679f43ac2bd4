import { holdLease } from '@ranselpost/kit/lease';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkNextAlert } from '../usecases/alert-of-absences.ts';
import { forgetLeaveTexts, tellUnheardLeave } from '../usecases/archive-leave.ts';
import { askNextStillSick, forgetStillSick } from '../usecases/ask-still-sick.ts';
import { closeForgottenDays } from '../usecases/close-forgotten-days.ts';
import type { ClockDeps } from '../usecases/deps.ts';
import { forgetNextOfRegister } from '../usecases/forget-register.ts';
import { forgetCauses } from '../usecases/forget-causes.ts';
import { forgetHolidaySurveys, tellNextSurvey } from '../usecases/tell-holiday-surveys.ts';
import { keepSchoolYears } from '../usecases/keep-school-years.ts';
import { watchNextAbsence } from '../usecases/watch-absence.ts';

const everyMs = 500;
/** Whenever a new day begins, and when the service is started. */
const daily: readonly ((deps: ClockDeps) => Promise<unknown>)[] = [
  keepSchoolYears,
  closeForgottenDays,
  forgetStillSick,
  forgetCauses,
  forgetHolidaySurveys,
  tellUnheardLeave,
  forgetLeaveTexts,
];
/** What is due at an instant: one of each at a time, so that none waits for all of another. */
const due: readonly ((deps: ClockDeps) => Promise<boolean>)[] = [
  forgetNextOfRegister,
  checkNextAlert,
  askNextStillSick,
  watchNextAbsence,
  tellNextSurvey,
];

/** Does what is due by the clock, in one replica: alerts and questions one at a time, and the rest when it is started and whenever a new day begins. */
export function startTimer(deps: ClockDeps, life: Life): void {
  const { log } = life;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'timer', log }, async (signal) => {
    // What fails waits by itself: an alert that is due waits for nothing else.
    const isDone = async (work: () => Promise<unknown>): Promise<boolean> => {
      try {
        return (await work()) !== false;
      } catch (error) {
        log.warn('what is due has to wait', { error });
        return false;
      }
    };
    const doneOn = new Map<(typeof daily)[number], string>();
    while (!signal.aborted) {
      const today = localDateAt(deps.now());
      for (const work of daily)
        if (doneOn.get(work) !== today && (await isDone(() => work(deps)))) doneOn.set(work, today);
      let wasAny = false;
      for (const work of due) wasAny = (await isDone(() => work(deps))) || wasAny;
      if (!wasAny) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('timer', lease.stop);
}

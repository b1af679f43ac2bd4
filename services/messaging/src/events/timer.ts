import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TimerDeps } from '../usecases/deps.ts';
import { dropDrafts } from '../usecases/drop-drafts.ts';
import { publishNextNews, tellNextOfNews } from '../usecases/publish-due-news.ts';
import { remindOfMeetings } from '../usecases/remind-of-meetings.ts';
import { remindOfSlips } from '../usecases/remind-of-slips.ts';
import { sendNextDraft } from '../usecases/send-due-drafts.ts';
import { sendNextBroadcast, tellNextRecipients } from '../usecases/send-due-broadcasts.ts';

const everyMs = 500;
const sweepMs = 600_000;

/** Does what is due by the clock, in one replica: each task does one thing at a time and says whether there may be more. */
export function startTimer(deps: TimerDeps, life: Life): void {
  const { log } = life;
  const tasks = [
    ...[sendNextBroadcast, tellNextRecipients, publishNextNews, tellNextOfNews],
    ...[remindOfMeetings, remindOfSlips, sendNextDraft],
  ];
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'timer', log }, async (signal) => {
    let sweepAt = deps.now().getTime();
    const sweep = async (): Promise<boolean> => {
      if (deps.now().getTime() < sweepAt) return false;
      sweepAt = deps.now().getTime() + sweepMs;
      await dropDrafts(deps);
      return false;
    };
    while (!signal.aborted) {
      let isMore = false;
      for (const task of [...tasks, sweep])
        try {
          isMore = (await task(deps)) || isMore;
        } catch (error) {
          log.warn('what is due has to wait', { error });
        }
      if (!isMore) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('timer', lease.stop);
}

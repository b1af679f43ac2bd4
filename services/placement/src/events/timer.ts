import { holdLease } from '@ranselpost/kit/lease';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import { tellUnheardAppeals } from '../usecases/archive-appeal.ts';
import type { TimerDeps } from '../usecases/deps.ts';
import { endPlacesByAge } from '../usecases/end-by-age.ts';
import { expireDueOffers } from '../usecases/expire-offers.ts';
import { forgetNextApplications } from '../usecases/forget-applications.ts';
import { publishDueRounds } from '../usecases/publish-round.ts';
import { lookThroughConsidered, tellConsidered } from '../usecases/tell-considered.ts';
import { writeDueLetters } from '../usecases/write-letters.ts';

const everyMs = 500;

/**
 * Does what is due by the clock, in one replica: ends offers that nobody has answered in time, and once a day places of children who begin school; publishes rounds where that was cut off; writes letters; tells the archive again what it has not
 * acknowledged; tells identity whom admission considers; forgets applications that came to nothing, when it is started and whenever a new day
 * begins (RET-12).
 */
export function startTimer(deps: TimerDeps, life: Life): void {
  const { log } = life;
  const lease = holdLease({ databaseUrl: deps.db.url, name: 'timer', log }, async (signal) => {
    // What fails waits by itself, and nothing else waits for it.
    const wasAnyOf = (work: Promise<boolean>): Promise<boolean> =>
      work.catch((error: unknown) => {
        log.warn('what is due has to wait', { error });
        return false;
      });
    let forgotOn: string | null = null;
    let lookedOn: string | null = null;
    let agedOn: string | null = null;
    while (!signal.aborted) {
      const hasEnded = await wasAnyOf(expireDueOffers(deps));
      const hasPublished = await wasAnyOf(publishDueRounds(deps));
      const hasWritten = await wasAnyOf(writeDueLetters(deps));
      const today = localDateAt(deps.now());
      if (lookedOn !== today && (await wasAnyOf(lookThroughConsidered(deps).then(() => true))))
        lookedOn = today;
      if (agedOn !== today && (await wasAnyOf(endPlacesByAge(deps).then(() => true)))) agedOn = today;
      const hasTold = await wasAnyOf(tellConsidered(deps));
      const wasAny =
        (await wasAnyOf(tellUnheardAppeals(deps))) || hasEnded || hasPublished || hasWritten || hasTold;
      if (forgotOn !== today && !(await wasAnyOf(forgetNextApplications(deps)))) forgotOn = today;
      if (!wasAny) await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('timer', lease.stop);
}

import { holdLease } from '@ranselpost/kit/lease';
import type { Life } from '@ranselpost/kit/service';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../usecases/deps.ts';
import { askAgain } from '../usecases/hold-unreadable.ts';
import { letThrough } from '../usecases/let-through.ts';
import { noteAbsence } from '../usecases/note-register.ts';

const everyMs = 30_000;

/** Sees to what the registry does not say: that it is away, and what was lost of its words. */
export function tendRegister(deps: Deps, life: Life): void {
  const { db, log } = deps;
  const lease = holdLease({ databaseUrl: db.url, name: 'register', log }, async (signal) => {
    while (!signal.aborted) {
      try {
        if (await noteAbsence(deps))
          log.error('the register has been away for too long: no guardian is answered');
        const count = await askAgain(deps);
        if (count > 0) log.warn('the registry is asked again for what was lost', { count });
        const released = await letThrough(deps);
        if (released > 0) log.info('what was held in quarantine was let go', { count: released });
      } catch (error) {
        log.warn('tending the register has to wait', { error });
      }
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  });
  life.onStop('register', lease.stop);
}

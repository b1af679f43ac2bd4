import { setTimeout as sleep } from 'node:timers/promises';
import { featuresOf } from '../domain/notice.ts';
import type { Settlement } from '../store/deliveries.ts';
import * as notices from '../store/notices.ts';
import type { Deps } from './deps.ts';
import { Dispatcher, settleDeliveries, takeNotices } from './send-notices.ts';

/** Notices taken at once, and how many of them may be under way: what a crash leaves to be found again. */
const batchSize = 200;
const underWayMost = 600;
const sweepMs = 1_000;
const releaseEveryMs = 1_000;
const keptDays = 180;

/**
 * Sends what is due until the signal fires, and then waits for what is under way. What became of each is written down as soon
 * as the writing before is done: a crash leaves little that is not known. Any number of replicas may do so at once.
 */
export async function keepSending(
  deps: Deps,
  { signal, onWake }: { readonly signal: AbortSignal; readonly onWake: (awaken: () => void) => void },
): Promise<void> {
  const dispatcher = new Dispatcher(deps);
  let underWay = 0;
  let wake = Promise.withResolvers<void>();
  const recorder = record(deps, () => wake.resolve());
  onWake(() => wake.resolve());
  const releasing = keepReleasing(deps, signal);

  while (!signal.aborted) {
    wake = Promise.withResolvers<void>();
    const room = Math.min(batchSize, underWayMost - underWay);
    let count = 0;
    try {
      if (room >= batchSize / 2) {
        const taken = await takeNotices(deps, room);
        count = taken.count;
        for (const outgoing of taken.outgoing) {
          underWay += 1;
          void dispatcher.send(outgoing).then((settlement) => {
            underWay -= 1;
            recorder.add(settlement);
            if (underWay <= underWayMost - batchSize) wake.resolve();
          });
        }
      }
    } catch (error) {
      deps.log.warn('notices could not be taken', { error });
      await sleep(sweepMs, undefined, { signal }).catch(() => {});
    }
    if (count > 0) continue;
    await Promise.race([sleep(sweepMs, undefined, { signal }), wake.promise]).catch(() => {});
  }
  while (underWay > 0) await sleep(20);
  await recorder.drain();
  await releasing;
}

/** Writes down settlements in the order they come, all that have come meanwhile at once; again, while the database is away. */
function record(
  deps: Deps,
  onWritten: () => void,
): { add(settlement: Settlement): void; drain(): Promise<void> } {
  const waiting: Settlement[] = [];
  let writing: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const some = waiting.splice(0, 500);
      for (let tries = 1; ; tries += 1) {
        try {
          await settleDeliveries(deps, some);
          break;
        } catch (error) {
          deps.log.warn('what was sent could not be written down', {
            count: some.length,
            attempt: tries,
            error,
          });
          // What is not written down by the end of the lease is found, and handed over again under the same id.
          if (tries * sweepMs > deps.leaseMs) break;
          await sleep(sweepMs);
        }
      }
    }
    writing = undefined;
    onWritten();
  };
  return {
    add: (settlement) => {
      waiting.push(settlement);
      writing ??= write();
    },
    drain: async () => void (await writing),
  };
}

/** Lets go on what was held, within seconds of what held it being over; and forgets what is old. */
async function keepReleasing(deps: Deps, signal: AbortSignal): Promise<void> {
  let forgottenAt = 0;
  while (!signal.aborted) {
    try {
      await deps.db.asService((tx) => notices.release(tx, featuresOf));
      if (Date.now() - forgottenAt > 3_600_000) {
        await deps.db.asService((tx) => notices.forgetOld(tx, keptDays));
        forgottenAt = Date.now();
      }
    } catch (error) {
      deps.log.warn('what is held could not be looked at', { error });
    }
    await sleep(releaseEveryMs, undefined, { signal }).catch(() => {});
  }
}

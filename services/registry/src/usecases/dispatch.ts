import type { Log } from '@ranselpost/kit/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { RegisterFault } from '@ranselpost/kit/outside/fault';

export interface DispatchOptions<Item> {
  /** What is done, for the log. */
  readonly operation: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** How many batches may be under way at once. The last of the places is kept for what is urgent. */
  readonly places: number;
  readonly idOf: (item: Item) => string;
  /** The next to be done, without those who are under way already. */
  readonly next: (except: readonly string[], isUrgentOnly: boolean) => Promise<readonly Item[]>;
  readonly work: (batch: readonly Item[]) => Promise<void>;
  /** Calls back when there may be something to do. */
  readonly onWake: (awaken: () => void) => void;
}

const sweepMs = 1_000;
const longestPauseMs = 30_000;

/**
 * Keeps batches going until the signal fires, and then waits for those that are. Looks for more when woken, when a batch
 * is done, and each second for what became due by itself. While a register is away it waits, longer each time.
 */
export async function dispatch<Item>(options: DispatchOptions<Item>): Promise<void> {
  const { operation, log, signal, places, idOf, next, work, onWake } = options;
  const underWay = new Map<string, Promise<void>>();
  const running = new Set<Promise<void>>();
  let wake = Promise.withResolvers<void>();
  let failures = 0;
  let pausedUntil = 0;
  onWake(() => wake.resolve());

  const fail = (error: unknown): void => {
    failures += 1;
    const wanted = error instanceof RegisterFault ? error.details.retryInMs : undefined;
    const pauseMs = wanted ?? Math.min(longestPauseMs, 500 * 2 ** Math.min(10, failures - 1));
    pausedUntil = Date.now() + pauseMs;
    const details = error instanceof RegisterFault ? error.details : { operation };
    log.warn('a batch has to be tried again', {
      ...details,
      retryInMs: Math.round(pauseMs),
      attempt: failures,
      error,
    });
  };
  const begin = (batch: readonly Item[]): void => {
    const task = work(batch)
      .then(() => {
        failures = 0;
      })
      .catch(fail)
      .finally(() => {
        running.delete(task);
        for (const item of batch) underWay.delete(idOf(item));
        wake.resolve();
      });
    running.add(task);
    for (const item of batch) underWay.set(idOf(item), task);
  };

  while (!signal.aborted) {
    wake = Promise.withResolvers<void>();
    const isPaused = Date.now() < pausedUntil;
    const free = places - running.size;
    let batch: readonly Item[] = [];
    if (!isPaused && free > 0) {
      try {
        batch = await next([...underWay.keys()], free === 1);
      } catch (error) {
        fail(error);
      }
    }
    if (batch.length > 0) {
      begin(batch);
      continue;
    }
    const rest = sleep(isPaused ? Math.min(sweepMs, pausedUntil - Date.now()) : sweepMs, undefined, {
      signal,
    });
    await Promise.race(isPaused ? [rest] : [rest, wake.promise]).catch(() => {});
  }
  await Promise.allSettled(running);
}

import postgres from 'postgres';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';

export interface LeaseOptions {
  readonly databaseUrl: string;
  /** What is leased, unique within the database: `relay`, `consumer:…`. */
  readonly name: string;
  readonly log: Log;
  /** How often another replica tries, and the holder proves that it still holds. */
  readonly everyMs?: number;
}

/**
 * Runs `work` in one replica at a time, for as long as this process lives: a session lock in the service's own database,
 * which falls with its connection. `work` gets a signal that fires when the lease is lost or `stop` is called, and must
 * then return; it is started anew when the lease is won again. `stop` waits for it.
 */
export function holdLease(
  { databaseUrl, name, log, everyMs = 1000 }: LeaseOptions,
  work: (signal: AbortSignal) => Promise<void>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();

  const holdOnce = async (): Promise<void> => {
    const lost = new AbortController();
    const client = postgres(databaseUrl, {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: 5,
      onnotice: () => {},
      onclose: () => lost.abort(),
      connection: { application_name: `lease ${name}`, statement_timeout: 2_000 },
    });
    const signal = AbortSignal.any([stopping.signal, lost.signal]);
    try {
      const tryLock = () =>
        client<{ held: boolean; pid: number }[]>`
          select pg_try_advisory_lock(hashtextextended(${name}, 0)) as held, pg_backend_pid() as pid`;
      let [answer] = await tryLock();
      while (answer?.held !== true) {
        await sleep(everyMs, undefined, { signal });
        [answer] = await tryLock();
      }
      const { pid } = answer;
      const running = work(signal);
      void (async () => {
        while (!signal.aborted) {
          await sleep(everyMs, undefined, { signal });
          const [now] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`;
          if (now?.pid !== pid) lost.abort();
        }
      })().catch(() => lost.abort());
      await running;
    } finally {
      lost.abort();
      await client.end({ timeout: 1 }).catch(() => {});
    }
  };

  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await holdOnce();
      } catch (error) {
        if (!stopping.signal.aborted) log.warn('a lease was lost', { reason: name, error });
      }
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();

  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

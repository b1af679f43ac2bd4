import { setTimeout as sleep } from 'node:timers/promises';

/** Tries until `check` passes, and fails with its last failure after `ms`. For what settles by itself, never to time anything. */
export async function eventually<Value>(check: () => Promise<Value> | Value, ms = 30_000): Promise<Value> {
  const end = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(20);
    }
  }
}

import { within } from '../deadline.ts';
import { createLog } from '../log.ts';
import type { Life } from '../service.ts';

const stopWithinMs = 25_000;

/** A life for parts that are started inside a test; `stop` runs its steps, last added first. */
export function testLife(level = 'error'): Life & { failing(): Promise<string[]>; stop(): Promise<void> } {
  const steps: { readonly name: string; readonly step: () => Promise<void> | void }[] = [];
  const checks = new Map<string, () => Promise<void> | void>();
  return {
    log: createLog('test', level),
    ready: (name, check) => void checks.set(name, check),
    onStop: (name, step) => void steps.push({ name, step }),
    failing: async () => {
      const names: string[] = [];
      for (const [name, check] of checks) {
        try {
          await check();
        } catch {
          names.push(name);
        }
      }
      return names;
    },
    stop: async () => {
      for (const { name, step } of steps.splice(0).toReversed())
        await within(stopWithinMs, `to stop: ${name}`, (async () => step())());
    },
  };
}

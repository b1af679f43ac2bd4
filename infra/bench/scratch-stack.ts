import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portsOf } from '../dev/part.ts';
import { parts } from '../dev/parts.ts';
import { freePortBase } from '../dev/ports.ts';
import { openStack, type Stack } from '../dev/stack.ts';
import { natsOffset, postgresOffset } from '../dev/surroundings.ts';

/** Runs `work` with a whole stack of its own that is thrown away after it; `work` starts it. */
export async function withScratchStack<Value>(
  children: number,
  work: (stack: Stack) => Promise<Value>,
): Promise<Value> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ranselpost-bench-'));
  const portBase = await freePortBase([
    ...parts.flatMap((part) => portsOf(part, 0)),
    postgresOffset,
    natsOffset,
  ]);
  const stack = openStack({ portBase, dataDir, children });
  const throwAway = async (): Promise<void> => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const watch = whenAbandoned(() => void throwAway().finally(() => process.exit(1)));
  try {
    return await work(stack);
  } finally {
    watch.end();
    await throwAway();
  }
}

/** What runs in processes of its own must not outlive us, in whichever way we, or whoever started us, are ended. */
function whenAbandoned(leave: () => void): { end(): void } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const parent = process.ppid;
  const looking = setInterval(() => process.ppid !== parent && once(), 500);
  const end = (): void => {
    clearInterval(looking);
    for (const signal of signals) process.off(signal, once);
  };
  function once(): void {
    end();
    // A second one while what runs is being stopped would leave it behind.
    for (const signal of signals) process.on(signal, () => {});
    leave();
  }
  for (const signal of signals) process.on(signal, once);
  return { end };
}

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
  try {
    return await work(stack);
  } finally {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

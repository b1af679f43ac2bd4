import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { portsOf } from './part.ts';
import { parts } from './parts.ts';
import { freePortBase } from './ports.ts';
import { startStack } from './stack.ts';
import { natsOffset, postgresOffset } from './surroundings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the stack of the journeys runs; `openStack` takes both. */
    stack: { readonly portBase: number; readonly dataDir: string; readonly children: number };
  }
}

/** Journeys go through a whole stack of their own, made for this run and thrown away. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ranselpost-journeys-'));
  const portBase = await freePortBase([
    ...parts.flatMap((part) => portsOf(part, 0)),
    postgresOffset,
    natsOffset,
  ]);
  const where = { portBase, dataDir, children: 20 };
  const stack = await startStack({ ...where, fsync: false });
  project.provide('stack', where);
  return async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

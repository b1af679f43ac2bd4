import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeThrowaway } from './memory.ts';
import { portsOf } from './part.ts';
import { parts } from './parts.ts';
import { defaultDataDir } from './paths.ts';
import { freePortBase } from './ports.ts';
import { removeData } from './postgres.ts';
import { isAlive } from './processes.ts';
import { startStack, stopStack } from './stack.ts';
import { StateFile } from './state.ts';
import { natsOffset, postgresOffset } from './surroundings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the stack of the journeys runs; `openStack` takes both. */
    stack: { readonly portBase: number; readonly dataDir: string; readonly children: number };
  }
}

/** Journeys go through a whole stack of their own, made for this run and thrown away. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = join(defaultDataDir, 'test');
  mkdirSync(folder, { recursive: true });
  await sweepAbandoned(folder);
  const dataDir = makeThrowaway(folder, 'journeys-');
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
    remove(dataDir);
  };
}

function remove(dataDir: string): void {
  removeData(join(dataDir, 'postgres'));
  removeData(dataDir);
}

/** A run that was killed could not stop its stack: the next one does. */
async function sweepAbandoned(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter((one) => one.startsWith('journeys-'))) {
    const dataDir = join(folder, name);
    if (isAlive(new StateFile(dataDir).read()?.launcher)) continue;
    await stopStack(dataDir);
    remove(dataDir);
  }
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { demo } from './demo/demo.ts';
import { takeLock } from './lock.ts';
import { root } from './paths.ts';
import { Mendable, say } from './say.ts';
import { stackOf, thisClone } from './start.ts';

const benches = [
  'start',
  'sync',
  'home',
  'swap',
  'revoke',
  'stop',
  'restore',
  'fanout',
  'inbox',
  'live',
  'morning',
  'register',
  'guard',
  'placement',
  'placement-round',
  'deadline-evening',
  'offer-day',
  'portal',
] as const;

/** Plays the main story. A stack that was not running before is stopped after it. */
export async function playDemo(): Promise<number> {
  const stack = stackOf(thisClone);
  const wasRunning = Object.keys(stack.running()).length > 0;
  const letGo = takeLock(thisClone.dataDir);
  try {
    if (!wasRunning) say('Starting Ranselpost for the demo');
    // Also of a running one: what somebody took down is needed for the story.
    await stack.start();
    return (await demo(stack)) ? 0 : 1;
  } finally {
    if (!wasRunning) await stack.stop();
    letGo();
  }
}

/** Runs one benchmark, or all; each ends with one line of JSON. */
export async function runBenches(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const chosen = name === undefined ? benches : [name];
  let worst = 0;
  for (const bench of chosen) {
    const file = join(root, 'infra', 'bench', `${bench}.ts`);
    if (!benches.some((known) => known === bench) || !existsSync(file)) {
      throw new Mendable(`There is no benchmark ${bench}. There are: ${benches.join(', ')}.`);
    }
    worst = Math.max(worst, await run(file, rest));
  }
  return worst;
}

/** The engine of admission, alone: JSON in, JSON out. */
export const runPlacement = (args: readonly string[]): Promise<number> =>
  run(join(root, 'services', 'placement', 'src', 'command.ts'), args);

/** Does a run of admission again from what was kept of it, as the service that keeps it. */
export function replayPlacement(args: readonly string[]): Promise<number> {
  const file = join(root, 'services', 'placement', 'src', 'replay.ts');
  return run(file, args, { DATABASE_URL: stackOf(thisClone).where.databaseUrl('placement', 'placement') });
}

function run(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit', env });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

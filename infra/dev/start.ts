import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { lockOwner, takeLock } from './lock.ts';
import { defaultDataDir, portBaseFrom } from './paths.ts';
import { isAlive, lastLines } from './processes.ts';
import { Mendable, say, seconds } from './say.ts';
import { seededWith } from './seed.ts';
import { openStack, stopStack, type Stack } from './stack.ts';
import { aliveParts, StateFile, type State } from './state.ts';
import type { Outside } from './surroundings.ts';
import { ranselpost, type System } from './system.ts';
import { welcome } from './welcome.ts';

const outsideFrom = (environment: NodeJS.ProcessEnv): Outside => ({
  postgres: environment['DATABASE_URL'] || undefined,
  nats: environment['NATS_URL'] || undefined,
});

function childrenFrom(
  given: string | undefined,
  dataDir: string,
): { children: number; populationSeed: number } {
  const done = seededWith(dataDir);
  const wanted = given === undefined ? (done?.children ?? 200) : Number(given);
  if (!Number.isSafeInteger(wanted) || wanted < 0) {
    throw new Mendable(`The number of children is ${given}, and must be a whole number.`);
  }
  if (done !== undefined && done.children !== wanted) {
    throw new Mendable(
      `The data here was made with ${done.children} generated children: run "npm run reset" to begin with ${wanted}.`,
    );
  }
  return { children: wanted, populationSeed: done?.seed ?? 1 };
}

/** What is started and where its data lies: this clone, or in tests a smaller one. */
export type Here = { readonly dataDir: string; readonly system: System };

export const thisClone: Here = { dataDir: defaultDataDir, system: ranselpost };

/** The stack of this clone, as the environment and the data folder describe it. */
export function stackOf(
  { dataDir, system }: Here,
  options: { readonly children?: string | undefined; readonly mode?: 'foreground' | 'detached' } = {},
): Stack {
  const running = new StateFile(dataDir).read();
  return openStack({
    // What runs already has its ports, whatever this shell says.
    portBase:
      Object.keys(aliveParts(running)).length > 0 && running ? running.portBase : portBaseFrom(process.env),
    dataDir,
    system,
    outside: outsideFrom(process.env),
    mode: options.mode ?? 'detached',
    ...childrenFrom(options.children ?? process.env['POPULATION_CHILDREN'], dataDir),
  });
}

/** Whether everything that is meant to run does, and somebody looks after it or it was started to run alone. */
function isRunning(state: State | undefined): state is State {
  if (state === undefined || state.mode === 'stopping' || Object.keys(state.parts).length === 0) return false;
  const isLookedAfter = state.mode === 'detached' || isAlive(state.launcher);
  const expected = Object.values(state.parts).filter((part) => part.isMeantToRun);
  return isLookedAfter && expected.every((part) => isAlive(part));
}

/** Waits in the foreground. Answers the exit status: 0 when it was stopped elsewhere, 1 after a crash. */
async function lookAfter(stateFile: StateFile, signal: AbortSignal): Promise<number> {
  while (!signal.aborted) {
    const state = stateFile.read();
    if (state === undefined || state.mode === 'stopping') {
      say('Stopped from elsewhere.');
      return 0;
    }
    for (const [name, part] of Object.entries(state.parts)) {
      if (!part.isMeantToRun || isAlive(part)) continue;
      say(`\n${name} has ended by itself. The last lines of ${part.log}:\n\n${lastLines(part.log)}\n`);
      return 1;
    }
    await sleep(300, undefined, { signal }).catch(() => undefined);
  }
  return 130;
}

function abortOnSignals(): AbortController {
  const asked = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => asked.abort(name));
  return asked;
}

export async function start(args: readonly string[], here: Here = thisClone): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { detach: { type: 'boolean', default: false }, children: { type: 'string' } },
  });
  const began = performance.now();
  const { dataDir } = here;
  const stateFile = new StateFile(dataDir);
  const letGo = takeLock(dataDir);
  const asked = abortOnSignals();
  const stack = stackOf(here, {
    mode: values.detach ? 'detached' : 'foreground',
    children: values.children,
  });
  try {
    if (isRunning(stateFile.read())) {
      say('Ranselpost is running already.');
      await welcome(stack, say);
      return 0;
    }
    say('Starting Ranselpost');
    const interrupted = new Promise<'interrupted'>((resolve) =>
      asked.signal.addEventListener('abort', () => resolve('interrupted'), { once: true }),
    );
    const outcome = await Promise.race([stack.start(), interrupted]).catch(async (error: unknown) => {
      await stack.stop();
      throw error;
    });
    if (outcome === 'interrupted') {
      say('\nStopping');
      await stack.stop();
      return 130;
    }
    say(`READY after ${seconds(began)}`);
    await welcome(stack, say);
  } finally {
    letGo();
  }
  if (values.detach) return 0;
  say('\nCtrl-C stops it.');
  const status = await lookAfter(stateFile, asked.signal);
  if (status !== 0) {
    say('\nStopping');
    await stack.stop();
  }
  return status === 130 ? 0 : status;
}

export async function stop({ dataDir }: Here = thisClone): Promise<number> {
  const owner = lockOwner(dataDir);
  if (owner !== undefined) {
    // Somebody is in the middle of starting: that one is told, and cleans up after itself.
    process.kill(owner.pid, 'SIGTERM');
    while (isAlive(owner)) await sleep(50);
  }
  const letGo = takeLock(dataDir);
  try {
    const stopped = await stopStack(dataDir);
    say(stopped.length === 0 ? 'Nothing was running.' : 'Stopped.');
    return 0;
  } finally {
    letGo();
  }
}

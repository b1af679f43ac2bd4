import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { compiled, root } from './paths.ts';
import { lastLines } from './processes.ts';

/** What every part gets besides its own variables; nothing else of the launcher's environment reaches it. */
export function baseEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    LANG: 'C.UTF-8',
    // One arena for all threads: fifteen megabytes less for each process.
    MALLOC_ARENA_MAX: '1',
    // As in the containers: some libraries behave differently without it.
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE: compiled,
  };
}

/** Something that a part or a step printed before it failed, in the words of its log. */
export class StepFailed extends Error {
  constructor(name: string, log: string) {
    super(`${name} failed. The last lines of ${log}:\n\n${lastLines(log)}`);
    this.name = 'StepFailed';
  }
}

/** Runs one of our own programs to its end, with what it prints in a log. */
export async function runNode(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  log: string,
): Promise<void> {
  mkdirSync(dirname(log), { recursive: true });
  const out = openSync(log, 'a');
  try {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...baseEnvironment(), ...env },
      stdio: ['ignore', out, out],
    });
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (status !== 0) throw new StepFailed(name, log);
  } finally {
    closeSync(out);
  }
}

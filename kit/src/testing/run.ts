import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compiled } from './compiled.ts';
import { eventually } from './eventually.ts';

const root = new URL('../../../', import.meta.url);

export interface Running {
  readonly pid: number;
  /** All that it has written. */
  output(): string;
  /** Ends it at once, with no chance to tidy up, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end. Answers its exit status. */
  stop(): Promise<number | null>;
}

/** Runs a file of the repository under Node, with nothing but its environment, until `isUp` says that it has come up. */
export async function run(
  file: string,
  env: Readonly<Record<string, string>>,
  isUp: () => Promise<boolean>,
): Promise<Running> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, root))], {
    env: { PATH: process.env['PATH'] ?? '', ...compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`${file} ended: ${output}`);
    if (!(await isUp())) throw new Error(`${file} has not come up: ${output}`);
  }, 30_000).catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  return {
    pid: child.pid!,
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Whether something answers there, and well. */
export const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

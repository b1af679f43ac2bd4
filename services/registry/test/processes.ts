import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { compiled } from '@ranselpost/kit/testing/compiled';
import { eventually } from '@ranselpost/kit/testing/eventually';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Running {
  readonly pid: number;
  /** All that it has written. */
  output(): string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end. Answers its exit status. */
  stop(): Promise<number | null>;
}

/** Runs a file of the repository under Node until `isUp` says that it has come up. */
export async function run(
  file: string,
  env: Readonly<Record<string, string>>,
  isUp: () => Promise<boolean>,
): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [`${root}${file}`], {
    env: { PATH: process.env['PATH'] ?? '', ...compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  };
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`${file} ended: ${output}`);
    if (!(await isUp())) throw new Error(`${file} has not come up: ${output}`);
  }, 20_000).catch(async (error: unknown) => {
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

export const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

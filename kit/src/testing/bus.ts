import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:net';

export interface TestBus {
  readonly url: string;
  /** Stops the server at once, as a power cut of the machine it runs on would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it had stored; `empty` as after a lost disk. */
  start(options?: { readonly empty?: boolean }): Promise<void>;
  /** Keeps what the stopped server has stored, for `putBack`: a power cut takes what was written since. */
  keep(): Promise<void>;
  putBack(): Promise<void>;
  close(): Promise<void>;
}

/** A NATS server with JetStream of its own for one test file. Needs `nats-server` on the path, which `npm test` sees to. */
export async function testBus(): Promise<TestBus> {
  const folder = await mkdtemp(join(tmpdir(), 'bus-'));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const kill = async () => {
    if (server === undefined || server.exitCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
    server = undefined;
  };
  const start = async ({ empty = false } = {}) => {
    if (empty) await rm(folder, { recursive: true, force: true });
    server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder], {
      stdio: 'ignore',
    });
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (tries > 200 || server.exitCode !== null) throw new Error('nats-server did not start');
      await sleep(25);
    }
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    kill,
    start,
    keep: () => cp(folder, `${folder}-kept`, { recursive: true, force: true }),
    putBack: async () => {
      await rm(folder, { recursive: true, force: true });
      await cp(`${folder}-kept`, folder, { recursive: true });
    },
    close: async () => {
      await kill();
      await rm(`${folder}-kept`, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'data');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

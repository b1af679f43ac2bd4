import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { natsConfig } from '../nats/config.ts';
import type { NatsUser } from '../nats/users.ts';
import { end, isAlive, lastLines, launch, type Proof } from './processes.ts';

export type NatsOptions = {
  readonly server: string;
  readonly dataDir: string;
  readonly log: string;
  readonly port: number;
  readonly users: readonly NatsUser[];
  readonly passwords: Readonly<Record<string, string>>;
};

export const natsUrl = (port: number, user: string, password: string): string =>
  `nats://${user}:${password}@127.0.0.1:${port}`;

/** A NATS server greets whoever connects, as soon as it serves at all. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const answer = (greeted: boolean): void => {
      socket.destroy();
      resolve(greeted);
    };
    socket.setTimeout(1_000, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('data', (data) => answer(data.toString().startsWith('INFO ')));
  });
}

export async function startNats(
  options: NatsOptions,
  onLaunched: (proof: Proof) => void = () => undefined,
): Promise<Proof> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const file = join(options.dataDir, 'nats.conf');
  const storeDir = join(options.dataDir, 'store');
  writeFileSync(file, natsConfig({ ...options, storeDir }), { mode: 0o600 });
  const proof = await launch({
    command: options.server,
    args: ['-c', file],
    env: { PATH: process.env['PATH'], TZ: 'UTC' },
    cwd: options.dataDir,
    log: options.log,
  });
  onLaunched(proof);
  const deadline = performance.now() + 30_000;
  while (!(await greets(options.port))) {
    if (!isAlive(proof)) throw new Error(`NATS ended while starting:\n${lastLines(options.log)}`);
    if (performance.now() > deadline)
      throw new Error(`NATS was not ready within 30 s:\n${lastLines(options.log)}`);
    await sleep(25);
  }
  return proof;
}

export async function stopNats(proof: Proof): Promise<void> {
  await end(proof, 'SIGTERM', 15_000);
}

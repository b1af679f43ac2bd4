import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { natsUsers } from '../nats/users.ts';
import { natsServer } from './debian.ts';
import { startNats } from './nats.ts';
import { portsOf, type Part, type Surroundings } from './part.ts';
import { root } from './paths.ts';
import { startPostgres } from './postgres.ts';
import { isAlive, launch, type Proof } from './processes.ts';
import { baseEnvironment, StepFailed } from './run-node.ts';
import type { Say } from './say.ts';
import type { Kind } from './state.ts';
import { natsOffset, postgresOffset, type Place } from './surroundings.ts';

/** Something that is started, stays, and is stopped: the two servers and every part. */
export type Runnable = {
  readonly name: string;
  readonly kind: Kind;
  readonly ports: readonly number[];
  readonly log: string;
  readonly after: readonly string[];
  /** `onLaunched` hears of the process before it is ready: it must be found again if the launcher is killed now. */
  readonly launch: (onLaunched: (proof: Proof) => void) => Promise<Proof>;
  readonly untilReady: (proof: Proof) => Promise<void>;
};

const logLimit = 20_000_000;

export const logOf = (dataDir: string, name: string): string => join(dataDir, 'logs', `${name}.log`);

/** A log goes on between starts; one that has grown out of hand begins anew. */
function freshLog(log: string): string {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > logLimit) rmSync(log);
  return log;
}

export function postgresRunnable(place: Place, fsync: boolean): Runnable {
  const log = logOf(place.dataDir, 'postgres');
  const port = place.portBase + postgresOffset;
  const dataDir = join(place.dataDir, 'postgres');
  return {
    name: 'postgres',
    kind: 'postgres',
    ports: [port],
    log,
    after: [],
    launch: (onLaunched) =>
      startPostgres(
        { dataDir, log: freshLog(log), port, password: place.secrets.password('postgres'), fsync },
        onLaunched,
      ),
    untilReady: async () => undefined,
  };
}

export function natsRunnable(place: Place, tell: Say): Runnable {
  const log = logOf(place.dataDir, 'nats');
  const port = place.portBase + natsOffset;
  const passwords = Object.fromEntries(
    natsUsers.map(({ name }) => [name, place.secrets.password(`nats ${name}`)]),
  );
  return {
    name: 'nats',
    kind: 'nats',
    ports: [port],
    log,
    after: [],
    launch: async (onLaunched) => {
      const server = await natsServer(tell);
      const dataDir = join(place.dataDir, 'nats');
      return startNats(
        { server, dataDir, log: freshLog(log), port, users: natsUsers, passwords },
        onLaunched,
      );
    },
    untilReady: async () => undefined,
  };
}

export function partRunnable(part: Part, place: Place, where: Surroundings, tell: Say): Runnable {
  const { portBase, dataDir } = place;
  const log = logOf(dataDir, part.name);
  const readyOffset = part.opsOffset ?? part.offset;
  if (readyOffset === undefined)
    throw new Error(`the part ${part.name} has no port to ask whether it is ready`);
  const ownPorts = {
    ...(part.offset === undefined ? {} : { PORT: String(portBase + part.offset) }),
    ...(part.opsOffset === undefined ? {} : { OPS_PORT: String(portBase + part.opsOffset) }),
  };
  return {
    name: part.name,
    kind: part.kind,
    ports: portsOf(part, portBase),
    log,
    after: part.after,
    launch: async (onLaunched) => {
      const proof = await launch({
        command: process.execPath,
        args: [...memoryOf[part.kind], join(root, part.main)],
        cwd: root,
        env: {
          ...baseEnvironment(),
          HOST: '127.0.0.1',
          LOG_LEVEL: 'info',
          ...ownPorts,
          ...part.environment(where),
        },
        log: freshLog(log),
      });
      onLaunched(proof);
      return proof;
    },
    untilReady: (proof) => untilReady(part.name, portBase + readyOffset, proof, log, tell),
  };
}

/**
 * Left to itself the engine takes as much as a large machine has before it tidies up. Told to keep the heap near what
 * lives in it, a service needs two thirds of that and no more time; the gateway needs a larger young generation.
 */
const memoryOf: Readonly<Record<Part['kind'], readonly string[]>> = {
  service: ['--max-semi-space-size=2', '--max-old-space-size=256', '--heap-growing-percent=30'],
  gateway: ['--max-semi-space-size=16', '--heap-growing-percent=30'],
  simulator: [],
};

const readyWithinMs = 120_000;
const tellEveryMs = 10_000;

/** Waits for `/readyz`. While that takes long, it says what the part itself says it is waiting for. */
async function untilReady(name: string, port: number, proof: Proof, log: string, tell: Say): Promise<void> {
  const began = performance.now();
  let told = began;
  while (performance.now() - began < readyWithinMs) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined);
    const said = await answer?.text().catch(() => undefined);
    if (answer?.ok) return;
    if (!isAlive(proof)) throw new StepFailed(name, log);
    if (performance.now() - told > tellEveryMs) {
      tell(`    ${name} is not ready yet: ${said?.slice(0, 200) ?? 'it does not answer'}`);
      told = performance.now();
    }
    await sleep(40);
  }
  throw new StepFailed(`${name} was not ready within ${readyWithinMs / 1000} s and`, log);
}

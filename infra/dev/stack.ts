import { prepareServer } from '../postgres/roles.ts';
import { runGraph, type Job } from './graph.ts';
import type { Surroundings } from './part.ts';
import { requireFree } from './ports.ts';
import { isAlive, killHard, proofOf, waitUntilGone, type Proof } from './processes.ts';
import { runNode } from './run-node.ts';
import { logOf, natsRunnable, partRunnable, postgresRunnable, type Runnable } from './runnable.ts';
import { say, step, type Say } from './say.ts';
import { Secrets } from './secrets.ts';
import { aliveParts, StateFile, type RunningPart, type State } from './state.ts';
import { stopInOrder, stopOne } from './stop-order.ts';
import { postgresAdminUrl, surroundingsOf, type Outside, type Place } from './surroundings.ts';
import { ranselpost, type System } from './system.ts';

export type StackOptions = {
  readonly portBase: number;
  readonly dataDir: string;
  readonly children?: number;
  readonly populationSeed?: number;
  /** Off loses data when the machine stops: for tests alone. */
  readonly fsync?: boolean;
  readonly mode?: 'foreground' | 'detached';
  readonly system?: System;
  readonly outside?: Outside;
  readonly tell?: Say;
};

export type Stack = {
  /** Addresses by part, as a browser reaches them; `ops` of those that have readiness and metrics. */
  readonly urls: Readonly<Record<string, string>>;
  readonly opsUrls: Readonly<Record<string, string>>;
  readonly postgresAdminUrl: string;
  readonly where: Surroundings;
  readonly dataDir: string;
  /** Starts what does not run yet. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Ends a part as a power cut would. It stays down until `startPart`. */
  readonly kill: (name: string) => Promise<void>;
  readonly stopPart: (name: string) => Promise<void>;
  readonly startPart: (name: string) => Promise<void>;
  readonly running: () => Readonly<Record<string, RunningPart>>;
};

const nothingOutside: Outside = { postgres: undefined, nats: undefined };

/** A stack as it would be or is, without starting anything. */
export function openStack(options: StackOptions): Stack {
  const { portBase, dataDir, system = ranselpost, outside = nothingOutside, tell = say } = options;
  const { parts } = system;
  const secrets = new Secrets(dataDir);
  const place: Place = {
    ...{ portBase, dataDir, parts, secrets, outside },
    children: options.children ?? 200,
    seed: options.populationSeed ?? 1,
  };
  const where = surroundingsOf(place);
  const stateFile = new StateFile(dataDir);
  const runnables: readonly Runnable[] = [
    ...(outside.postgres === undefined ? [postgresRunnable(place, options.fsync ?? true)] : []),
    ...(outside.nats === undefined ? [natsRunnable(place, tell)] : []),
    ...parts.map((part) => partRunnable(part, place, where, tell)),
  ];
  const running = (): Readonly<Record<string, RunningPart>> => aliveParts(stateFile.read());
  let isStopping = false;

  const find = (name: string): Runnable => {
    const found = runnables.find((runnable) => runnable.name === name);
    if (found === undefined) throw new Error(`There is no part ${name} that this launcher starts.`);
    return found;
  };

  async function bringUp(runnable: Runnable): Promise<void> {
    const { name, kind, ports, log } = runnable;
    if (isStopping) throw new Error('stopped while starting');
    const record = (proof: Proof): void =>
      stateFile.setPart(name, { ...proof, kind, ports, log, isMeantToRun: true });
    const proof = running()[name] ?? (await runnable.launch(record));
    await runnable.untilReady(proof);
  }

  const portNote = (ports: readonly number[]): string =>
    ports[0] === undefined ? '' : ` on port ${ports[0]}`;

  function jobs(): Job[] {
    const isThere = new Set(Object.keys(running()));
    const withBuild = parts.filter((part) => part.build !== undefined && !isThere.has(part.name));
    const withMigration = parts.filter((part) => part.migration !== undefined && !isThere.has(part.name));
    const starts = runnables.map((runnable): Job => {
      const { name, ports, after } = runnable;
      const migrated = withMigration.some((part) => part.name === name) ? [`${name}: migrations`] : [];
      const built = withBuild
        .filter((part) => part.name === name)
        .map(({ build }) => `${name}: ${build!.what}`);
      const before =
        name === 'postgres' ? [] : after.map((other) => (other === 'postgres' ? 'databases' : other));
      const run = () =>
        isThere.has(name)
          ? bringUp(runnable)
          : step(tell, `${name}${portNote(ports)}`, () => bringUp(runnable));
      return { name, after: [...before, ...migrated, ...built], run };
    });
    const databases: Job = {
      name: 'databases',
      after: outside.postgres === undefined ? ['postgres'] : [],
      run: () => prepareServer(postgresAdminUrl(place), (role) => secrets.password(role), system.databases),
    };
    const migrations = withMigration.map(({ name, migration }): Job => ({
      name: `${name}: migrations`,
      after: ['databases'],
      run: async () => {
        if (migration === undefined) return;
        const log = logOf(dataDir, `${name}.migrate`);
        await runNode(`The migration of ${name}`, [migration.main], migration.environment(where), log);
      },
    }));
    const builds = withBuild.map(({ name, build }): Job => ({
      name: `${name}: ${build!.what}`,
      after: [],
      run: build!.run,
    }));
    const bus: Job[] =
      outside.nats === undefined ? [] : [{ name: 'nats', after: [], run: async () => undefined }];
    return [...starts, ...bus, databases, ...migrations, ...builds];
  }

  async function start(): Promise<void> {
    const already = running();
    const wanted = runnables.filter((runnable) => already[runnable.name] === undefined);
    await requireFree(
      new Map(wanted.flatMap(({ ports, name }) => ports.map((port) => [port, name] as const))),
    );
    const before = stateFile.read();
    // Whoever looks after it in another terminal goes on doing so.
    const isLookedAfter = before?.mode === 'foreground' && isAlive(before.launcher);
    const state: State = {
      portBase,
      mode: isLookedAfter ? before.mode : (options.mode ?? 'detached'),
      launcher: isLookedAfter ? before.launcher : proofOf(process.pid),
      parts: before?.parts ?? {},
    };
    stateFile.write(state);
    system.prepare(place, where);
    await runGraph(jobs());
    await system.fill(place, where, tell);
  }

  async function down(name: string, how: (part: RunningPart) => Promise<unknown>): Promise<void> {
    const part = running()[find(name).name];
    if (part === undefined) return;
    // Said first, so that a launcher in another terminal does not take it for a crash.
    stateFile.setPart(name, { ...part, isMeantToRun: false });
    await how(part);
  }

  const named = (which: 'offset' | 'opsOffset', address: (name: string) => string): Record<string, string> =>
    Object.fromEntries(
      parts.filter((part) => part[which] !== undefined).map(({ name }) => [name, address(name)]),
    );

  return {
    urls: named('offset', where.publicAddress),
    opsUrls: named('opsOffset', where.opsAddress),
    postgresAdminUrl: postgresAdminUrl(place),
    where,
    dataDir,
    start,
    running,
    stop: async () => {
      isStopping = true;
      await stopStack(dataDir, tell);
    },
    kill: (name) =>
      down(name, async (part) => {
        killHard(part);
        await waitUntilGone(part, 5_000);
      }),
    stopPart: (name) => down(name, stopOne),
    startPart: (name) => bringUp(find(name)),
  };
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const stack = openStack(options);
  try {
    await stack.start();
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** Stops whatever runs from a data folder, whoever started it. Answers the names of what it stopped. */
export async function stopStack(dataDir: string, tell: Say = say): Promise<readonly string[]> {
  const stateFile = new StateFile(dataDir);
  stateFile.update((state) => ({ ...state, mode: 'stopping' }));
  const running = aliveParts(stateFile.read());
  let began = performance.now();
  await stopInOrder(running, (names, forced) => {
    const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
    tell(`  stopped ${names.join(', ').padEnd(50)} ${took.padStart(7)}`);
    if (forced.length > 0) tell(`  ${forced.join(', ')} did not stop when asked and had to be killed`);
    began = performance.now();
  });
  // A start that was interrupted may have added something in the meantime.
  const late = aliveParts(stateFile.read());
  if (Object.keys(late).length > 0) await stopInOrder(late);
  stateFile.remove();
  return Object.keys(running);
}

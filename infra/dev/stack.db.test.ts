import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePortBase, freePorts, isFree } from './ports.ts';
import { isAlive, killHard, waitUntilGone } from './processes.ts';
import { openStack, startStack, stopStack, type Stack } from './stack.ts';
import { aliveParts, StateFile } from './state.ts';
import { startTestServices } from './test-services.ts';
import { standInOffsets, standIns } from './testing/stand-ins.ts';

let dataDir: string;
let portBase: number;
const launchers: ChildProcess[] = [];
const told: string[] = [];
const tell = (line: string): void => void told.push(line);

const stackHere = (system = standIns()): Promise<Stack> =>
  startStack({ portBase, dataDir, system, fsync: false, tell });
const notes = (): string[] => readFileSync(join(dataDir, 'notes'), 'utf8').trim().split('\n');
const alive = (): string[] => Object.keys(aliveParts(new StateFile(dataDir).read())).toSorted();
const everything = ['door', 'nats', 'postgres', 'register', 'worker'];

function launcher(...args: string[]): {
  process: ChildProcess;
  output: () => string;
  until: (text: string) => Promise<void>;
} {
  const program = fileURLToPath(new URL('./testing/start-stand-ins.ts', import.meta.url));
  const child = spawn(process.execPath, [program, dataDir, ...args], {
    env: { ...process.env, RANSELPOST_PORT_BASE: String(portBase) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  launchers.push(child);
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  const until = async (text: string): Promise<void> => {
    while (!output.includes(text)) {
      if (child.exitCode !== null) throw new Error(`The launcher ended without "${text}":\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  return { process: child, output: () => output, until };
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ranselpost-stack-'));
  portBase = await freePortBase(standInOffsets);
});

afterEach(async () => {
  for (const child of launchers.splice(0)) child.kill('SIGKILL');
  await stopStack(dataDir, () => undefined);
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a stack', () => {
  test('starts everything, and stops from the gateway inwards', async () => {
    const stack = await stackHere();
    expect(alive()).toEqual(everything);
    expect(await (await fetch(stack.urls['door'] ?? '')).text()).toBe('door');
    await stack.stop();
    expect(notes()).toEqual(['stopped door', 'stopped worker', 'stopped register']);
    expect(alive()).toEqual([]);
    expect(told.filter((line) => line.includes('had to be killed'))).toEqual([]);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  test('keeps its data, and recovers when everything in it was killed at once', async () => {
    const stack = await stackHere();
    for (const part of Object.values(stack.running())) killHard(part);
    for (const part of Object.values(stack.running())) await waitUntilGone(part, 5_000);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(true);
    await stackHere();
    expect(alive()).toEqual(everything);
  });

  test('starts again only what is missing', async () => {
    const stack = await stackHere();
    const before = stack.running();
    const worker = before['worker'];
    if (worker === undefined) throw new Error('no worker');
    killHard(worker);
    await waitUntilGone(worker, 5_000);
    await stackHere();
    const after = stack.running();
    expect(after['worker']?.pid).not.toBe(before['worker']?.pid);
    expect(after['door']?.pid).toBe(before['door']?.pid);
    expect(after['postgres']?.pid).toBe(before['postgres']?.pid);
  });

  test('takes one part down hard or softly and brings it back', async () => {
    const stack = await stackHere();
    await stack.kill('nats');
    await stack.stopPart('worker');
    expect(alive()).toEqual(['door', 'postgres', 'register']);
    await stack.startPart('nats');
    await stack.startPart('worker');
    expect(alive()).toEqual(everything);
    expect(notes()).toEqual(['stopped worker']);
  });

  test('says what a part printed when it does not start, and leaves nothing running', async () => {
    await expect(stackHere(standIns('at start'))).rejects.toThrow(/worker failed[^]*told to fail/);
    expect(alive()).toEqual([]);
  });

  test('names what holds a port, and starts nothing', async () => {
    const server = createServer().listen(portBase + 61, '127.0.0.1');
    await once(server, 'listening');
    const refused = stackHere();
    await expect(refused).rejects.toThrow(
      new RegExp(`${portBase + 61} \\(worker\\) is held by pid ${process.pid} `),
    );
    await expect(refused).rejects.toThrow(/RANSELPOST_PORT_BASE=/);
    server.close();
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  });

  test('runs beside the stack of another clone', async () => {
    const first = await stackHere();
    const otherDir = mkdtempSync(join(tmpdir(), 'ranselpost-stack-'));
    const otherBase = await freePortBase(standInOffsets);
    const second = await startStack({
      portBase: otherBase,
      dataDir: otherDir,
      system: standIns(),
      fsync: false,
      tell,
    });
    expect(Object.keys(second.running()).toSorted()).toEqual(everything);
    await second.stop();
    rmSync(otherDir, { recursive: true });
    expect(Object.keys(first.running()).toSorted()).toEqual(everything);
  });

  test('uses a Postgres and a NATS that are given, and leaves them running', async () => {
    const [postgresPort = 0, natsPort = 0] = await freePorts(2);
    const given = await startTestServices({ folder: join(dataDir, 'given'), postgresPort, natsPort, tell });
    try {
      const outside = { postgres: given.postgresAdminUrl, nats: given.natsUrl };
      const stack = await startStack({ portBase, dataDir, system: standIns(), outside, tell });
      expect(alive()).toEqual(['door', 'register', 'worker']);
      expect(stack.where.databaseUrl('identity', 'identity')).toContain(`127.0.0.1:${postgresPort}/identity`);
      expect(stack.where.natsUrl('identity')).toBe(given.natsUrl);
      await stack.stop();
      expect(await isFree(postgresPort)).toBe(false);
      expect(await isFree(natsPort)).toBe(false);
    } finally {
      await given.stop();
    }
  });

  test('never signals a process that merely has the pid of an old one', async () => {
    const innocent = spawn('sleep', ['60']);
    const stateFile = new StateFile(dataDir);
    const part = { kind: 'service', log: '', ports: [], isMeantToRun: true } as const;
    const pid = innocent.pid ?? 0;
    stateFile.write({
      ...{ portBase, mode: 'detached', launcher: undefined },
      parts: { worker: { ...part, pid, started: 'long ago' } },
    });
    await openStack({ portBase, dataDir, system: standIns(), tell }).stop();
    expect(innocent.exitCode).toBeNull();
    expect(innocent.signalCode).toBeNull();
    innocent.kill();
  });
});

describe('the command start', () => {
  test('stays, says so to a second one, and stops everything on Ctrl-C', async () => {
    const first = launcher();
    await first.until('Ctrl-C stops it');
    const second = launcher();
    await once(second.process, 'exit');
    expect(second.output()).toContain('running already');
    expect(second.process.exitCode).toBe(0);
    first.process.kill('SIGINT');
    expect(await once(first.process, 'exit')).toEqual([0, null]);
    expect(alive()).toEqual([]);
  });

  test('takes over what a launcher left behind that was killed', async () => {
    const first = launcher();
    await first.until('Ctrl-C stops it');
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    const before = new StateFile(dataDir).read()?.parts;
    const second = launcher();
    await second.until('Ctrl-C stops it');
    expect(new StateFile(dataDir).read()?.parts).toEqual(before);
    second.process.kill('SIGTERM');
    await once(second.process, 'exit');
    expect(alive()).toEqual([]);
  });

  test('ends with the last lines of a part that crashed, and stops the others', async () => {
    const first = launcher();
    await first.until('Ctrl-C stops it');
    await fetch(`http://127.0.0.1:${portBase + 1}/die`).catch(() => undefined);
    await once(first.process, 'exit');
    expect(first.process.exitCode).toBe(1);
    expect(first.output()).toMatch(/worker has ended by itself[^]*worker\.log[^]*worker listens/);
    expect(alive()).toEqual([]);
  });

  test('lets a part be taken down on purpose without calling it a crash', async () => {
    const first = launcher();
    await first.until('Ctrl-C stops it');
    const stack = openStack({ portBase, dataDir, system: standIns(), tell });
    await stack.kill('worker');
    await new Promise((resolve) => setTimeout(resolve, 800));
    await stack.startPart('worker');
    expect(first.process.exitCode).toBeNull();
    expect(alive()).toEqual(everything);
  });

  test('stops cleanly when it is interrupted while it starts', async () => {
    const first = launcher();
    await first.until('postgres on port');
    first.process.kill('SIGINT');
    expect(await once(first.process, 'exit')).toEqual([130, null]);
    expect(alive()).toEqual([]);
    expect(isAlive(new StateFile(dataDir).read()?.launcher)).toBe(false);
  });

  test('returns when it is detached, and goes on in the background', async () => {
    const first = launcher('', '--detach');
    expect(await once(first.process, 'exit')).toEqual([0, null]);
    expect(alive()).toEqual(everything);
  });
});

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  end,
  isAlive,
  killHard,
  lastLines,
  launch,
  proofOf,
  waitUntilGone,
  type Proof,
} from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'ranselpost-processes-'));
const started: Proof[] = [];

async function run(script: string): Promise<Proof> {
  const proof = await launch({
    command: process.execPath,
    args: ['-e', script],
    env: process.env,
    cwd: folder,
    log: join(folder, 'log'),
  });
  started.push(proof);
  return proof;
}

async function untilLogged(text: string): Promise<void> {
  while (!lastLines(join(folder, 'log')).includes(text))
    await new Promise((resolve) => setTimeout(resolve, 10));
}

afterEach(() => {
  for (const proof of started.splice(0)) killHard(proof);
  rmSync(join(folder, 'log'), { force: true });
});

describe('a launched process', () => {
  test('is known by its pid together with its start time', async () => {
    const proof = await run('setInterval(() => {}, 1000)');
    expect(proofOf(proof.pid)).toEqual(proof);
    expect(isAlive({ ...proof, started: 'another time' })).toBe(false);
  });

  test('is left alone when the start time is another', async () => {
    const proof = await run('setInterval(() => {}, 1000)');
    await end({ ...proof, started: 'another time' }, 'SIGKILL', 100);
    killHard({ ...proof, started: 'another time' });
    expect(await waitUntilGone(proof, 200)).toBe(false);
  });

  test('is asked first, and forced only when it does not listen', async () => {
    const polite = await run('setInterval(() => {}, 1000)');
    expect(await end(polite, 'SIGTERM', 5_000)).toBe('asked');
    const deaf = await run(
      "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('deaf')",
    );
    await untilLogged('deaf');
    expect(await end(deaf, 'SIGTERM', 200)).toBe('forced');
    expect(isAlive(deaf)).toBe(false);
  });

  test('counts as gone when it has ended and nobody has asked after it', async () => {
    const child = spawn('true');
    const pid = child.pid ?? 0;
    const proof = proofOf(pid) ?? { pid, started: 'ended at once' };
    expect(await waitUntilGone(proof, 5_000)).toBe(true);
  });

  test('leaves its last lines behind', async () => {
    await run("for (let i = 0; i < 50; i += 1) console.log('line ' + i)");
    await untilLogged('line 49');
    expect(lastLines(join(folder, 'log'), 2)).toBe('line 48\nline 49');
    expect(lastLines(join(folder, 'nothing'))).toBe('(no log was written)');
  });
});

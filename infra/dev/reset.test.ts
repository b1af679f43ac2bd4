import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proofOf } from './processes.ts';
import { reset } from './reset.ts';
import { standIns } from './testing/stand-ins.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ranselpost-reset-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function testRun(name: string, owner: unknown): void {
  mkdirSync(join(dataDir, 'test', name), { recursive: true });
  writeFileSync(join(dataDir, 'test', name, 'owner.json'), JSON.stringify({ owner, processes: [] }));
}

describe('resetting', () => {
  test('empties the data folder, and may be done again', async () => {
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'secrets.json'), '{}');
    testRun('run-of-the-dead', { pid: process.pid, started: 'long ago' });
    expect(await reset({ dataDir, system: standIns() })).toBe(0);
    expect(readdirSync(dataDir)).toEqual([]);
    expect(await reset({ dataDir, system: standIns() })).toBe(0);
  });

  test('leaves the servers of a test run that is under way', async () => {
    writeFileSync(join(dataDir, 'secrets.json'), '{}');
    testRun('run-of-ours', proofOf(process.pid));
    await reset({ dataDir, system: standIns() });
    expect(existsSync(join(dataDir, 'test', 'run-of-ours'))).toBe(true);
    expect(readdirSync(dataDir)).toEqual(['test']);
  });
});

import { spawn } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { fiks, startFreg, temporaryDirectory } from './testing.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
afterEach(() => directory.remove());

async function startProcess(port: number) {
  await writeFile(join(directory.path, 'clients.json'), JSON.stringify({ fiks }));
  const child = spawn(process.execPath, [main], {
    env: {
      PORT: String(port),
      HOST: '127.0.0.1',
      STATE_DIR: directory.path,
      CLIENTS_FILE: join(directory.path, 'clients.json'),
      MASKINPORTEN_ISSUER: 'http://127.0.0.1:9/',
      POPULATION_CHILDREN: '20',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, facts: JSON.parse(line) as Record<string, unknown> };
}
const live = async (port: number, wish: object) => {
  const response = await fetch(`http://127.0.0.1:${port}/control/life-events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  return (await response.json()) as { last: number };
};
const person = async (port: number, name: string) =>
  (await fetch(`http://127.0.0.1:${port}/control/people/${name}`)).json();

describe('the register after a restart', () => {
  test('keeps its numbers and its people through kill -9, and ends cleanly when asked', async () => {
    directory = await temporaryDirectory();
    const port = 21_300 + (process.pid % 500);
    const first = await startProcess(port);
    expect(first.facts).toMatchObject({ part: 'freg', lastSequenceNumber: 40_240 });
    await live(port, { kind: 'flood', count: 5000 });
    const { last } = await live(port, {
      kind: 'sole-responsibility',
      child: 'F1.older',
      holder: 'F1.mother',
    });
    const before = await person(port, 'F1.older');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = await startProcess(port);
    expect(second.facts['lastSequenceNumber']).toBe(last);
    expect(await person(port, 'F1.older')).toEqual(before);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
  });

  test('drops a torn last line and goes on writing after the last whole one', async () => {
    directory = await temporaryDirectory();
    const first = await startFreg(directory.path);
    const { last } = (await first.control('/life-events', { kind: 'death', person: 'F2.father' })).json;
    await first.stop();
    const file = join(directory.path, 'freg.jsonl');
    await appendFile(file, '{"events":[{"sequence":4');
    const second = await startFreg(directory.path);
    expect(second.register.feed.last).toBe(last);
    const next = (await second.control('/life-events', { kind: 'person-updated', person: 'F2.child' })).json;
    expect(next.first).toBe(last + 1);
    await second.stop();
    for (const line of (await readFile(file, 'utf8')).trimEnd().split('\n'))
      expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});

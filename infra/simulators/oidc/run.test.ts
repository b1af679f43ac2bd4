import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '@ranselpost/kit/testing/bus';
import { makeClientKey } from './testing.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'issuers-'));
  const { jwks } = await makeClientKey();
  const web = {
    clientId: 'portal',
    redirectUris: ['http://localhost:1/callback'],
    postLogoutRedirectUris: [],
    jwks,
  };
  const machine = { clientId: 'machine', organisation: '310001236', scopes: ['ks:fiks'], jwks };
  await writeFile(
    join(folder, 'clients.json'),
    JSON.stringify({ idporten: [web], staff: [web], maskinporten: [machine] }),
  );
});

afterAll(() => rm(folder, { recursive: true }));

function start(part: string, environment: Record<string, string>) {
  const main = join(import.meta.dirname, '..', part, 'main.ts');
  return spawn(process.execPath, [main], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('an issuer as a process', () => {
  test.each([
    ['idporten', '/.well-known/openid-configuration'],
    ['staff', '/.well-known/openid-configuration'],
    ['maskinporten', '/.well-known/oauth-authorization-server'],
  ])('%s says in one line that it listens, is ready, and stops when told to', async (part, metadata) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = start(part, {
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: url,
      CLIENTS_FILE: join(folder, 'clients.json'),
      STATE_DIR: join(folder, part),
      POPULATION_CHILDREN: '5',
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(JSON.parse(line)).toMatchObject({ part, listening: url });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const told = (await (await fetch(`${url}${metadata}`)).json()) as { issuer: string };
    expect(told.issuer.replace(/\/$/, '')).toBe(url);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('tells everything that is wrong with its environment at once, and does not start', async () => {
    const child = start('idporten', { PORT: 'x', CLIENTS_FILE: '' });
    const [line] = (await once(createInterface(child.stderr), 'line')) as [string];
    expect(line).toMatch(/PORT.*CLIENTS_FILE/);
    expect(await once(child, 'exit')).toEqual([1, null]);
  });

  test('names the client that is broken in its file', async () => {
    const file = join(folder, 'broken.json');
    await writeFile(file, JSON.stringify({ idporten: [{ clientId: 'portal' }] }));
    const child = start('idporten', { PORT: String(await freePort()), CLIENTS_FILE: file });
    const [line] = (await once(createInterface(child.stderr), 'line')) as [string];
    expect(line).toContain('idporten[0] needs a clientId and jwks.keys');
  });
});

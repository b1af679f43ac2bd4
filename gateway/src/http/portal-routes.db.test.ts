import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { freePort } from '@ranselpost/kit/testing/bus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Surroundings, type TestGateway, startTestGateway, surroundings } from '../testing/gateway.ts';

let around: Surroundings;
let gateway: TestGateway;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>portal</title>');
  await writeFile(join(folder, 'assets/app-1a2b.js'), 'let plain;');
  await writeFile(join(folder, 'assets/app-1a2b.js.gz'), gzipSync('let small;'));
  around = await surroundings();
  gateway = await startTestGateway(around, await freePort(), { PORTAL_FOLDER: folder });
});

afterAll(async () => {
  await gateway.stop();
  await around.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${gateway.url}${path}`, { headers });

describe('the portal', () => {
  test('is one page, at whichever address of its own one comes in, and is asked for anew each time', async () => {
    for (const path of ['/', '/absence', '/inbox/0190', '/..%2f..%2fpackage.json']) {
      const page = await get(path, { accept: 'text/html,*/*' });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<title>portal</title>');
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
  });

  test('lets in nothing from elsewhere, and no script or style that is written into a page (S-24)', async () => {
    const policy = (await get('/', { accept: 'text/html' })).headers.get('content-security-policy')!;
    expect(policy.split(';')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
  });

  test('has files that never change kept for ever, compressed for whoever takes that', async () => {
    const plain = await get('/assets/app-1a2b.js', { 'accept-encoding': 'identity' });
    expect(await plain.text()).toBe('let plain;');
    expect(plain.headers.get('cache-control')).toContain('immutable');
    expect(await (await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' })).text()).toBe('let small;');
  });

  test('takes no address from the gateway, and answers what asks for no page as before', async () => {
    expect((await get('/session', { accept: 'text/html' })).status).toBe(401);
    expect((await get('/graphql', { accept: 'text/html' })).status).toBe(405);
    expect((await get('/assets/gone.js')).status).toBe(404);
    expect((await get('/nothing-here', { accept: 'application/json' })).status).toBe(404);
  });
});

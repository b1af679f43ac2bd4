import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePorts } from './ports.ts';
import { adminUrl, startPostgres, stopPostgres } from './postgres.ts';
import { killHard, waitUntilGone, type Proof } from './processes.ts';

type Counts = { started: number; resolved: number; rejected: number; waiting: Record<string, number> };

const folder = mkdtempSync(join(tmpdir(), 'ranselpost-driver-'));
const password = 'a password for this test alone';
let port: number;
let url: string;
let server: Proof;
let load: ChildProcess;
let loadErrors = '';

const start = (): Promise<Proof> =>
  startPostgres({ dataDir: join(folder, 'data'), log: join(folder, 'log'), port, password, fsync: true });

async function ask<T>(question: string): Promise<T> {
  if (!load.connected) throw new Error(`The load ended by itself:\n${loadErrors}`);
  const answer = once(load, 'message', { signal: AbortSignal.timeout(20_000) });
  load.send(question);
  return (
    await answer.catch((cause: unknown) => {
      throw new Error(`The load does not answer:\n${loadErrors}`, { cause });
    })
  )[0] as T;
}

/** The load goes on, and gets answers that it had not before. */
async function untilItRecovers(): Promise<void> {
  const before = await ask<Counts>('count');
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await ask<Counts>('count')).resolved > before.resolved + 20) return;
    await sleep(50);
  }
  throw new Error('The load never got an answer again.');
}

function sessionsOf(postmaster: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === postmaster;
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function killOneSession(): Promise<void> {
  const admin = postgres(url, { max: 1 });
  const [row] = await admin<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name = 'load' order by random() limit 1`;
  if (row) process.kill(row.pid, 'SIGKILL');
  await admin.end({ timeout: 1 }).catch(() => undefined);
}

async function killServer(): Promise<void> {
  for (const pid of [server.pid, ...sessionsOf(server.pid)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It was faster and has ended by itself.
    }
  }
  await waitUntilGone(server, 5_000);
  await sleep(100);
  server = await start();
}

beforeAll(async () => {
  port = (await freePorts(1))[0] ?? 0;
  url = adminUrl(port, encodeURIComponent(password));
  server = await start();
  const admin = postgres(url, { max: 1 });
  await admin`create table load (id int not null, half int not null)`;
  await admin.end();
  load = fork(new URL('./postgres-driver.load.ts', import.meta.url), {
    env: { ...process.env, LOAD_DATABASE_URL: url },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  load.stderr?.on('data', (data) => (loadErrors += String(data)));
  await once(load, 'message');
});

afterAll(async () => {
  load.kill('SIGKILL');
  if (server) await stopPostgres(server).catch(() => killHard(server));
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(process.platform === 'linux')('the patched Postgres driver under load', () => {
  test('lives through twelve kills of a session and twelve of the server, and settles every promise', async () => {
    for (let round = 0; round < 12; round += 1) {
      await killOneSession();
      await untilItRecovers();
      await killServer();
      await untilItRecovers();
      expect(load.exitCode, loadErrors).toBeNull();
    }
    const counts = await ask<Counts>('stop');
    expect(Object.entries(counts.waiting).filter(([, count]) => count > 0)).toEqual([]);
    expect(counts.rejected).toBeGreaterThan(0);
    expect(counts.started).toBe(counts.resolved + counts.rejected);
  }, 180_000);

  test('never runs the rest of a lost transaction outside of it', async () => {
    const admin = postgres(url, { max: 1 });
    const torn = await admin`select id from load group by id having count(*) <> 2`;
    const whole = await admin`select count(distinct id)::int as count from load`;
    await admin.end();
    expect(torn).toEqual([]);
    expect(whole[0]?.['count']).toBeGreaterThan(100);
  });

  test('gives each query its own answer when one that waits behind another is cancelled', async () => {
    const one = postgres(url, { max: 1 });
    await one`select 'so that the connection is open, and queries go out behind one another'`;
    const first = one`select 'first' as name, pg_sleep(0.1)`.execute();
    const second = one`select 'second' as name, pg_sleep(0.1)`.execute();
    const third = one`select 'third' as name, pg_sleep(0.1)`.execute();
    const fourth = one`select 'fourth' as name`.execute();
    await sleep(30);
    second.cancel();
    const answers = await Promise.allSettled([first, second, third, fourth]);
    await one.end();
    expect(answers[0]).toMatchObject({ value: [{ name: 'first' }] });
    expect(answers[2]).toMatchObject({ value: [{ name: 'third' }] });
    expect(answers[3]).toMatchObject({ value: [{ name: 'fourth' }] });
  });
});

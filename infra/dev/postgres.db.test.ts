import { chmodSync, existsSync, lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, describe, expect, test } from 'vitest';
import { freePorts } from './ports.ts';
import { adminUrl, removeData, startPostgres, stopPostgres, type RunAs } from './postgres.ts';
import type { Proof } from './processes.ts';

const isRoot = process.getuid?.() === 0;
let folder: string;
let server: Proof;

afterEach(async () => {
  await stopPostgres(server);
  removeData(join(folder, 'data'));
  rmSync(folder, { recursive: true, force: true });
});

async function start(runAs: RunAs): Promise<postgres.Sql> {
  folder = mkdtempSync(join(tmpdir(), 'ranselpost-postgres-'));
  // As below a home that is closed to others.
  chmodSync(folder, 0o700);
  const [port = 0] = await freePorts(1);
  const password = 'of this test';
  const data = { dataDir: join(folder, 'data'), log: join(folder, 'log') };
  server = await startPostgres({ ...data, port, password, fsync: false, runAs });
  return postgres(adminUrl(port, encodeURIComponent(password)), { max: 1 });
}

describe('the packaged Postgres', () => {
  test.runIf(isRoot).each<RunAs>(['namespace', 'nobody'])('runs for root as %s', async (runAs) => {
    const sql = await start(runAs);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await sql.end();
    const { dataDir } = { dataDir: join(folder, 'data') };
    expect(lstatSync(dataDir).isSymbolicLink()).toBe(runAs === 'nobody');
    expect(existsSync(join(dataDir, 'PG_VERSION'))).toBe(true);
  });

  test('speaks Norwegian: it sorts æ, ø, å last, knows them as letters, and has what the services need', async () => {
    const sql = await start(isRoot ? 'namespace' : 'self');
    const sorted =
      await sql`select string_agg(x, '' order by x) as all from unnest(array['å','z','æ','ø','a']) as x`;
    expect(sorted).toEqual([{ all: 'azæøå' }]);
    await sql.unsafe('create extension pg_trgm; create extension btree_gist; create extension unaccent');
    expect(await sql`select similarity('blåbær', 'blåbær') as same, upper('blåbær') as upper`).toEqual([
      { same: 1, upper: 'BLÅBÆR' },
    ]);
    await sql.end();
  });
});

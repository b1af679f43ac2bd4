import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePorts } from '../dev/ports.ts';
import { adminUrl, startPostgres, stopPostgres } from '../dev/postgres.ts';
import type { Proof } from '../dev/processes.ts';
import { databaseUrl, prepareServer } from './roles.ts';
import { servicesWithDatabase } from './services.ts';

const folder = mkdtempSync(join(tmpdir(), 'ranselpost-roles-'));
const passwordOf = (role: string): string => `password of ${role}`;
let server: Proof;
let admin: string;

async function as<T>(role: string, database: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(databaseUrl(admin, database, role, passwordOf(role)), {
    max: 1,
    onnotice: () => undefined,
  });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  const options = {
    dataDir: join(folder, 'data'),
    log: join(folder, 'log'),
    port,
    password: 'admin',
    fsync: false,
  };
  server = await startPostgres(options);
  admin = adminUrl(port, 'admin');
  await prepareServer(admin, passwordOf, servicesWithDatabase);
});

afterAll(async () => {
  await stopPostgres(server);
  rmSync(folder, { recursive: true, force: true });
});

describe('the roles on a server', () => {
  test('are made again without complaint, with the new passwords', async () => {
    await prepareServer(admin, passwordOf, servicesWithDatabase);
    await expect(as('identity', 'identity', (sql) => sql`select 1`)).resolves.toHaveLength(1);
  });

  test.each(servicesWithDatabase)(
    '%s comes into its own database and into no other (S-12)',
    async (service) => {
      await expect(as(service, service, (sql) => sql`select 1`)).resolves.toHaveLength(1);
      for (const other of servicesWithDatabase.filter((name) => name !== service)) {
        const asked = as(service, other, (sql) => sql`select 1`);
        await expect(asked).rejects.toThrow(/permission denied for database/);
      }
    },
  );

  test.each(servicesWithDatabase)(
    '%s owns nothing, may make nothing and cannot pass row security (S-12)',
    async (service) => {
      await as(service, service, async (sql) => {
        await expect(sql`create table public.mine (id int)`).rejects.toThrow(/permission denied/);
        await expect(sql`create schema mine`).rejects.toThrow(/permission denied/);
      });
      const strong = await as(
        `${service}_owner`,
        service,
        (sql) => sql`
      select rolname from pg_roles where rolname like ${`${service}%`} and
        (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)`,
      );
      expect(strong).toEqual([]);
    },
  );

  test.each(servicesWithDatabase)('%s has no right by itself, only what it takes on', async (service) => {
    await as(`${service}_owner`, service, async (sql) => {
      await sql`create table public.fact (id int)`;
      await sql`grant select on public.fact to ${sql(`${service}_request`)}`;
    });
    await as(service, service, async (sql) => {
      await expect(sql`select * from public.fact`).rejects.toThrow(/permission denied/);
      await sql.begin(async (tx) => {
        await tx`set local role ${tx(`${service}_request`)}`;
        expect(await tx`select * from public.fact`).toEqual([]);
      });
    });
  });

  test('keep strangers out: a wrong password opens nothing', async () => {
    const sql = postgres(databaseUrl(admin, 'identity', 'identity', 'guessed'), { max: 1 });
    await expect(sql`select 1`).rejects.toThrow(/password authentication failed/);
    await sql.end({ timeout: 1 });
  });
});

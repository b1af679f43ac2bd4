import { createHash } from 'node:crypto';
import postgres from 'postgres';
import { type Database, openDatabase } from '../database.ts';
import { type MigrationSet, migrate, readMigrations } from '../migrate.ts';
import { ensureDatabase, ensureRoles } from '../roles.ts';

export interface TestDatabase {
  readonly db: Database;
  /** As the service logs in. */
  readonly url: string;
  /** As the role that owns the tables. */
  readonly ownerUrl: string;
  /** As a superuser, past every lock: for setting up and for looking, never for what is tested. */
  readonly admin: postgres.Sql;
  /** Keeps what is in it now, for `putBack`: a backup. Whoever is connected is cut off for a moment. */
  keep(): Promise<void>;
  /** Puts what was kept in the place of what is in it now, as a restore does. */
  putBack(): Promise<void>;
  close(): Promise<void>;
}

/** For what asks nothing of a database but has to be given one: it connects to none. */
export const noDatabase = (): Database =>
  openDatabase({ service: 'nobody', url: 'postgres://nobody@127.0.0.1:1/none' });

const password = 'test';

/**
 * A database of its own for one test file: a clone of a template that is migrated once per version of the migrations.
 * Needs `TEST_POSTGRES_ADMIN_URL`, which `npm test` sets.
 */
export async function testDatabase(service: string, sets: readonly MigrationSet[]): Promise<TestDatabase> {
  const serverUrl = adminUrl();
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  const template = await ensureTemplate(server, service, sets).catch(async (error: unknown) => {
    await server.end({ timeout: 2 });
    throw error;
  });
  const name = `t_${service}_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await server.unsafe(`create database ${name} template ${template} owner ${service}_owner`);
  await server.unsafe(`grant connect on database ${name} to ${service}`);
  const as = (user: string) => {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    if (user !== '') [url.username, url.password] = [user, password];
    return url.href;
  };
  const admin = postgres(as(''), { max: 2, onnotice: () => {} });
  const db = openDatabase({ service, url: as(service), connections: 5 });
  const backup = backupOf(server, service, name);
  return {
    db,
    url: as(service),
    ownerUrl: as(`${service}_owner`),
    admin,
    keep: backup.keep,
    putBack: backup.putBack,
    close: async () => {
      await db.close();
      await admin.end({ timeout: 2 });
      await backup.drop();
      await server.unsafe(`drop database if exists ${name} with (force)`);
      await server.end({ timeout: 2 });
    },
  };
}

/** A copy of a service's database beside it on the same server, made and put back as a backup is. */
export function backupOf(server: postgres.Sql, service: string, name = service) {
  const kept = `${name}_kept`;
  /** Templates and databases that are dropped must have nobody in them, and clients come back as soon as they may. */
  const alone = async (work: () => Promise<void>): Promise<void> => {
    await server.unsafe(`alter database ${name} with allow_connections false`);
    await server`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${name}`;
    await work();
    await server.unsafe(`alter database ${name} with allow_connections true`);
  };
  const drop = (one: string) => server.unsafe(`drop database if exists ${one} with (force)`);
  const copy = async (from: string, to: string): Promise<void> => {
    await drop(to);
    await server.unsafe(
      `create database ${to} template ${from} owner ${service}_owner allow_connections false`,
    );
  };
  return {
    keep: () => alone(() => copy(name, kept)),
    putBack: () =>
      alone(async () => {
        await copy(kept, name);
        await server.unsafe(`grant connect on database ${name} to ${service}`);
      }),
    drop: async () => void (await drop(kept)),
  };
}

async function ensureTemplate(
  server: postgres.Sql,
  service: string,
  sets: readonly MigrationSet[],
): Promise<string> {
  const migrations = await readMigrations(sets);
  const version = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 10);
  const template = `tpl_${service}_${version}`;
  const isReady = async () =>
    (await server`select 1 from pg_database where datname = ${template}`).length > 0;
  // Whoever made it has made the roles before.
  if (await isReady()) return template;
  await server`select pg_advisory_lock(hashtextextended(${`template ${service}`}, 0))`;
  try {
    if (await isReady()) return template;
    const serverUrl = adminUrl();
    await ensureRoles(serverUrl, { service, password, ownerPassword: password });
    const building = `${template}_building`;
    await server.unsafe(`drop database if exists ${building} with (force)`);
    await ensureDatabase(serverUrl, service, building);
    const url = new URL(serverUrl);
    [url.pathname, url.username, url.password] = [`/${building}`, `${service}_owner`, password];
    await migrate(service, url.href, sets);
    await server.unsafe(`alter database ${building} rename to ${template}`);
    return template;
  } finally {
    await server`select pg_advisory_unlock_all()`;
  }
}

function adminUrl(): string {
  const url = process.env['TEST_POSTGRES_ADMIN_URL'];
  if (url === undefined) throw new Error('TEST_POSTGRES_ADMIN_URL is not set: run the tests with npm test');
  return url;
}

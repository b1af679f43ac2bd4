import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Database } from './database.ts';

export interface MigrationSet {
  /** Stands before the file's name in the list of what has been applied. */
  readonly name: string;
  readonly folder: URL;
}

/** Tables of outbox, inbox and dead letters, for every service that tells or hears facts. */
export const eventMigrations: MigrationSet = {
  name: 'events',
  folder: new URL('../migrations/events/', import.meta.url),
};

/** Tables of the access copy, for every service that answers about children and is not identity. */
export const accessCopyMigrations: MigrationSet = {
  name: 'access-copy',
  folder: new URL('../migrations/access-copy/', import.meta.url),
};

export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

/** The migrations of some sets, in the order they are applied. */
export async function readMigrations(sets: readonly MigrationSet[]): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const { name, folder } of sets) {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted();
    for (const file of files) {
      const text = await readFile(new URL(file, folder), 'utf8');
      migrations.push({
        name: `${name}/${file}`,
        text,
        hash: createHash('sha256').update(text).digest('hex'),
      });
    }
  }
  return migrations;
}

/**
 * Brings a service's database up to date, as the role that owns its tables. One runs at a time; a migration is applied
 * whole or not at all; one that changed after it was applied is refused. In the text `{{owner}}`, `{{service}}`,
 * `{{request}}` and `{{worker}}` stand for the service's roles. Answers the names of those it applied.
 */
export async function migrate(
  service: string,
  ownerUrl: string,
  sets: readonly MigrationSet[],
): Promise<string[]> {
  const roles: Record<string, string> = {
    owner: `${service}_owner`,
    service,
    request: `${service}_request`,
    worker: `${service}_worker`,
  };
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: { lock_timeout: 2_000 } });
  try {
    await client`set lock_timeout = '60s'`;
    await client`select pg_advisory_lock(hashtextextended('migrate', 0))`;
    await client`set lock_timeout = '2s'`;
    await client.unsafe(`
      create schema if not exists migration;
      create table if not exists migration.applied (
        name text primary key, hash text not null, applied_at timestamptz not null default now());
      alter table migration.applied enable row level security;
      alter table migration.applied force row level security;
      drop policy if exists everyone_reads on migration.applied;
      create policy everyone_reads on migration.applied using (true) with check (current_user = '${roles['owner']}');
      grant usage on schema migration to ${roles['worker']};
      grant select on migration.applied to ${roles['worker']};`);
    const applied = new Map(
      (await client<{ name: string; hash: string }[]>`select name, hash from migration.applied`).map(
        (row) => [row.name, row.hash],
      ),
    );
    const done: string[] = [];
    for (const { name, text, hash } of await readMigrations(sets)) {
      const known = applied.get(name);
      if (known === hash) continue;
      if (known !== undefined)
        throw new Error(`migration ${name} has changed since it was applied; write a new one instead`);
      const statements = text.replace(/\{\{(\w+)\}\}/g, (_match, role: string) => {
        if (roles[role] === undefined)
          throw new Error(`migration ${name} names the unknown role {{${role}}}`);
        return roles[role];
      });
      await client.begin(async (tx) => {
        await tx.unsafe(statements);
        await tx`insert into migration.applied (name, hash) values (${name}, ${hash})`;
      });
      done.push(name);
    }
    return done;
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Reads the migrations once and answers a check that fails while the database lacks one of them: a condition of readiness. */
export async function checkMigrated(
  db: Database,
  sets: readonly MigrationSet[],
): Promise<() => Promise<void>> {
  const names = (await readMigrations(sets)).map(({ name }) => name);
  return async () => {
    const rows = await db.asService((tx) =>
      tx.execute<{ name: string }>(sql`select name from migration.applied`),
    );
    const applied = new Set(rows.map(({ name }) => name));
    if (!names.every((name) => applied.has(name))) throw new Error('a migration has not been applied');
  };
}

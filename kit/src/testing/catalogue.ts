import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MigrationSet } from '../migrate.ts';
import { type TestDatabase, testDatabase } from './database.ts';

const ours = `relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')`;

/**
 * The tests that the database of every service must pass, whatever is in it (S-12). Answers that database, for what a service
 * has to say of its own tables. `known` are tables that must be among those found, so that what is looked at is all there is.
 */
export function testCatalogue(
  service: string,
  migrations: readonly MigrationSet[],
  known: readonly string[],
): () => TestDatabase {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(service, migrations);
  });
  afterAll(() => database.close());

  test('forces row-level security on every table, the kit’s too', async () => {
    const tables = await database.admin.unsafe(`
      select oid::regclass::text as name, relrowsecurity as is_on, relforcerowsecurity as is_forced
      from pg_class where relkind in ('r', 'p') and ${ours}`);
    expect(tables.map(({ name }) => name as string)).toEqual(
      expect.arrayContaining(['outbox', 'migration.applied', ...known]),
    );
    expect(tables.filter(({ is_on, is_forced }) => !is_on || !is_forced)).toEqual([]);
  });

  test('has no view that looks past it', async () => {
    const views = await database.admin.unsafe(`
      select oid::regclass::text from pg_class where relkind in ('v', 'm') and ${ours}
      and not coalesce(reloptions @> array['security_invoker=true'], false)`);
    expect(views).toEqual([]);
  });

  test('is owned by a role that nobody logs in as to serve', async () => {
    const owned = await database.admin.unsafe(`
      select c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner
      where ${ours} and r.rolname in ('${service}', '${service}_request', '${service}_worker')`);
    expect(owned).toEqual([]);
  });

  test('has roles that cannot bypass it', async () => {
    const mighty = await database.admin`
      select rolname from pg_roles where rolname like ${`${service}%`}
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`;
    expect(mighty).toEqual([]);
  });

  test('gives the login role itself no table at all', async () => {
    const granted = await database.admin`
      select table_name from information_schema.role_table_grants where grantee in (${service}, 'PUBLIC')
      and table_schema not in ('pg_catalog', 'information_schema')`;
    expect(granted).toEqual([]);
    await expect(database.db.ping()).resolves.toBeUndefined();
  });

  test('compares columns with arrays that are made once a query, never with a look-up for each row', async () => {
    const policies = await database.admin<{ name: string; text: string }[]>`
      select tablename || '.' || policyname as name, concat_ws(E'\n', qual, with_check) as text
      from pg_policies where roles = array[${`${service}_request`}]::name[]`;
    expect(policies.length).toBeGreaterThan(6);
    for (const { name, text } of policies) {
      const rest = text.replaceAll(/\( SELECT (access\.)?[a-z_]+\(\) AS [a-z_]+\)/g, '');
      expect({ name, callsForEachRow: rest.match(/SELECT|\b[a-z_.]+\(/g) }).toEqual({
        name,
        callsForEachRow: null,
      });
    }
    const functions = await database.admin`
      select proname from pg_proc where pronamespace::regnamespace::text in ('public', 'access')
        and prosrc ~ '(any|all) \\((access\\.)?[a-z_]+\\([a-z_]*\\)\\)'`;
    expect(functions).toEqual([]);
  });

  test('never changes a setting for longer than a transaction', async () => {
    const lasting = await database.admin`
      select proname from pg_proc where pronamespace in ('public'::regnamespace, 'access'::regnamespace)
      and prosrc ~* 'set_config\\([^;]*, *false *\\)'`;
    expect(lasting).toEqual([]);
  });

  return () => database;
}

/** What a request may do to which table of the service's own: `draft INSERT SELECT`. */
export async function grantedToRequests(database: TestDatabase, service: string): Promise<string[]> {
  const granted = await database.admin`
    select table_name, string_agg(distinct privilege_type, ' ' order by privilege_type) as verbs
    from information_schema.column_privileges
    where grantee = ${`${service}_request`} and table_schema = 'public'
    group by table_name order by table_name`;
  return granted.map(({ table_name, verbs }) => `${table_name} ${verbs}`);
}

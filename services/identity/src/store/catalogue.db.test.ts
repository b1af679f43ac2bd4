import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../migrations.ts';

let database: TestDatabase;
beforeAll(async () => (database = await testDatabase('identity', migrations)));
afterAll(() => database.close());

const ours = `relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')`;

describe('the database of identity (S-12)', () => {
  test('forces row-level security on every table', async () => {
    const tables = await database.admin.unsafe(`
      select oid::regclass::text as name, relrowsecurity as is_on, relforcerowsecurity as is_forced
      from pg_class where relkind in ('r', 'p') and ${ours}`);
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.filter(({ is_on, is_forced }) => !is_on || !is_forced)).toEqual([]);
  });

  test('has no view that looks past it', async () => {
    const views = await database.admin.unsafe(`
      select oid::regclass::text from pg_class where relkind in ('v', 'm') and ${ours}
      and not coalesce(reloptions @> array['security_invoker=true'], false)`);
    expect(views).toEqual([]);
  });

  test('is owned by a role that nobody logs in as to serve, and that cannot bypass it', async () => {
    const owned = await database.admin.unsafe(`
      select c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner
      where ${ours} and r.rolname in ('identity', 'identity_request', 'identity_worker')`);
    expect(owned).toEqual([]);
    const mighty = await database.admin`
      select rolname from pg_roles where rolname like 'identity%'
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`;
    expect(mighty).toEqual([]);
  });

  test('gives the login role itself no table, and a request those alone that it reads, asks, tells and leaves a trace in', async () => {
    const granted = await database.admin`
      select table_name from information_schema.role_table_grants where grantee in ('identity', 'PUBLIC')
      and table_schema not in ('pg_catalog', 'information_schema')`;
    expect(granted).toEqual([]);
    const request = await database.admin`
      select table_name, string_agg(distinct privilege_type, ' ' order by privilege_type) as verbs
      from information_schema.column_privileges where grantee = 'identity_request' and table_schema = 'public'
      group by table_name order by table_name`;
    expect(request.map(({ table_name, verbs }) => `${table_name} ${verbs}`)).toEqual([
      'access_grant SELECT',
      'access_log SELECT',
      'case_file SELECT',
      'child_group SELECT',
      'confidential_text SELECT',
      'enrolment SELECT',
      'feature_act SELECT',
      'information_candidate SELECT',
      'information_entry INSERT SELECT',
      'information_history INSERT SELECT',
      'information_request INSERT SELECT UPDATE',
      'information_text INSERT SELECT',
      'municipal_role SELECT',
      'outbox INSERT',
      'person SELECT',
      'person_settings SELECT',
      'proposal SELECT',
      'push_device SELECT',
      'quarantine SELECT',
      'reading_alarm SELECT',
      'restriction SELECT',
      'retention_figure SELECT',
      'retention_hold SELECT',
      'retention_run SELECT',
      'staff_login SELECT',
      'staff_naming SELECT',
      'staff_read INSERT',
      'staff_role SELECT',
      'unit SELECT',
      'unit_contact SELECT',
      'unit_features SELECT',
      'unit_register SELECT',
      'work_item SELECT',
    ]);
  });

  test('compares columns with arrays that are made once a query, never with a look-up for each row', async () => {
    const policies = await database.admin<{ name: string; text: string }[]>`
      select tablename || '.' || policyname as name, coalesce(qual, '') || coalesce(with_check, '') as text
      from pg_policies where roles = '{identity_request}'`;
    expect(policies.length).toBeGreaterThan(6);
    for (const { name, text } of policies) {
      const rest = text.replaceAll(/\( SELECT (access\.)?[a-z_]+\(\) AS [a-z_]+\)/g, '');
      expect({ name, callsForEachRow: rest.match(/SELECT|\b[a-z_.]+\(/g) }).toEqual({
        name,
        callsForEachRow: null,
      });
    }
  });

  test('never changes a setting for longer than a transaction', async () => {
    const lasting = await database.admin`
      select proname from pg_proc where pronamespace in ('public'::regnamespace, 'access'::regnamespace)
      and prosrc ~* 'set_config\\([^;]*, *false *\\)'`;
    expect(lasting).toEqual([]);
  });

  test('keeps a history that its own service can only add to (GUA-06)', async () => {
    const verbs = await database.admin`
      select privilege_type as verb from information_schema.role_table_grants
      where grantee = 'identity_worker' and table_name = 'grant_history' order by 1`;
    expect(verbs.map(({ verb }) => verb as string)).toEqual(['INSERT', 'SELECT']);
  });
});

import { type TestDatabase, testDatabase } from '@ranselpost/kit/testing/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../migrations.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('messaging', migrations);
});
afterAll(() => database.close());

const ours = `relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')`;

describe('the database of messaging (S-12)', () => {
  test('forces row-level security on every table, the kit’s too', async () => {
    const tables = await database.admin.unsafe(`
      select oid::regclass::text as name, relrowsecurity as is_on, relforcerowsecurity as is_forced
      from pg_class where relkind in ('r', 'p') and ${ours}`);
    expect(tables.map(({ name }) => name as string)).toEqual(
      expect.arrayContaining([
        'attachment',
        'draft',
        'file_to_erase',
        'inbox_entry',
        'left_out',
        'put_away',
        'message',
        'news',
        'news_earlier',
        'thread',
        'outbox',
        'access.guardian',
        'migration.applied',
      ]),
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
      where ${ours} and r.rolname in ('messaging', 'messaging_request', 'messaging_worker')`);
    expect(owned).toEqual([]);
  });

  test('has roles that cannot bypass it', async () => {
    const mighty = await database.admin`
      select rolname from pg_roles where rolname like 'messaging%'
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`;
    expect(mighty).toEqual([]);
  });

  test('gives the login role itself no table at all', async () => {
    const granted = await database.admin`
      select table_name from information_schema.role_table_grants where grantee in ('messaging', 'PUBLIC')
      and table_schema not in ('pg_catalog', 'information_schema')`;
    expect(granted).toEqual([]);
    await expect(database.db.ping()).resolves.toBeUndefined();
  });

  test('gives a request what it needs of threads and no more', async () => {
    const granted = await database.admin`
      select table_name, string_agg(distinct privilege_type, ' ' order by privilege_type) as verbs
      from information_schema.column_privileges where grantee = 'messaging_request' and table_schema = 'public'
      group by table_name order by table_name`;
    expect(granted).toEqual([
      { table_name: 'archive_entry', verbs: 'SELECT' },
      { table_name: 'attachment', verbs: 'INSERT SELECT UPDATE' },
      { table_name: 'broadcast', verbs: 'INSERT SELECT UPDATE' },
      { table_name: 'broadcast_recipient', verbs: 'SELECT UPDATE' },
      { table_name: 'calendar_feed', verbs: 'SELECT' },
      { table_name: 'contact_form', verbs: 'SELECT' },
      { table_name: 'draft', verbs: 'INSERT SELECT UPDATE' },
      { table_name: 'form_case', verbs: 'SELECT' },
      { table_name: 'inbox_entry', verbs: 'SELECT UPDATE' },
      { table_name: 'mailbox_entry', verbs: 'SELECT' },
      { table_name: 'meeting_booking', verbs: 'INSERT SELECT UPDATE' },
      { table_name: 'meeting_invitation', verbs: 'INSERT SELECT' },
      { table_name: 'meeting_offer', verbs: 'INSERT SELECT' },
      { table_name: 'meeting_time', verbs: 'INSERT SELECT UPDATE' },
      { table_name: 'message', verbs: 'INSERT SELECT' },
      { table_name: 'news', verbs: 'INSERT SELECT UPDATE' },
      { table_name: 'out_of_office', verbs: 'INSERT SELECT' },
      { table_name: 'outbox', verbs: 'INSERT' },
      { table_name: 'safety_concern', verbs: 'SELECT' },
      { table_name: 'talk_request', verbs: 'INSERT SELECT' },
      { table_name: 'thread', verbs: 'INSERT SELECT' },
      { table_name: 'unit_document', verbs: 'INSERT SELECT' },
      { table_name: 'unit_event', verbs: 'INSERT SELECT UPDATE' },
      { table_name: 'unit_event_answer', verbs: 'INSERT SELECT UPDATE' },
      { table_name: 'unit_event_invitation', verbs: 'INSERT SELECT' },
    ]);
    // The service's own work delivers messages, and reads none, nor what is not sent yet.
    const [reads] = await database.admin`
      select has_column_privilege('messaging_worker', 'message', 'body', 'SELECT') as body,
        has_column_privilege('messaging_worker', 'draft', 'body', 'SELECT') as draft`;
    expect(reads).toEqual({ body: false, draft: false });
    expect(
      await database.admin`
        select grantee from information_schema.column_privileges where table_name = 'put_away' and grantee <> 'messaging_owner'`,
    ).toEqual([]);
  });

  test('compares columns with arrays that are made once a query, never with a look-up for each row', async () => {
    const policies = await database.admin<{ name: string; text: string }[]>`
      select tablename || '.' || policyname as name, coalesce(qual, '') || coalesce(with_check, '') as text
      from pg_policies where roles = '{messaging_request}'`;
    expect(policies.length).toBeGreaterThan(7);
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
});

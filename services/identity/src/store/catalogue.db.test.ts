import { grantedToRequests, testCatalogue } from '@ranselpost/kit/testing/catalogue';
import { describe, expect, test } from 'vitest';
import { migrations } from '../migrations.ts';

describe('the database of identity (S-12)', () => {
  const database = testCatalogue('identity', migrations, [
    'access_grant',
    'person',
    'case_file',
    'access_log',
  ]);

  test('gives a request those tables alone that it reads, asks, tells and leaves a trace in', async () => {
    expect(await grantedToRequests(database(), 'identity')).toEqual([
      'access_grant SELECT',
      'access_log SELECT',
      'applicant SELECT',
      'case_file SELECT',
      'child_group SELECT',
      'confidential_text SELECT',
      'considered_child SELECT',
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
      'staff_pin SELECT',
      'staff_read INSERT',
      'staff_role SELECT',
      'tablet SELECT',
      'unit SELECT',
      'unit_contact SELECT',
      'unit_features SELECT',
      'unit_register SELECT',
      'work_item SELECT',
    ]);
  });

  test('keeps a history that its own service can only add to (GUA-06)', async () => {
    const verbs = await database().admin`
      select privilege_type as verb from information_schema.role_table_grants
      where grantee = 'identity_worker' and table_name = 'grant_history' order by 1`;
    expect(verbs.map(({ verb }) => verb as string)).toEqual(['INSERT', 'SELECT']);
  });
});

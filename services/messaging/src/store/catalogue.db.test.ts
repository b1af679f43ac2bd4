import { grantedToRequests, testCatalogue } from '@ranselpost/kit/testing/catalogue';
import { describe, expect, test } from 'vitest';
import { migrations } from '../migrations.ts';

describe('the database of messaging (S-12)', () => {
  const database = testCatalogue('messaging', migrations, [
    ...['attachment', 'draft', 'file_to_erase', 'inbox_entry', 'left_out', 'put_away', 'message'],
    ...['news', 'news_earlier', 'thread', 'access.guardian'],
  ]);

  test('gives a request what it needs of threads and no more', async () => {
    expect(await grantedToRequests(database(), 'messaging')).toEqual([
      'archive_entry SELECT',
      'attachment INSERT SELECT UPDATE',
      'broadcast INSERT SELECT UPDATE',
      'broadcast_recipient SELECT UPDATE',
      'calendar_feed SELECT',
      'contact_form SELECT',
      'draft INSERT SELECT UPDATE',
      'form_case SELECT',
      'inbox_entry SELECT UPDATE',
      'mailbox_entry SELECT',
      'meeting_booking INSERT SELECT UPDATE',
      'meeting_invitation INSERT SELECT',
      'meeting_offer INSERT SELECT',
      'meeting_time INSERT SELECT UPDATE',
      'message INSERT SELECT',
      'news INSERT SELECT UPDATE',
      'out_of_office INSERT SELECT',
      'outbox INSERT',
      'safety_concern SELECT',
      'talk_request INSERT SELECT',
      'thread INSERT SELECT',
      'unit_document INSERT SELECT',
      'unit_event INSERT SELECT UPDATE',
      'unit_event_answer INSERT SELECT UPDATE',
      'unit_event_invitation INSERT SELECT',
    ]);
    // The service's own work delivers messages, and reads none, nor what is not sent yet.
    const [reads] = await database().admin`
      select has_column_privilege('messaging_worker', 'message', 'body', 'SELECT') as body,
        has_column_privilege('messaging_worker', 'draft', 'body', 'SELECT') as draft`;
    expect(reads).toEqual({ body: false, draft: false });
    expect(
      await database().admin`
        select grantee from information_schema.column_privileges where table_name = 'put_away' and grantee <> 'messaging_owner'`,
    ).toEqual([]);
  });
});

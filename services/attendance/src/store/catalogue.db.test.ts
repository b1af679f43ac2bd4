import { grantedToRequests, testCatalogue } from '@ranselpost/kit/testing/catalogue';
import { describe, expect, test } from 'vitest';
import { migrations } from '../migrations.ts';

describe('the database of attendance (S-12)', () => {
  const database = testCatalogue('attendance', migrations, [
    'absence',
    'absence_cause',
    'mark',
    'lesson',
    'inbox',
    'access.guardian',
  ]);

  test('gives a request what it needs of absences and no more', async () => {
    expect(await grantedToRequests(database(), 'attendance')).toEqual([
      'absence INSERT SELECT UPDATE',
      'absence_cause INSERT SELECT',
      'absence_certificate INSERT SELECT',
      'absence_change SELECT',
      'absence_repeat INSERT SELECT',
      'alert_setting INSERT SELECT UPDATE',
      'days_feed SELECT',
      'follow_up INSERT SELECT UPDATE',
      'follow_up_step INSERT SELECT UPDATE',
      'group_grade INSERT SELECT UPDATE',
      'health_note INSERT SELECT UPDATE',
      'holiday_answer INSERT SELECT',
      'holiday_survey INSERT SELECT UPDATE',
      'leave INSERT SELECT',
      'leave_complaint INSERT SELECT',
      'leave_day SELECT',
      'leave_decision INSERT SELECT',
      'leave_forwarding INSERT SELECT',
      'leave_letter SELECT',
      'leave_objection INSERT SELECT',
      'leave_text INSERT SELECT',
      'leave_withdrawal INSERT SELECT',
      'lesson INSERT SELECT UPDATE',
      'mark INSERT SELECT',
      'outbox INSERT',
      'removal_request INSERT SELECT UPDATE',
      'staff_presence INSERT SELECT UPDATE',
      'stay INSERT SELECT UPDATE',
      'still_sick SELECT UPDATE',
      'threshold INSERT SELECT UPDATE',
      'threshold_alert SELECT UPDATE',
      'trip INSERT SELECT UPDATE',
      'trip_staff INSERT SELECT',
      'unit_calendar INSERT SELECT UPDATE',
      'unreported_alert INSERT SELECT UPDATE',
    ]);
    const worker = await database().admin`
      select table_name from information_schema.role_table_grants
      where grantee = 'attendance_worker' and table_name like 'absence%'`;
    expect(worker).toEqual([]);
  });
});

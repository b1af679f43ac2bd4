import { grantedToRequests, testCatalogue } from '@ranselpost/kit/testing/catalogue';
import { describe, expect, test } from 'vitest';
import { migrations } from '../migrations.ts';

describe('the database of placement (S-12)', () => {
  const database = testCatalogue('placement', migrations, [
    'statute',
    'admission_round',
    'inbox',
    'access.guardian',
  ]);

  test('gives a request what it needs and no more', async () => {
    expect(await grantedToRequests(database(), 'placement')).toEqual([
      'admission_round INSERT SELECT UPDATE',
      'appeal INSERT SELECT',
      'appeal_move INSERT SELECT',
      'application_guardian INSERT SELECT',
      'application_receipt INSERT SELECT',
      'application_withdrawal INSERT SELECT',
      'child_facts SELECT',
      'claim INSERT SELECT',
      'claim_assignment INSERT',
      'claim_document INSERT SELECT UPDATE',
      'claim_proof INSERT SELECT',
      'claim_verdict INSERT SELECT',
      'claim_withdrawal SELECT',
      'decision_letter SELECT',
      'decision_reader SELECT',
      'hours_change INSERT SELECT',
      'offer INSERT SELECT',
      'offer_command INSERT SELECT',
      'offer_ending INSERT SELECT',
      'outbox INSERT',
      'place SELECT',
      'placement_application INSERT SELECT UPDATE',
      'pool SELECT',
      'reduced_payment INSERT SELECT',
      'reduced_payment_assignment INSERT',
      'reduced_payment_decision INSERT SELECT',
      'reduced_payment_income INSERT SELECT',
      'resignation INSERT SELECT',
      'right_decision INSERT SELECT',
      'round_move INSERT SELECT',
      'round_override INSERT SELECT',
      'round_override_approval INSERT SELECT',
      'round_override_withdrawal INSERT SELECT',
      'round_publishing INSERT SELECT UPDATE',
      'round_reopening INSERT SELECT',
      'round_seed SELECT',
      'round_unit INSERT SELECT',
      'run SELECT',
      'scenario INSERT SELECT',
      'school_start_note INSERT',
      'seat SELECT',
      'seat_change INSERT SELECT',
      'seat_decision INSERT SELECT',
      'statute INSERT SELECT',
      'waiting_entry SELECT',
      'waiting_position SELECT',
      'wish INSERT SELECT',
      'wish_outcome SELECT',
      'wish_rank SELECT',
    ]);
    const worker = await database().admin`
      select table_name from information_schema.role_table_grants
      where grantee = 'placement_worker' and table_name = 'statute'`;
    expect(worker).toEqual([]);
  });
});

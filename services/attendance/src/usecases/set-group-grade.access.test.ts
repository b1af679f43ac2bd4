import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, worker } from '../../test/leave-facts.ts';
import { mayLead } from '../domain/register-policy.ts';

test('saying which grade a class is in is for whoever leads the whole school (ABS-06, S-06)', () => {
  const leads = inRole('LEADER', null);
  for (const role of [inRole('CONTACT_TEACHER', '2A'), inRole('ADMINISTRATOR', null), inRole('LEADER', '2A')])
    expect(() => mayLead(worker, leaveFacts(role), 'school')).toThrow('Not found.');
  expect(() => mayLead(worker, leaveFacts(leads), 'elsewhere')).toThrow('Not found.');
  expect(() => mayLead(guardianOfOurs, leaveFacts(leads), 'school')).toThrow('Not found.');
  expect(() => mayLead(worker, leaveFacts(leads), 'school')).not.toThrow();
});

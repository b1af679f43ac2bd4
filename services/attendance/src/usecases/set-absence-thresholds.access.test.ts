import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, worker } from '../../test/leave-facts.ts';
import { mayLead } from '../domain/register-policy.ts';

test('saying from which absence on a school looks at a pupil is for its leader (ABS-18, S-06)', () => {
  const leads = inRole('LEADER', null);
  for (const role of [
    inRole('CONTACT_TEACHER', '2A'),
    inRole('ADMINISTRATOR', null),
    inRole('TEACHER', null),
  ])
    expect(() => mayLead(worker, leaveFacts(role), 'school')).toThrow('Not found.');
  expect(() => mayLead(guardianOfOurs, leaveFacts(leads), 'school')).toThrow('Not found.');
  expect(() => mayLead(worker, leaveFacts({ ...leads, to: '2026-09-01' }), 'school')).toThrow('Not found.');
  expect(() => mayLead(worker, leaveFacts(leads), 'school')).not.toThrow();
});

import { expect, test } from 'vitest';
import { guardianOfOurs, leaveFacts, inRole, worker } from '../../test/leave-facts.ts';
import { decidesAt } from '../domain/leave-policy.ts';

// Refusing is deciding, as granting is: grant-leave.access.test.ts.
test('what waits for a decision is listed for those who decide at the unit (LEA-09)', () => {
  const leads = leaveFacts(inRole('LEADER', null));
  expect(decidesAt(guardianOfOurs, leads, 'school')).toBe(false);
  expect(decidesAt(worker, leads, 'elsewhere')).toBe(false);
  expect(decidesAt(worker, leaveFacts(inRole('TEACHER', '2A')), 'school')).toBe(false);
  expect(decidesAt(worker, leaveFacts({ ...inRole('LEADER', null), from: '2026-10-01' }), 'school')).toBe(
    false,
  );
  expect(decidesAt(worker, leaveFacts(inRole('CONTACT_TEACHER', '2A')), 'school')).toBe(true);
  expect(decidesAt(worker, leads, 'school')).toBe(true);
});

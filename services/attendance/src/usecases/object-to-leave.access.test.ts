import { expect, test } from 'vitest';
import { guardianOfOurs, leaveFacts, inRole, ours, worker } from '../../test/leave-facts.ts';
import { mayAnswerForChild, maySeeLeave } from '../domain/leave-policy.ts';

test('objecting is for guardians who see the leave, and never for staff (LEA-07, S-06)', () => {
  const facts = leaveFacts(inRole('LEADER', null));
  expect(maySeeLeave(worker, facts, ours)).toBe(true);
  expect(() => mayAnswerForChild(worker, facts, 'ours')).toThrow('Not found.');
  expect(maySeeLeave(guardianOfOurs, leaveFacts(), ours)).toBe(false);
  expect(maySeeLeave(guardianOfOurs, { ...leaveFacts(), guardianOf: ['ours'] }, ours)).toBe(true);
});

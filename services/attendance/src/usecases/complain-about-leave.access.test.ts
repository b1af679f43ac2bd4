import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, ours, worker } from '../../test/leave-facts.ts';
import { mayAnswerForChild, mayReadCase } from '../domain/leave-policy.ts';

test('complaining is for each guardian, alone, and never for staff (ADM-05, S-06)', () => {
  expect(() => mayAnswerForChild(worker, leaveFacts(inRole('LEADER', null)), 'ours')).toThrow('Not found.');
  expect(() => mayAnswerForChild(guardianOfOurs, leaveFacts(), 'ours')).toThrow('Not found.');
  const facts = { ...leaveFacts(), guardianOf: ['ours'] };
  expect(() => mayAnswerForChild({ ...guardianOfOurs, personId: 'other' }, facts, 'ours')).not.toThrow();
});

test('what is complained is read by the leader, and by no contact teacher any more (LEA-09)', () => {
  const complained = { ...ours, decider: 'LEADER' } as const;
  expect(mayReadCase(worker, leaveFacts(inRole('CONTACT_TEACHER', '2A')), complained)).toBe(false);
  expect(mayReadCase(guardianOfOurs, { ...leaveFacts(), guardianOf: ['ours'] }, complained)).toBe(false);
  expect(mayReadCase(worker, leaveFacts(inRole('LEADER', null)), complained)).toBe(true);
});

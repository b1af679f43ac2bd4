import { expect, test } from 'vitest';
import { guardianOfOurs, leaveFacts, inRole, worker } from '../../test/leave-facts.ts';
import { mayAnswerForChild, withdraws } from '../domain/leave-policy.ts';

test('withdrawing is for the guardian who applied, or any where they are none any more, and for nobody else (LEA-07, GUA-20)', () => {
  expect(() => mayAnswerForChild(guardianOfOurs, leaveFacts(), 'ours')).toThrow('Not found.');
  const contactTeacher = leaveFacts(inRole('CONTACT_TEACHER', '2A'));
  expect(() => mayAnswerForChild(worker, contactTeacher, 'ours')).toThrow('Not found.');
  const facts = { ...leaveFacts(), guardianOf: ['ours'] };
  expect(() => mayAnswerForChild({ ...guardianOfOurs, personId: 'other' }, facts, 'ours')).not.toThrow();
  expect(withdraws(guardianOfOurs, guardianOfOurs.personId)).toBe(true);
  expect(withdraws(guardianOfOurs, null)).toBe(true);
  expect(withdraws(guardianOfOurs, 'other')).toBe(false);
});

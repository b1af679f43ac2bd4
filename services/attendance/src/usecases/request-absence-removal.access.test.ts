import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, ours, theirs, worker } from '../../test/leave-facts.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';

test('asking for days to be left out of a certificate is for the child’s guardians alone (ABS-07, GUA-20)', () => {
  const own = { ...leaveFacts(inRole('LEADER', null)), guardianOf: ['ours'] };
  expect(() => mayAnswerForChild(worker, own, ours.childId)).toThrow('Not found.');
  expect(() => mayAnswerForChild(guardianOfOurs, own, theirs.childId)).toThrow('Not found.');
  expect(() => mayAnswerForChild(guardianOfOurs, own, ours.childId)).not.toThrow();
});

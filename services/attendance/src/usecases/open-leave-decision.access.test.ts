import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, worker } from '../../test/leave-facts.ts';
import { mayAnswerForChild } from '../domain/leave-policy.ts';

test('a decision is opened by the child’s guardians; whoever decided has its reasons without (ADM-03)', () => {
  expect(() => mayAnswerForChild(worker, leaveFacts(inRole('LEADER', null)), 'ours')).toThrow('Not found.');
  expect(() => mayAnswerForChild(guardianOfOurs, leaveFacts(), 'ours')).toThrow('Not found.');
  const facts = { ...leaveFacts(), guardianOf: ['ours'] };
  expect(() => mayAnswerForChild(guardianOfOurs, facts, 'ours')).not.toThrow();
});

import { expect, test } from 'vitest';
import { guardianOfOurs, leaveFacts, inRole, theirs, worker } from '../../test/leave-facts.ts';
import { decidesAs, mayAnswerForChild, mayReadCase } from '../domain/leave-policy.ts';

// What they may do with what there is, leave.db.test.ts tries, with either lock switched off.
test('applying is for the child’s guardians, signed in as such (LEA-07, GUA-24, S-06)', () => {
  const may =
    (...given: Parameters<typeof mayAnswerForChild>) =>
    () =>
      mayAnswerForChild(...given);
  expect(may(worker, leaveFacts(inRole('LEADER', null)), 'ours')).toThrow('Not found.');
  expect(may(worker, { ...leaveFacts(), guardianOf: ['ours'] }, 'ours')).toThrow('Not found.');
  expect(may(guardianOfOurs, { ...leaveFacts(), guardianOf: ['theirs'] }, 'ours')).toThrow('Not found.');
  expect(may(guardianOfOurs, { ...leaveFacts(), guardianOf: ['ours'] }, 'ours')).not.toThrow();
});

test('what was written is for the leader, and for the contact teacher where it is theirs (LEA-09)', () => {
  const place = { childId: 'ours', unitId: 'school' };
  const reads = (role: string, decider: 'LEADER' | 'CONTACT_TEACHER', group: string | null = null) =>
    mayReadCase(worker, leaveFacts(inRole(role, group)), { ...place, decider });
  expect(reads('LEADER', 'LEADER')).toBe(true);
  expect(reads('LEADER', 'CONTACT_TEACHER')).toBe(true);
  expect(reads('CONTACT_TEACHER', 'CONTACT_TEACHER', '2A')).toBe(true);
  expect(reads('CONTACT_TEACHER', 'LEADER', '2A')).toBe(false);
  expect(reads('ADMINISTRATOR', 'CONTACT_TEACHER')).toBe(false);
  expect(decidesAs(worker, leaveFacts(inRole('LEADER', null)), theirs)).toBeNull();
});

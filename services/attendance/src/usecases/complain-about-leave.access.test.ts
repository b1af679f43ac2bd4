import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, ours, theirs, worker } from '../../test/leave-facts.ts';
import { mayAnswerForChild, mayReadCase, maySeeComplaint } from '../domain/leave-policy.ts';

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

test('that there is one the other guardian sees, but of a protected child (ADM-05, ADR-11)', () => {
  const at = (place: typeof ours, by: string) =>
    maySeeComplaint(
      guardianOfOurs,
      { ...leaveFacts(), guardianOf: ['ours', 'theirs'] },
      { ...place, decider: 'LEADER' },
      by,
    );
  expect(at(theirs, 'other')).toBe(false);
  expect(at(theirs, guardianOfOurs.personId)).toBe(true);
  expect(at(ours, 'other')).toBe(true);
  const leave = { ...ours, decider: 'LEADER' } as const;
  const taught = leaveFacts(inRole('CONTACT_TEACHER', '2A'));
  expect(maySeeComplaint(worker, taught, leave, 'other')).toBe(false);
  expect(maySeeComplaint(worker, leaveFacts(inRole('LEADER', null)), leave, 'other')).toBe(true);
});

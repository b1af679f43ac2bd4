import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, ours, worker } from '../../test/leave-facts.ts';
import { mayDecideLeave } from '../domain/leave-policy.ts';

// Whoever decides, but the leader alone goes on: decideForwarding.
test('forwarding a complaint is for who decides, never on their own child’s, and for no guardian (ADM-04, GUA-24, S-06)', () => {
  const leads = leaveFacts(inRole('LEADER', null));
  for (const role of ['ADMINISTRATOR', 'TEACHER', 'ASSISTANT', 'AFTER_SCHOOL'])
    expect(() => mayDecideLeave(worker, leaveFacts(inRole(role, '2A')), ours)).toThrow('Not found.');
  expect(() => mayDecideLeave(guardianOfOurs, { ...leads, guardianOf: ['ours'] }, ours)).toThrow(
    'Not found.',
  );
  expect(() => mayDecideLeave(worker, { ...leads, ownChildIds: ['ours'] }, ours)).toThrow('Not found.');
  expect(mayDecideLeave(worker, leaveFacts(inRole('CONTACT_TEACHER', '2A')), ours).as).toBe(
    'CONTACT_TEACHER',
  );
  expect(mayDecideLeave(worker, leads, ours).as).toBe('LEADER');
});

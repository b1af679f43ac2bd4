import { expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, ours, theirs, worker } from '../../test/leave-facts.ts';
import { isToldOf } from '../domain/counting-policy.ts';

test('taking an alert on is for the leader, and for the contact teacher where it is for them (T14, GUA-24, ADR-10)', () => {
  const facts = (role: string, groupId: string | null = null) => ({
    ...leaveFacts(inRole(role, groupId)),
    schoolIds: new Set(['school']),
  });
  const alert = { ...ours, tells: ['LEADER'] as const };
  const both = { ...ours, tells: ['CONTACT_TEACHER', 'LEADER'] as const };
  for (const [role, groupId] of [
    ['ASSISTANT', '2A'],
    ['TEACHER', null],
    ['ADMINISTRATOR', null],
    ['CONTACT_TEACHER', '2B'],
  ] as const)
    expect(isToldOf(worker, facts(role, groupId), both)).toBe(false);
  const teaches = facts('CONTACT_TEACHER', '2A');
  expect(isToldOf(worker, teaches, alert)).toBe(false);
  expect(isToldOf(worker, { ...teaches, ownChildIds: ['ours'] }, both)).toBe(false);
  expect(isToldOf(worker, { ...teaches, schoolIds: new Set() }, both)).toBe(false);
  expect(isToldOf(guardianOfOurs, { ...teaches, guardianOf: ['ours'] }, both)).toBe(false);
  expect(isToldOf(worker, teaches, { ...both, ...theirs })).toBe(false);
  expect(isToldOf(worker, teaches, both)).toBe(true);
  expect(isToldOf(worker, facts('LEADER'), alert)).toBe(true);
});

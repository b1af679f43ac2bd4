import { staff } from '@ranselpost/kit/testing/actors';
import { describe, expect, test } from 'vitest';
import { guardianOfOurs, inRole, leaveFacts, ours, theirs, worker } from '../../test/leave-facts.ts';
import { groundToCount } from './counting-policy.ts';

const facts = (role: string, groupId: string | null = null) => ({
  ...leaveFacts(inRole(role, groupId)),
  schoolIds: new Set(['school']),
});

describe('how a child’s absence from school is counted is told', () => {
  test('to nobody of the staff but its contact teacher and its leader, at a school (SFO-10, LEA-09)', () => {
    for (const [role, groupId] of [
      ['TEACHER', '2A'],
      ['ASSISTANT', '2A'],
      ['ADMINISTRATOR', null],
      ['AFTER_SCHOOL', null],
      ['CONTACT_TEACHER', '2B'],
      ['CONTACT_TEACHER', null],
    ] as const)
      expect(groundToCount(worker, facts(role, groupId), ours.childId)).toBeNull();
    expect(groundToCount(worker, { ...facts('LEADER'), schoolIds: new Set() }, ours.childId)).toBeNull();
    // Nobody is named for the other one (ADR-10).
    expect(groundToCount(worker, facts('LEADER'), theirs.childId)).toBeNull();
    expect(groundToCount(worker, { ...facts('LEADER'), ownChildIds: ['ours'] }, ours.childId)).toBeNull();
    expect(groundToCount(worker, facts('LEADER'), ours.childId)).toEqual({ as: 'LEADER', unitId: 'school' });
    expect(groundToCount(worker, facts('CONTACT_TEACHER', '2A'), ours.childId)?.as).toBe('CONTACT_TEACHER');
  });

  test('to its guardians, who are signed in as such (GUA-01, GUA-24)', () => {
    const own = { ...facts('TEACHER'), roles: [], guardianOf: ['ours'] };
    expect(groundToCount(guardianOfOurs, own, ours.childId)).toEqual({ as: 'GUARDIAN' });
    expect(groundToCount(guardianOfOurs, own, theirs.childId)).toBeNull();
    expect(groundToCount(staff('mother'), own, ours.childId)).toBeNull();
  });
});

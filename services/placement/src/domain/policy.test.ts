import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { describe, expect, test } from 'vitest';
import { type PlacementFacts, isCaseWorker, isLeaderOf, isResponsibleFor } from './policy.ts';

const facts: PlacementFacts = {
  ...{ today: '2027-01-20', guardianOf: ['ours', 'ward'], enrolments: [], namedFor: [] },
  roles: [
    { role: 'LEADER', unitId: 'solhaug', groupId: null, from: '2020-08-01', to: null },
    { role: 'LEADER', unitId: 'left', groupId: null, from: '2020-08-01', to: '2027-01-20' },
    { role: 'LEADER', unitId: 'partly', groupId: 'department', from: '2020-08-01', to: null },
    { role: 'KINDERGARTEN', unitId: 'works', groupId: null, from: '2020-08-01', to: null },
  ],
  ...{ municipalRoles: ['CASE_WORKER'], responsibleFor: ['ours', 'elsewhere'] },
};

describe('who is who in admission', () => {
  test('a case worker is one by the municipal role, and as staff alone (GUA-24)', () => {
    expect(isCaseWorker(staff(), facts)).toBe(true);
    expect(isCaseWorker(guardian(), facts)).toBe(false);
    expect(isCaseWorker(staff(), { ...facts, municipalRoles: ['PROTECTION_OFFICER'] })).toBe(false);
  });

  test('a leader leads the whole unit, today (S-02)', () => {
    const led = ['solhaug', 'left', 'partly', 'works'].filter((unit) => isLeaderOf(staff(), facts, unit));
    expect(led).toEqual(['solhaug']);
    expect(isLeaderOf(guardian(), facts, 'solhaug')).toBe(false);
  });

  test('whoever applies has access to the child, and by parental responsibility (BHG-04, S-20)', () => {
    const children = ['ours', 'ward', 'elsewhere', 'another'];
    expect(children.filter((child) => isResponsibleFor(guardian(), facts, child))).toEqual(['ours']);
    expect(isResponsibleFor(staff(), facts, 'ours')).toBe(false);
  });
});

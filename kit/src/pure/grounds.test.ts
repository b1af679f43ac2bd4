import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { type AccessFacts, groundOfCharge, isGuardianOf, rolesToday, unitsInChargeOf } from './grounds.ts';

const guardian: Actor = { kind: 'guardian', personId: 'p', level: 'high' };
const staff: Actor = { kind: 'staff', personId: 'p', level: 'high' };
const machine: Actor = { kind: 'machine', clientId: 'm', organisation: '310001236', scopes: [] };
const open = { from: '2026-08-01', to: null };
const facts: AccessFacts = {
  today: '2026-11-23',
  guardianOf: ['mine'],
  roles: [{ role: 'TEACHER', unitId: 'school', groupId: '1a', ...open }],
  enrolments: [
    { childId: 'in-1a', unitId: 'school', groupIds: ['1a', 'choir'], ...open },
    { childId: 'in-1a', unitId: 'sfo', groupIds: ['1a'], ...open },
    { childId: 'in-1b', unitId: 'school', groupIds: ['1b'], ...open },
    { childId: 'left', unitId: 'school', groupIds: ['1a'], from: '2026-08-01', to: '2026-11-23' },
    { childId: 'coming', unitId: 'school', groupIds: ['1a'], from: '2026-11-24', to: null },
  ],
};

describe('grounds', () => {
  test('a guardian is one by an active grant, signed in as a guardian (GUA-01, GUA-24)', () => {
    expect(isGuardianOf(guardian, facts, 'mine')).toBe(true);
    expect(isGuardianOf(guardian, facts, 'other')).toBe(false);
    for (const actor of [staff, machine]) expect(isGuardianOf(actor, facts, 'mine')).toBe(false);
  });

  test('staff have roles on the days these hold, signed in as staff (S-02, GUA-24)', () => {
    expect(rolesToday(staff, facts)).toHaveLength(1);
    for (const actor of [guardian, machine]) expect(rolesToday(actor, facts)).toEqual([]);
    expect(rolesToday(staff, { ...facts, today: '2026-07-31' })).toEqual([]);
    const ended = facts.roles.map((role) => ({ ...role, to: facts.today }));
    expect(rolesToday(staff, { ...facts, roles: ended })).toEqual([]);
  });

  test('a role in a group is for the children in that group, at that unit, today', () => {
    expect(unitsInChargeOf(staff, facts, 'in-1a')).toEqual(['school']);
    for (const child of ['in-1b', 'left', 'coming', 'unknown'])
      expect(unitsInChargeOf(staff, facts, child)).toEqual([]);
  });

  test('a role for a whole unit is for every child enrolled there today', () => {
    const leader = { ...facts, roles: [{ role: 'LEADER', unitId: 'school', groupId: null, ...open }] };
    expect(unitsInChargeOf(staff, leader, 'in-1b')).toEqual(['school']);
    for (const child of ['left', 'coming']) expect(unitsInChargeOf(staff, leader, child)).toEqual([]);
  });

  test('the ground of a charge is the role that gives it, at the unit asked about (S-11)', () => {
    const both = {
      ...facts,
      roles: [
        { role: 'ASSISTANT', unitId: 'school', groupId: '1b', ...open },
        ...facts.roles,
        { role: 'LEADER', unitId: 'sfo', groupId: null, ...open },
      ],
    };
    expect(groundOfCharge(staff, both, 'in-1a')).toEqual({ unitId: 'school', role: 'TEACHER' });
    expect(groundOfCharge(staff, both, 'in-1a', 'sfo')).toEqual({ unitId: 'sfo', role: 'LEADER' });
    expect(groundOfCharge(staff, facts, 'in-1a', 'sfo')).toBeUndefined();
    for (const child of ['left', 'unknown']) expect(groundOfCharge(staff, both, child)).toBeUndefined();
    expect(groundOfCharge(guardian, both, 'mine')).toBeUndefined();
  });
});

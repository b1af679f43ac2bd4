import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import {
  type AccessFacts,
  groundOfCharge,
  isGuardianOf,
  isProtected,
  regardlessOfProtection,
  rolesToday,
  unitsInChargeOf,
} from './grounds.ts';

const guardian: Actor = { kind: 'guardian', personId: 'p', level: 'high' };
const staff: Actor = { kind: 'staff', personId: 'p', level: 'high' };
const machine: Actor = { kind: 'machine', clientId: 'm', organisation: '310001236', scopes: [] };
const open = { from: '2026-08-01', to: null };
const facts: AccessFacts = {
  today: '2026-11-23',
  guardianOf: ['mine'],
  roles: [{ role: 'TEACHER', unitId: 'school', groupId: '1a', ...open }],
  namedFor: [],
  enrolments: [
    { childId: 'in-1a', unitId: 'school', groupIds: ['1a', 'choir'], ...open, isProtected: false },
    { childId: 'in-1a', unitId: 'sfo', groupIds: ['1a'], ...open, isProtected: false },
    { childId: 'in-1b', unitId: 'school', groupIds: ['1b'], ...open, isProtected: false },
    {
      childId: 'left',
      unitId: 'school',
      groupIds: ['1a'],
      from: '2026-08-01',
      to: '2026-11-23',
      isProtected: false,
    },
    {
      childId: 'coming',
      unitId: 'school',
      groupIds: ['1a'],
      from: '2026-11-24',
      to: null,
      isProtected: false,
    },
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

  test('a protected child is in the charge of those who are named for it, by a role that they have, and on the days (ADR-10)', () => {
    const hidden = {
      ...facts,
      enrolments: facts.enrolments.map((place) => ({ ...place, isProtected: true })),
      roles: [...facts.roles, { role: 'LEADER', unitId: 'sfo', groupId: null, ...open }],
    };
    const named = (from: string, to: string, childId = 'in-1a') => ({
      ...hidden,
      namedFor: [{ childId, from, to }],
    });
    expect(isProtected(hidden, 'in-1a')).toBe(true);
    expect(isProtected(facts, 'in-1a')).toBe(false);
    expect(isProtected(hidden, 'unknown')).toBe(false);
    expect(unitsInChargeOf(staff, hidden, 'in-1a')).toEqual([]);
    expect(groundOfCharge(staff, hidden, 'in-1a')).toBeUndefined();
    expect(unitsInChargeOf(staff, named('2026-11-23', '2026-11-24'), 'in-1a')).toEqual(['school', 'sfo']);
    expect(unitsInChargeOf(staff, named('2026-11-01', '2027-01-01'), 'in-1b')).toEqual([]);
    for (const other of [
      named('2026-11-24', '2027-01-01'),
      named('2026-01-01', '2026-11-23'),
      named('2026-01-01', '2027-01-01', 'other'),
    ])
      expect(unitsInChargeOf(staff, other, 'in-1a')).toEqual([]);
    expect(unitsInChargeOf(staff, regardlessOfProtection(hidden), 'in-1a')).toEqual(['school', 'sfo']);
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

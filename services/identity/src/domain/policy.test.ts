import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { describe, expect, test } from 'vitest';
import {
  capacitiesFor,
  mayKnowGuardian,
  mayReadChild,
  mayReadEnrolment,
  mayReadGroup,
  mayReadUnit,
} from './policy.ts';

const today = '2026-11-21';
const guardian: Actor = { kind: 'guardian', personId: 'me', level: 'substantial' };
const staff: Actor = { kind: 'staff', personId: 'me', level: 'substantial' };
const role = {
  role: 'TEACHER',
  unitId: 'school',
  groupId: '3A' as string | null,
  from: '2026-08-01',
  to: null as string | null,
};
const enrolment = {
  childId: 'child',
  unitId: 'school',
  groupIds: ['3A'],
  from: '2026-08-01',
  to: null as string | null,
  isProtected: false,
};
const facts = (more: Partial<AccessFacts> = {}): AccessFacts => ({
  today,
  guardianOf: [],
  roles: [],
  enrolments: [enrolment],
  namedFor: [],
  ...more,
});

describe('the policy', () => {
  test('opens a child to nobody without a ground (S-02)', () => {
    for (const actor of [guardian, staff])
      expect(mayReadChild(actor, facts(), 'child').isPermitted).toBe(false);
    const all = facts({ guardianOf: ['child'], roles: [role] });
    const others: Actor[] = [
      { kind: 'machine', clientId: 'x', organisation: '310001236', scopes: [] },
      { kind: 'service', name: 'gateway' },
    ];
    for (const actor of others) expect(mayReadChild(actor, all, 'child').isPermitted).toBe(false);
  });

  test('opens a child to its guardian signed in as such, and to staff signed in as such, never crosswise (GUA-01, GUA-24)', () => {
    expect(mayReadChild(guardian, facts({ guardianOf: ['child'] }), 'child')).toEqual({
      isPermitted: true,
      rule: 'GUA-01',
    });
    expect(mayReadChild(staff, facts({ guardianOf: ['child'] }), 'child').isPermitted).toBe(false);
    expect(mayReadChild(staff, facts({ roles: [role] }), 'child').isPermitted).toBe(true);
    expect(mayReadChild(guardian, facts({ roles: [role] }), 'child').isPermitted).toBe(false);
    expect(mayReadChild(guardian, facts({ guardianOf: ['child'] }), 'other').isPermitted).toBe(false);
  });

  test.each([
    ['a role that has ended', { roles: [{ ...role, to: today }] }],
    ['a role that has not begun', { roles: [{ ...role, from: '2026-11-22' }] }],
    ['a role in another group', { roles: [{ ...role, groupId: '3B' }] }],
    ['a role at another unit', { roles: [{ ...role, unitId: 'sfo', groupId: null }] }],
    ['a place that has ended', { roles: [role], enrolments: [{ ...enrolment, to: today }] }],
    ['a place that has not begun', { roles: [role], enrolments: [{ ...enrolment, from: '2026-11-22' }] }],
  ])('does not open a child by %s (S-02)', (_what, more) => {
    expect(mayReadChild(staff, facts(more), 'child').isPermitted).toBe(false);
  });

  test('opens a protected child to staff who are named for it, to no role without that and to nobody by that alone (ADR-10)', () => {
    const hidden = { enrolments: [{ ...enrolment, isProtected: true }] };
    const named = (from: string, to: string, childId = 'child') => ({ namedFor: [{ childId, from, to }] });
    const see = (more: Partial<AccessFacts>) => {
      const known = facts({ ...hidden, ...more });
      return [
        mayReadChild(staff, known, 'child'),
        mayReadEnrolment(staff, known, enrolment),
        mayKnowGuardian(staff, known, 'child', { personId: 'mother', protection: 'NONE' }),
        mayReadGroup(staff, { ...known, roles: [] }, { groupId: '3A', unitId: 'school' }),
      ].map(({ isPermitted }) => isPermitted);
    };
    const leader = { ...role, role: 'LEADER', groupId: null };
    for (const held of [role, leader]) {
      expect(see({ roles: [held] })).toEqual([false, false, false, false]);
      expect(see({ roles: [held], ...named(today, '2026-11-22') })).toEqual([true, true, true, false]);
      for (const other of [
        named('2026-11-22', '2027-01-01'),
        named('2026-01-01', today),
        named('2026-01-01', '2027-01-01', 'other'),
      ])
        expect(see({ roles: [held], ...other })).toEqual([false, false, false, false]);
    }
    expect(see(named(today, '2027-01-01'))).toEqual([false, false, false, false]);
    const known = facts({ ...hidden, roles: [role], ...named(today, '2027-01-01') });
    expect(mayReadChild(staff, known, 'child').rule).toBe('ADR-10');
    expect(mayReadChild(guardian, facts({ ...hidden, guardianOf: ['child'] }), 'child').isPermitted).toBe(
      true,
    );
  });

  test('lets a leader meet the case of a protected child whom they do not see (ADR-04, ADR-10)', () => {
    const leader = facts({
      roles: [{ ...role, role: 'LEADER', groupId: null }],
      enrolments: [{ ...enrolment, isProtected: true }],
    });
    const cases = [
      { childId: 'child', protection: 'FORTROLIG', isRestricted: false, hasOpen: true } as const,
    ];
    expect(capacitiesFor(staff, leader, { municipal: [], cases }, 'child')).toEqual(['LEADER_IN_CHARGE']);
    expect(capacitiesFor(staff, { ...leader, roles: [role] }, { municipal: [], cases }, 'child')).toEqual([]);
  });

  test('shows a guardian every place, staff the ones at their own unit', () => {
    const sfo = { childId: 'child', unitId: 'sfo' };
    const both = [enrolment, { ...enrolment, unitId: 'sfo', groupIds: [] }];
    expect(
      mayReadEnrolment(guardian, facts({ guardianOf: ['child'], enrolments: both }), sfo).isPermitted,
    ).toBe(true);
    expect(mayReadEnrolment(staff, facts({ roles: [role], enrolments: both }), sfo).isPermitted).toBe(false);
    expect(mayReadEnrolment(staff, facts({ roles: [role], enrolments: both }), enrolment).isPermitted).toBe(
      true,
    );
  });

  test('leaves a protected guardian out for the other, never for themself or for staff in charge (ADR-11, ADR-19)', () => {
    const own = facts({ guardianOf: ['child'] });
    const see = (
      actor: Actor,
      given: AccessFacts,
      personId: string,
      protection: 'NONE' | 'CLIENT_ADDRESS' | 'FORTROLIG' | 'STRENGT_FORTROLIG',
    ) => mayKnowGuardian(actor, given, 'child', { personId, protection }).isPermitted;
    expect(see(guardian, own, 'other', 'NONE')).toBe(true);
    expect(see(guardian, own, 'other', 'CLIENT_ADDRESS')).toBe(true);
    expect(see(guardian, own, 'other', 'FORTROLIG')).toBe(false);
    expect(see(guardian, own, 'other', 'STRENGT_FORTROLIG')).toBe(false);
    expect(see(guardian, own, 'me', 'STRENGT_FORTROLIG')).toBe(true);
    expect(see(staff, facts({ roles: [role] }), 'other', 'FORTROLIG')).toBe(true);
    expect(see(guardian, facts(), 'other', 'NONE')).toBe(false);
    expect(see(staff, facts(), 'other', 'NONE')).toBe(false);
  });

  test('opens a unit to those with a child there now or soon, or a role today, because its name tells where a child is (ADR-04)', () => {
    const own = (more: Partial<typeof enrolment>) =>
      facts({ guardianOf: ['child'], enrolments: [{ ...enrolment, ...more }] });
    expect(mayReadUnit(guardian, own({}), 'school').isPermitted).toBe(true);
    expect(mayReadUnit(guardian, own({ from: '2027-08-01' }), 'school').isPermitted).toBe(true);
    expect(mayReadUnit(guardian, own({ to: today }), 'school')).toEqual({
      isPermitted: false,
      rule: 'ADR-04',
    });
    expect(mayReadUnit(guardian, facts(), 'school').isPermitted).toBe(false);
    expect(mayReadUnit(staff, facts({ roles: [role] }), 'school').isPermitted).toBe(true);
    expect(mayReadUnit(staff, facts({ roles: [{ ...role, to: today }] }), 'school').isPermitted).toBe(false);
    expect(mayReadUnit(staff, own({}), 'school').isPermitted).toBe(false);
  });

  test('opens a group to those with a child in it, and to staff of it, of its unit or with a child of it', () => {
    const group = { groupId: '3A', unitId: 'school' };
    expect(mayReadGroup(guardian, facts({ guardianOf: ['child'] }), group).isPermitted).toBe(true);
    expect(
      mayReadGroup(guardian, facts({ guardianOf: ['child'] }), { ...group, groupId: '3B' }).isPermitted,
    ).toBe(false);
    expect(
      mayReadGroup(staff, facts({ roles: [{ ...role, groupId: null }], enrolments: [] }), group).isPermitted,
    ).toBe(true);
    expect(mayReadGroup(staff, facts({ roles: [role], enrolments: [] }), group).isPermitted).toBe(true);
    expect(
      mayReadGroup(staff, facts({ roles: [role], enrolments: [] }), { ...group, groupId: '3B' }).isPermitted,
    ).toBe(false);
    const charge = facts({ roles: [role], enrolments: [{ ...enrolment, groupIds: ['3A', '3A-1'] }] });
    expect(mayReadGroup(staff, charge, { ...group, groupId: '3A-1' }).isPermitted).toBe(true);
  });

  test('hides from staff in what group a child of theirs was before', () => {
    const moved = facts({
      roles: [role],
      enrolments: [
        { ...enrolment, groupIds: ['3B'], to: '2026-10-01' },
        { ...enrolment, groupIds: ['3A'], from: '2026-10-01' },
      ],
    });
    expect(mayReadGroup(staff, moved, { groupId: '3B', unitId: 'school' }).isPermitted).toBe(false);
  });
});

import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { describe, expect, test } from 'vitest';
import {
  type DeciderFacts,
  capacitiesAtUnit,
  capacitiesFor,
  capacitiesInMunicipality,
  capacitiesInQuarantine,
  isInGroupToday,
  mayDecide,
  mayKnowGuardian,
  mayListGroup,
  mayNameConsidered,
  mayReadChild,
  mayReadEnrolment,
  mayReadGroup,
  mayReadUnit,
} from './policy.ts';

const today = '2026-11-21';
const guardian: Actor = { kind: 'guardian', personId: 'me', level: 'substantial' };
const staff: Actor = { kind: 'staff', personId: 'me', level: 'substantial' };
const service: Actor = { kind: 'service', name: 'gateway' };
const always = { from: '2026-08-01', to: null as string | null };
const role = { role: 'TEACHER', unitId: 'school', groupId: '3A' as string | null, ...always };
const leader = { ...role, role: 'LEADER', groupId: null };
const place = { childId: 'child', unitId: 'school', groupIds: ['3A'], ...always, isProtected: false };
const facts = (more: object = {}): AccessFacts => ({
  ...{ today, guardianOf: [], roles: [], enrolments: [place], namedFor: [] },
  ...more,
});
const own = facts({ guardianOf: ['child'] });
const inCharge = facts({ roles: [role] });
const yes = (rule: string) => ({ isPermitted: true, rule });
const no = (rule: string) => ({ isPermitted: false, rule });

describe('the policy names the rule it went by', () => {
  test('for a child (GUA-01, GUA-24, S-02)', () => {
    expect(mayReadChild(guardian, own, 'child')).toEqual(yes('GUA-01'));
    expect(mayReadChild(staff, inCharge, 'child')).toEqual(yes('S-02'));
    expect(mayReadChild(staff, own, 'child')).toEqual(no('GUA-24'));
    expect(mayReadChild(guardian, inCharge, 'child')).toEqual(no('GUA-01'));
    expect(mayReadChild(service, own, 'child')).toEqual(no('GUA-01'));
  });

  test('for a child that admission considers: case workers alone, and none who is protected (ADR-04, GUA-24, S-02)', () => {
    const municipal = [{ role: 'CASE_WORKER', ...always }] as const;
    const considered = [{ childId: 'child', protection: 'NONE' }] as const;
    const name = (more: object = {}, actor: Actor = staff) =>
      mayNameConsidered(actor, { today }, { municipal, considered, ...more }, 'child');
    expect(name()).toEqual(yes('S-02'));
    expect(name({}, guardian)).toEqual(no('S-02'));
    for (const held of [
      { role: 'PROTECTION_OFFICER', ...always },
      { ...municipal[0], to: today },
    ])
      expect(name({ municipal: [held] })).toEqual(no('S-02'));
    for (const other of [[], [{ ...considered[0], childId: 'other' }]])
      expect(name({ considered: other })).toEqual(no('GUA-24'));
    for (const protection of ['FORTROLIG', 'STRENGT_FORTROLIG'])
      expect(name({ considered: [{ ...considered[0], protection }] })).toEqual(no('ADR-04'));
    expect(name({ considered: [{ ...considered[0], protection: 'CLIENT_ADDRESS' }] })).toEqual(yes('S-02'));
  });

  test('for a protected child: staff who are named for it, and on their days (ADR-10)', () => {
    const hidden = (namedFor: readonly object[], more: object = {}) =>
      facts({ roles: [role], enrolments: [{ ...place, isProtected: true, ...more }], namedFor });
    const naming = { childId: 'child', from: '2026-11-01', to: '2026-11-22' };
    expect(mayReadChild(staff, hidden([]), 'child')).toEqual(no('GUA-24'));
    expect(mayReadChild(staff, hidden([naming]), 'child')).toEqual(yes('ADR-10'));
    for (const other of [{ childId: 'other' }, { to: today }, { from: '2026-11-22' }])
      expect(mayReadChild(staff, hidden([{ ...naming, ...other }]), 'child')).toEqual(no('GUA-24'));
    expect(mayReadChild(staff, hidden([naming], { groupIds: [] }), 'child')).toEqual(no('GUA-24'));
    const leads = { ...hidden([]), roles: [leader] };
    const child = {
      childId: 'child',
      protection: 'FORTROLIG',
      isRestricted: false,
      hasOpen: false,
    } as const;
    expect(mayReadChild(staff, leads, 'child')).toEqual(no('GUA-24'));
    expect(capacitiesFor(staff, leads, { municipal: [], cases: [child] }, 'child')).toEqual([
      'LEADER_IN_CHARGE',
    ]);
  });

  test('a guardian passes on no access, their own as little as another’s, whatever they are at work (GUA-19, GUA-24)', () => {
    const municipal = (
      ['CASE_WORKER', 'PROTECTION_OFFICER', 'MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER'] as const
    ).map((held) => ({ role: held, ...always }));
    const child = {
      childId: 'child',
      protection: 'NONE',
      isRestricted: true,
      hasOpen: true,
    } as const;
    const all = { ...own, roles: [leader] };
    const capacities = (actor: Actor) => [
      ...capacitiesFor(actor, all, { municipal, cases: [child] }, 'child'),
      ...capacitiesInMunicipality(actor, { municipal }, today),
      ...capacitiesInQuarantine(actor, { municipal }, today),
      ...capacitiesAtUnit(actor, all, 'school'),
    ];
    expect(capacities(guardian)).toEqual([]);
    expect(mayDecide(guardian, all, { municipal })).toBe(false);
    expect(capacities(staff).length).toBeGreaterThan(5);
  });

  test('for a place (GUA-03, S-02)', () => {
    const at = (unitId: string) => ({ childId: 'child', unitId });
    expect(mayReadEnrolment(guardian, own, at('sfo'))).toEqual(yes('GUA-03'));
    expect(mayReadEnrolment(staff, inCharge, at('school'))).toEqual(yes('S-02'));
    expect(mayReadEnrolment(staff, inCharge, at('sfo'))).toEqual(no('S-02'));
    expect(mayReadEnrolment(guardian, facts(), at('school'))).toEqual(no('S-02'));
  });

  test('for the list of a group’s children: staff of the group, and of whom it is today (ADR-05, S-02)', () => {
    const group = { groupId: '3A', unitId: 'school' };
    expect(mayListGroup(staff, inCharge, group)).toEqual(yes('S-02'));
    expect(mayListGroup(guardian, own, group)).toEqual(no('ADR-05'));
    expect(mayListGroup(guardian, { ...inCharge, guardianOf: ['child'] }, group)).toEqual(no('ADR-05'));
    expect(mayListGroup(staff, inCharge, { ...group, groupId: '3B' })).toEqual(no('ADR-05'));
    expect(mayListGroup(staff, facts(), group)).toEqual(no('ADR-05'));
    expect(isInGroupToday(inCharge, place, '3A')).toBe(true);
    expect(isInGroupToday(inCharge, place, '3B')).toBe(false);
    expect(isInGroupToday(inCharge, { ...place, to: today }, '3A')).toBe(false);
    expect(isInGroupToday(inCharge, { ...place, from: '2026-11-22' }, '3A')).toBe(false);
  });

  test('for a guardian of a child (GUA-01, GUA-03, ADR-19)', () => {
    const see = (actor: Actor, given: AccessFacts, personId = 'other', protection = 'NONE' as const) =>
      mayKnowGuardian(actor, given, 'child', { personId, protection });
    expect(see(staff, inCharge)).toEqual(yes('S-02'));
    expect(see(staff, facts())).toEqual(no('GUA-01'));
    expect(see(guardian, facts())).toEqual(no('GUA-01'));
    expect(see(guardian, own, 'me')).toEqual(yes('GUA-01'));
    expect(see(guardian, own)).toEqual(yes('GUA-03'));
    expect(mayKnowGuardian(guardian, own, 'child', { personId: 'other', protection: 'FORTROLIG' })).toEqual(
      no('ADR-19'),
    );
    expect(
      mayKnowGuardian(guardian, own, 'child', { personId: 'me', protection: 'STRENGT_FORTROLIG' }),
    ).toEqual(yes('GUA-01'));
  });

  test('for a unit (GUA-03, ADR-04, S-02)', () => {
    expect(mayReadUnit(staff, inCharge, 'school')).toEqual(yes('S-02'));
    expect(mayReadUnit(staff, inCharge, 'sfo')).toEqual(no('ADR-04'));
    expect(mayReadUnit(guardian, own, 'school')).toEqual(yes('GUA-03'));
    expect(mayReadUnit(guardian, own, 'sfo')).toEqual(no('ADR-04'));
    const over = facts({ guardianOf: ['child'], enrolments: [{ ...place, to: today }] });
    expect(mayReadUnit(guardian, over, 'school')).toEqual(no('ADR-04'));
    const tomorrow = facts({ guardianOf: ['child'], enrolments: [{ ...place, to: '2026-11-22' }] });
    expect(mayReadUnit(guardian, tomorrow, 'school')).toEqual(yes('GUA-03'));
    expect(mayReadUnit(guardian, facts({ guardianOf: ['other'] }), 'school')).toEqual(no('ADR-04'));
  });

  test('for a group (GUA-03, ADR-04, S-02)', () => {
    const group = (groupId: string, unitId = 'school') => ({ groupId, unitId });
    const alone = facts({ roles: [role], enrolments: [] });
    expect(mayReadGroup(staff, alone, group('3A'))).toEqual(yes('S-02'));
    expect(mayReadGroup(staff, alone, group('3B'))).toEqual(no('ADR-04'));
    expect(mayReadGroup(staff, alone, group('3A', 'sfo'))).toEqual(no('ADR-04'));
    const whole = facts({ roles: [{ ...role, groupId: null }], enrolments: [] });
    expect(mayReadGroup(staff, whole, group('3B'))).toEqual(yes('S-02'));
    expect(mayReadGroup(staff, whole, group('blue', 'sfo'))).toEqual(no('ADR-04'));
    expect(mayReadGroup(guardian, own, group('3A'))).toEqual(yes('GUA-03'));
    expect(mayReadGroup(guardian, own, group('3B'))).toEqual(no('ADR-04'));
  });

  test('for another group of a child in charge: of its own unit, where the child is in it (S-02)', () => {
    const shared = (more: object) =>
      facts({ roles: [role], enrolments: [{ ...place, groupIds: ['3A', 'choir'], ...more }] });
    const choir = { groupId: 'choir', unitId: 'school' };
    expect(mayReadGroup(staff, shared({}), choir)).toEqual(yes('S-02'));
    expect(mayReadGroup(staff, shared({}), { groupId: 'band', unitId: 'school' })).toEqual(no('ADR-04'));
    expect(mayReadGroup(staff, shared({}), { groupId: 'choir', unitId: 'sfo' })).toEqual(no('ADR-04'));
    expect(mayReadGroup(staff, shared({ groupIds: ['choir'] }), choir)).toEqual(no('ADR-04'));
    expect(mayReadGroup(staff, shared({ to: today }), choir)).toEqual(no('ADR-04'));
    // In charge of the child at one unit, by another place of it.
    const elsewhere = facts({
      roles: [role],
      enrolments: [place, { ...place, unitId: 'sfo', groupIds: ['blue'] }],
    });
    expect(mayReadGroup(staff, elsewhere, { groupId: 'blue', unitId: 'sfo' })).toEqual(no('ADR-04'));
  });
});

describe('in what capacity staff decide (security § 2)', () => {
  const holds = (role: DeciderFacts['municipal'][number]['role'], more: object = {}) => [
    { role, from: '2026-08-01', to: null as string | null, ...more },
  ];
  const known = (more: object = {}): DeciderFacts['cases'] => [
    {
      childId: 'child',
      protection: 'NONE',
      isRestricted: false,
      hasOpen: false,
      ...more,
    },
  ];
  const meet = (
    { roles = [], ...given }: { roles?: readonly object[]; actor?: Actor } & Partial<DeciderFacts>,
    childId = 'child',
  ) => {
    const { actor = staff, municipal = [], cases = known() } = given;
    return capacitiesFor(actor, facts({ roles }), { municipal, cases }, childId);
  };
  const officer = holds('PROTECTION_OFFICER');
  const caseWorker = holds('CASE_WORKER');

  test('a leader has the children of the unit, and no other leader or colleague has', () => {
    expect(meet({ roles: [leader] })).toEqual(['LEADER_IN_CHARGE']);
    expect(meet({ roles: [{ ...leader, unitId: 'sfo' }] })).toEqual([]);
    expect(meet({ roles: [{ ...leader, to: today }] })).toEqual([]);
    expect(meet({ roles: [{ ...leader, groupId: '3A' }] })).toEqual([]);
    expect(meet({ roles: [{ ...leader, role: 'ADMINISTRATOR' }] })).toEqual([]);
    expect(meet({ roles: [leader], actor: guardian })).toEqual([]);
  });

  test('nobody meets a child of whom nothing is known, or another than the one it is about (S-06)', () => {
    expect(meet({ roles: [leader], cases: [] })).toEqual([]);
    expect(meet({ roles: [leader], municipal: officer, cases: known({ isRestricted: true }) }, 'x')).toEqual(
      [],
    );
  });

  test('an officer has those who are protected or restricted (ADR-04, GUA-12)', () => {
    expect(meet({ municipal: officer })).toEqual([]);
    expect(meet({ municipal: officer, cases: known({ hasOpen: true }) })).toEqual([]);
    expect(meet({ municipal: officer, cases: known({ isRestricted: true }) })).toEqual([
      'PROTECTION_OFFICER',
    ]);
    for (const protection of ['FORTROLIG', 'STRENGT_FORTROLIG'])
      expect(meet({ municipal: officer, cases: known({ protection }) })).toEqual(['PROTECTION_OFFICER']);
    expect(meet({ municipal: officer, cases: known({ protection: 'CLIENT_ADDRESS' }) })).toEqual([]);
    expect(meet({ municipal: officer, actor: guardian, cases: known({ isRestricted: true }) })).toEqual([]);
  });

  test('a case worker has those with something open, and none who is protected (ADR-04)', () => {
    expect(meet({ municipal: caseWorker })).toEqual([]);
    expect(meet({ municipal: caseWorker, cases: known({ hasOpen: true }) })).toEqual(['CASE_WORKER']);
    expect(meet({ municipal: caseWorker, cases: known({ isRestricted: true }) })).toEqual(['CASE_WORKER']);
    for (const more of [{ hasOpen: true }, { isRestricted: true }])
      expect(meet({ municipal: caseWorker, cases: known({ protection: 'FORTROLIG', ...more }) })).toEqual([]);
  });

  test('whoever holds several roles meets a child in each of them, and in none that is over (S-02)', () => {
    const cases = known({ isRestricted: true });
    expect(meet({ roles: [leader], municipal: [...officer, ...caseWorker], cases })).toEqual([
      'LEADER_IN_CHARGE',
      'PROTECTION_OFFICER',
      'CASE_WORKER',
    ]);
    for (const more of [{ to: today }, { from: '2026-11-22' }])
      expect(meet({ municipal: holds('PROTECTION_OFFICER', more), cases })).toEqual([]);
  });

  test('in the municipality: by the roles that look after it, each on its days, signed in as staff', () => {
    const inMunicipality = (
      role: DeciderFacts['municipal'][number]['role'],
      more: object = {},
      actor: Actor = staff,
    ) => capacitiesInMunicipality(actor, { municipal: holds(role, more) }, today);
    for (const role of ['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER', 'CASE_WORKER'] as const) {
      expect(inMunicipality(role)).toEqual([role]);
      expect(inMunicipality(role, { to: today })).toEqual([]);
      expect(inMunicipality(role, {}, guardian)).toEqual([]);
    }
    for (const role of ['PROTECTION_OFFICER', 'ARCHIVIST', 'SUPPORT'] as const)
      expect(inMunicipality(role)).toEqual([]);
  });

  test('at a unit: as the leader of that whole unit today', () => {
    const at = (more: object, actor: Actor = staff) =>
      capacitiesAtUnit(actor, facts({ roles: [{ ...leader, ...more }] }), 'school');
    expect(at({})).toEqual(['LEADER_OF_UNIT']);
    for (const more of [{ role: 'TEACHER' }, { groupId: '3A' }, { unitId: 'sfo' }, { to: today }])
      expect(at(more)).toEqual([]);
    expect(at({}, guardian)).toEqual([]);
  });

  test('whoever has a part in deciding anything: a leader, and four of the roles for the municipality', () => {
    const part = (
      municipal: DeciderFacts['municipal'],
      roles: readonly object[] = [],
      actor: Actor = staff,
    ) => mayDecide(actor, facts({ roles }), { municipal });
    for (const role of [
      'CASE_WORKER',
      'PROTECTION_OFFICER',
      'MUNICIPAL_ADMINISTRATOR',
      'PRIVACY_OFFICER',
    ] as const) {
      expect(part(holds(role))).toBe(true);
      expect(part(holds(role), [], guardian)).toBe(false);
    }
    expect(part(holds('ARCHIVIST'))).toBe(false);
    expect(part([], [leader])).toBe(true);
    expect(part([], [{ ...leader, groupId: '3A' }])).toBe(false);
    for (const groupId of ['3A', null]) expect(part([], [{ ...role, groupId }])).toBe(false);
    expect(part([])).toBe(false);
  });
});

import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { describe, expect, test } from 'vitest';
import type { Place } from './feature.ts';
import { type DirectorFacts, directorOf, mayOverseeFeatures } from './feature-policy.ts';

const staff: Actor = { kind: 'staff', personId: 'p', level: 'high' };
const guardian: Actor = { kind: 'guardian', personId: 'p', level: 'high' };
const machine: Actor = { kind: 'machine', clientId: 'm', organisation: '310001236', scopes: [] };
const service: Actor = { kind: 'service', name: 'gateway' };

const open = { from: '2026-08-01', to: null };
type Roles = AccessFacts['roles'];
type Municipal = DirectorFacts['decider']['municipal'];
const facts = (roles: Roles, municipal: Municipal = []): DirectorFacts => ({
  access: { today: '2026-11-24', guardianOf: [], roles, enrolments: [], namedFor: [] },
  decider: { municipal },
});
const none = facts([]);
const administers: Municipal = [{ role: 'MUNICIPAL_ADMINISTRATOR', ...open }];
const administrator = facts([], administers);
const leads = { role: 'LEADER', unitId: 'school', groupId: null, ...open };
const leader = facts([leads, { ...leads, unitId: 'sfo' }]);
const everywhere: Place = { level: 'MUNICIPALITY' };
const schools: Place = { level: 'UNIT_KIND', unitKind: 'SCHOOL' };
const at = (...unitIds: string[]): Place => ({ level: 'UNIT', unitIds });

const answerTo = (actor: Actor, given: DirectorFacts, place: Place): string => {
  try {
    return directorOf(actor, given, place).power;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('directing features (D01)', () => {
  test.each([
    ['a guardian, also one who is an administrator at work (GUA-24)', guardian],
    ['a machine', machine],
    ['one of our services', service],
  ])('is not for %s', (_who, actor) => {
    for (const place of [everywhere, at('school')])
      expect(answerTo(actor, facts(leader.access.roles, administers), place)).toBe('FORBIDDEN');
  });

  test.each([
    ['staff without a role', none],
    ['a leader elsewhere', facts([{ ...leads, unitId: 'other' }])],
    ['a leader until yesterday', facts([{ ...leads, to: '2026-11-24' }])],
    ['the office', facts([{ ...leads, role: 'ADMINISTRATOR' }])],
    ['a leader of a group', facts([{ ...leads, groupId: '1a' }])],
    ['an administrator from tomorrow', facts([], [{ ...administers[0]!, from: '2026-11-25' }])],
    ['a case worker', facts([], [{ role: 'CASE_WORKER', ...open }])],
    ['a privacy officer', facts([], [{ role: 'PRIVACY_OFFICER', ...open }])],
  ])('is not for %s: there is no such unit, and nothing above it is theirs (S-06)', (_who, given) => {
    expect(answerTo(staff, given, at('school'))).toBe('NOT_FOUND');
    expect(answerTo(staff, given, everywhere)).toBe('FORBIDDEN');
    expect(answerTo(staff, given, schools)).toBe('FORBIDDEN');
  });

  test('is for leaders at all units that they name, and for administrators anywhere', () => {
    expect(answerTo(staff, leader, at('school', 'sfo'))).toBe('LEADER');
    expect(answerTo(staff, leader, at('school', 'other'))).toBe('NOT_FOUND');
    for (const place of [everywhere, schools, at('school')])
      expect(answerTo(staff, administrator, place)).toBe('MUNICIPAL_ADMINISTRATOR');
  });

  test('is overseen by administrators alone', () => {
    expect(() => mayOverseeFeatures(staff, administrator)).not.toThrow();
    expect(() => mayOverseeFeatures(staff, leader)).toThrow('This is not open to you.');
    expect(() => mayOverseeFeatures(guardian, administrator)).toThrow('This is not open to you.');
  });
});

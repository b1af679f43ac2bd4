import type { Actor } from '@ranselpost/kit/pure/actor';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { describe, expect, test } from 'vitest';
import { asReported } from '../testing/absence.ts';
import {
  mayListUnit,
  mayReportAbsence,
  maySeeAbsence,
  maySeeCause,
  maySetCalendar,
  shownTo,
  sightOf,
} from './policy.ts';

const guardian: Actor = { kind: 'guardian', personId: 'p', level: 'substantial' };
const staff: Actor = { kind: 'staff', personId: 'p', level: 'substantial' };
const machine: Actor = { kind: 'machine', clientId: 'm', organisation: '310001236', scopes: [] };
const service: Actor = { kind: 'service', name: 'identity' };

const open = { from: '2026-08-01', to: null };
const none: AccessFacts = { today: '2026-11-23', guardianOf: [], roles: [], enrolments: [], namedFor: [] };
const enrolments = [
  { childId: 'child', unitId: 'school', groupIds: ['1a'], ...open, isProtected: false },
  { childId: 'child', unitId: 'sfo', groupIds: ['blue'], ...open, isProtected: false },
];
const inRole = (role: string, unitId: string, groupId: string | null, days = {}): AccessFacts => ({
  ...none,
  enrolments,
  roles: [{ role, unitId, groupId, ...open, ...days }],
});
const ofChild: AccessFacts = { ...none, guardianOf: ['child'], enrolments };
const atSchool = { childId: 'child', unitId: 'school' };

describe('reporting an absence', () => {
  test.each([
    ['a guardian of another child', guardian, { ...ofChild, guardianOf: ['other'] }],
    ['somebody without any ground (S-02)', guardian, none],
    ['staff of another unit', staff, inRole('LEADER', 'elsewhere', null)],
    ['a guardian who is signed in as staff (GUA-24)', staff, ofChild],
    ['a machine', machine, ofChild],
    ['one of our services', service, ofChild],
  ])('is not for %s: there is no such child (GUA-20)', (_who, actor, facts) => {
    expect(() => mayReportAbsence(actor, facts, atSchool)).toThrow('Not found.');
  });

  test('is for a guardian with a grant (GUA-01, ABS-02)', () => {
    expect(() => mayReportAbsence(guardian, ofChild, atSchool)).not.toThrow();
  });

  test('is for staff who have the child in their charge there, on a guardian’s word (ABS-02)', () => {
    expect(() => mayReportAbsence(staff, inRole('ASSISTANT', 'school', '1a'), atSchool)).not.toThrow();
    expect(() => mayReportAbsence(staff, inRole('ASSISTANT', 'school', '1b'), atSchool)).toThrow(
      'Not found.',
    );
  });

  test('is for the calendar of a unit its leader’s alone (S-06)', () => {
    expect(() => maySetCalendar(staff, inRole('LEADER', 'school', null), 'school')).not.toThrow();
    for (const facts of [
      inRole('LEADER', 'elsewhere', null),
      inRole('LEADER', 'school', '1a'),
      inRole('ADMINISTRATOR', 'school', null),
      inRole('LEADER', 'school', null, { to: '2026-11-23' }),
    ])
      expect(() => maySetCalendar(staff, facts, 'school')).toThrow('Not found.');
    expect(() => maySetCalendar(guardian, inRole('LEADER', 'school', null), 'school')).toThrow('Not found.');
  });
});

describe('seeing where a child is away', () => {
  test.each([
    ['without a ground', guardian, none],
    ['with a role in another group', staff, inRole('TEACHER', 'school', '1b')],
    ['with a role at another unit', staff, inRole('LEADER', 'elsewhere', null)],
    ['with a role that has ended', staff, inRole('LEADER', 'school', null, { to: '2026-11-23' })],
    ['with a role to come', staff, inRole('LEADER', 'school', null, { from: '2026-11-24' })],
    ['signed in as guardian with a role', guardian, inRole('LEADER', 'school', null)],
    ['by machine', machine, { ...ofChild, ...inRole('LEADER', 'school', null) }],
  ])('there is no such child for anybody %s', (_who, actor, facts) => {
    expect(sightOf(actor, facts, 'child')).toBeNull();
    expect(maySeeAbsence(actor, facts, atSchool)).toBe(false);
    expect(shownTo(actor, facts, { ...atSchool, ...rest })).toBeNull();
  });

  test('a protected child is there for staff who are named, on the days they are, and for no leader who is not (ADR-10)', () => {
    const hidden = enrolments.map((place) => ({ ...place, isProtected: true }));
    const seen = (facts: AccessFacts) => sightOf(staff, { ...facts, enrolments: hidden }, 'child');
    const named = (from: string, to: string) => ({ namedFor: [{ childId: 'child', from, to }] });
    const teacher = inRole('CONTACT_TEACHER', 'school', '1a');
    for (const facts of [
      inRole('LEADER', 'school', null),
      inRole('ADMINISTRATOR', 'school', null),
      teacher,
    ]) {
      expect(seen(facts)).toBeNull();
      expect(seen({ ...facts, ...named('2026-11-23', '2026-11-24') })).toEqual({
        kind: 'at',
        unitIds: ['school'],
      });
      expect(seen({ ...facts, ...named('2026-11-24', '2026-12-24') })).toBeNull();
      expect(seen({ ...facts, ...named('2026-11-01', '2026-11-23') })).toBeNull();
    }
    expect(
      seen({ ...teacher, namedFor: [{ childId: 'other', from: '2026-11-01', to: '2027-01-01' }] }),
    ).toBeNull();
    // To be named is no ground by itself.
    expect(seen({ ...inRole('TEACHER', 'school', '1b'), ...named('2026-11-01', '2027-01-01') })).toBeNull();
    expect(sightOf(guardian, { ...ofChild, enrolments: hidden }, 'child')).toEqual({ kind: 'all' });
  });

  test('a child who has left is no longer seen by the unit', () => {
    const left = {
      ...inRole('LEADER', 'school', null),
      enrolments: [{ ...enrolments[0]!, to: '2026-11-01' }],
    };
    expect(sightOf(staff, left, 'child')).toBeNull();
  });

  test('guardians see every unit', () => {
    expect(sightOf(guardian, ofChild, 'child')).toEqual({ kind: 'all' });
  });

  test('after-school staff see their own unit and not the school, and the other way round (SFO-10)', () => {
    expect(sightOf(staff, inRole('AFTER_SCHOOL', 'sfo', null), 'child')).toEqual({
      kind: 'at',
      unitIds: ['sfo'],
    });
    expect(maySeeAbsence(staff, inRole('AFTER_SCHOOL', 'sfo', null), atSchool)).toBe(false);
    expect(sightOf(staff, inRole('TEACHER', 'school', '1a'), 'child')).toEqual({
      kind: 'at',
      unitIds: ['school'],
    });
  });

  test('a unit is listed for whoever has a role there today, and nobody else', () => {
    expect(mayListUnit(staff, inRole('TEACHER', 'school', '1b'), 'school')).toBe(true);
    expect(mayListUnit(staff, inRole('TEACHER', 'school', '1b'), 'sfo')).toBe(false);
    expect(mayListUnit(staff, inRole('TEACHER', 'school', '1b', { to: '2026-11-01' }), 'school')).toBe(false);
    expect(mayListUnit(guardian, inRole('TEACHER', 'school', '1b'), 'school')).toBe(false);
  });
});

const rest = { ...asReported, id: 'a', day: '2026-11-23', cause: 'SICK' } as const;

describe('seeing the cause (ABS-04)', () => {
  test.each([
    ['teacher of the group', 'TEACHER', '1a'],
    ['assistant', 'ASSISTANT', '1a'],
    ['office', 'ADMINISTRATOR', null],
    ['contact teacher of another group', 'CONTACT_TEACHER', '1b'],
    ['contact teacher of no group', 'CONTACT_TEACHER', null],
    ['a role nobody has heard of', 'CARETAKER', null],
  ])('is not for %s', (_who, role, groupId) => {
    const facts = inRole(role, 'school', groupId);
    expect(maySeeCause(staff, facts, atSchool)).toBe(false);
    expect(shownTo(staff, facts, { ...atSchool, ...rest })?.cause ?? null).toBeNull();
  });

  test('is not for after-school staff at the school', () => {
    expect(maySeeCause(staff, inRole('AFTER_SCHOOL', 'sfo', null), atSchool)).toBe(false);
  });

  test.each([
    ['the leader', 'LEADER', 'school', null],
    ['the contact teacher of the group', 'CONTACT_TEACHER', 'school', '1a'],
    ['after-school staff at their own unit', 'AFTER_SCHOOL', 'sfo', null],
    ['kindergarten staff at their own department', 'KINDERGARTEN', 'sfo', 'blue'],
  ])('is for %s', (_who, role, unitId, groupId) => {
    expect(maySeeCause(staff, inRole(role, unitId, groupId), { childId: 'child', unitId })).toBe(true);
  });

  test('is for guardians', () => {
    expect(shownTo(guardian, ofChild, { ...atSchool, ...rest })?.cause).toBe('SICK');
  });

  test('is not for guardians who are signed in as staff (GUA-24)', () => {
    expect(
      maySeeCause(staff, { ...inRole('TEACHER', 'school', '1a'), guardianOf: ['child'] }, atSchool),
    ).toBe(false);
  });
});

import type { Actor } from '@ranselpost/kit/pure/actor';
import { standingsOf } from '@ranselpost/kit/pure/features';
import type { AccessFacts } from '@ranselpost/kit/pure/grounds';
import { describe, expect, test } from 'vitest';
import { asReported } from '../testing/absence.ts';
import { areShownAt, mayReportAbsence, maySeeAbsence, placesSeen, shownTo } from './policy.ts';

const guardian: Actor = { kind: 'guardian', personId: 'p', level: 'substantial' };
const staff: Actor = { kind: 'staff', personId: 'p', level: 'substantial' };
const place = (unitId: string, from: string, to: string | null, childId = 'child') => ({
  ...{ childId, unitId, groupIds: ['1a'], from, to, isProtected: false },
});
const enrolments = [
  place('nursery', '2020-08-15', '2026-08-01'),
  place('school', '2026-08-01', null),
  place('sfo', '2026-09-01', '2027-06-20'),
  place('elsewhere', '2026-08-01', null, 'other'),
];
const facts = (more: object = {}): AccessFacts => ({
  ...{ today: '2026-11-23', guardianOf: [], roles: [], enrolments, namedFor: [] },
  ...more,
});
const own = facts({ guardianOf: ['child'] });
const inCharge = facts({
  roles: [{ role: 'LEADER', unitId: 'school', groupId: null, from: '2026-08-01', to: null }],
});
const seen = (actor: Actor, given: AccessFacts, from: string | null = null, to: string | null = null) =>
  placesSeen(actor, given, { childId: 'child', from, to });

describe('the places that a list of a child’s absences tells of (S-26)', () => {
  test('are all of its own to a guardian, those in charge to staff, none to anybody else', () => {
    expect(seen(guardian, own)).toEqual(['nursery', 'school', 'sfo']);
    expect(seen(staff, inCharge)).toEqual(['school']);
    expect(seen(guardian, facts())).toEqual([]);
    expect(seen(staff, own)).toEqual([]);
  });

  test('are those of the period asked about, its first and last day too', () => {
    expect(seen(guardian, own, '2026-08-01')).toEqual(['school', 'sfo']);
    expect(seen(guardian, own, '2026-07-31')).toEqual(['nursery', 'school', 'sfo']);
    expect(seen(guardian, own, null, '2026-07-31')).toEqual(['nursery']);
    expect(seen(guardian, own, null, '2026-08-01')).toEqual(['nursery', 'school']);
    expect(seen(guardian, own, '2026-08-15', '2026-09-01')).toEqual(['school', 'sfo']);
    expect(seen(guardian, own, '2027-06-19')).toEqual(['school', 'sfo']);
    expect(seen(guardian, own, '2027-06-20')).toEqual(['school']);
    expect(seen(guardian, own, null, '2019-01-01')).toEqual([]);
  });

  test('are shown where the municipality hides nothing at any of them (X07)', () => {
    const at = (unitId: string, isReadable: boolean) => ({
      ...{ unitId, feature: 'ABSENCE', state: 'SUSPENDED' as const, opensOn: null, isReadable },
    });
    const standings = standingsOf('ABSENCE', [at('school', true), at('sfo', false)]);
    expect(areShownAt(standings, ['school'])).toBe(true);
    expect(areShownAt(standings, ['school', 'sfo'])).toBe(false);
    expect(areShownAt(standings, ['sfo'])).toBe(false);
    expect(areShownAt(standings, [])).toBe(true);
  });
});

describe('an absence at a unit', () => {
  test('is seen at all of them by a guardian, and at one’s own by staff (SFO-10)', () => {
    const at = (unitId: string) => ({ childId: 'child', unitId });
    for (const unitId of ['nursery', 'school', 'sfo'])
      expect(maySeeAbsence(guardian, own, at(unitId))).toBe(true);
    expect(maySeeAbsence(staff, inCharge, at('school'))).toBe(true);
    expect(maySeeAbsence(staff, inCharge, at('sfo'))).toBe(false);
    expect(maySeeAbsence(guardian, facts(), at('school'))).toBe(false);
  });

  test('is shown without its cause to staff who may know of it and no more (ABS-04)', () => {
    const absence = {
      ...asReported,
      id: 'a',
      childId: 'child',
      unitId: 'school',
      day: '2026-11-23',
    };
    const teacher = facts({
      roles: [{ role: 'TEACHER', unitId: 'school', groupId: '1a', from: '2026-08-01', to: null }],
    });
    expect(shownTo(staff, teacher, { ...absence, cause: 'SICK' })).toEqual({ ...absence, cause: null });
    expect(shownTo(guardian, own, { ...absence, cause: 'SICK' })).toEqual({ ...absence, cause: 'SICK' });
  });

  test('is reported by staff at their own unit, and at another there is no such child (ABS-02, GUA-20, S-06)', () => {
    expect(() => mayReportAbsence(staff, inCharge, { childId: 'child', unitId: 'school' })).not.toThrow();
    expect(() => mayReportAbsence(staff, inCharge, { childId: 'child', unitId: 'sfo' })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });
});

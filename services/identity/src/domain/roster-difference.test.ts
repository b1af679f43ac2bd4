import { describe, expect, test } from 'vitest';
import type { KnownEnrolment } from './enrolments.ts';
import { compareRoles, compareStays } from './roster-difference.ts';
import type { KnownRole } from './staff-roles.ts';

const day = '2026-11-21';
const period = (
  enrolmentId: string,
  groupIds: readonly string[],
  from: string,
  to: string | null = null,
): KnownEnrolment => ({ ...{ enrolmentId, unitId: 'school', groupIds, from, to } });
const said = (before: readonly KnownEnrolment[], changed: readonly KnownEnrolment[]) =>
  compareStays(before, changed, day).map(({ groupId, change, on }) => `${groupId ?? 'unit'} ${change} ${on}`);

describe('what a roster changes for a child', () => {
  test('is nothing when nothing is written', () => {
    expect(said([period('a', ['3A'], '2024-08-01')], [])).toEqual([]);
  });

  test('is that it joins, with its groups and the day it begins', () => {
    expect(said([], [period('a', ['3A'], '2026-08-01')])).toEqual([
      'unit JOINS 2026-08-01',
      '3A JOINS 2026-08-01',
    ]);
    expect(said([], [period('a', [], '2027-08-01', '2028-06-20')])).toEqual(['unit JOINS 2027-08-01']);
  });

  test('is nothing that was over on the day', () => {
    expect(said([], [period('a', ['3A'], '2020-08-01', '2021-06-20')])).toEqual([]);
    expect(said([], [period('a', ['3A'], '2020-08-01', day)])).toEqual([]);
  });

  test('is that it leaves, today or on the day that is given', () => {
    const before = [period('a', ['3A'], '2024-08-01')];
    expect(said(before, [period('a', ['3A'], '2024-08-01', day)])).toEqual([
      `unit LEAVES ${day}`,
      `3A LEAVES ${day}`,
    ]);
    expect(said(before, [period('a', ['3A'], '2024-08-01', '2026-12-24')])).toEqual([
      'unit LEAVES 2026-12-24',
      '3A LEAVES 2026-12-24',
    ]);
  });

  test('is a change of group while it stays at the unit', () => {
    const before = [period('a', ['3A', 'math'], '2026-08-01')];
    const changed = [
      period('a', ['3A', 'math'], '2026-08-01', '2026-11-01'),
      period('b', ['3B', 'math'], '2026-11-01'),
    ];
    expect(said(before, changed)).toEqual(['3A LEAVES 2026-11-01', '3B JOINS 2026-11-01']);
  });

  test('is that it stays longer than was said before', () => {
    const before = [period('a', [], '2024-08-01', '2027-06-20')];
    expect(said(before, [period('a', [], '2024-08-01')])).toEqual(['unit STAYS_LONGER null']);
  });

  test('is nothing for a place that never began', () => {
    expect(said([period('a', [], '2027-08-01')], [period('a', [], '2027-08-01', '2027-08-01')])).toEqual([
      'unit LEAVES 2027-08-01',
    ]);
  });
});

describe('what a roster changes for somebody on the staff', () => {
  const role = (roleId: string, to: string | null): KnownRole => ({
    ...{ roleId, role: 'TEACHER', unitId: 'school', groupId: '3A', from: '2026-08-01', to },
  });
  const roles = (before: readonly KnownRole[], changed: readonly KnownRole[]) =>
    compareRoles(before, changed, day).map(({ change, on }) => `${change} ${on}`);

  test.each([
    ['begins', [], [role('a', null)], ['BEGINS 2026-08-01']],
    ['was over and is news to us', [], [role('a', day)], []],
    ['ends', [role('a', null)], [role('a', day)], [`ENDS ${day}`]],
    ['lasts longer', [role('a', '2026-12-01')], [role('a', null)], ['LASTS_LONGER null']],
  ])('is that a role %s', (_what, before, changed, expected) => {
    expect(roles(before, changed)).toEqual(expected);
  });
});

import { describe, expect, test } from 'vitest';
import { type KnownEnrolment, decideEnrolments, stillMatters, toPeriods } from './enrolments.ts';

const today = '2026-11-21';
const place = (unitId: string, groupId: string | null, from: string, to: string | null = null) => ({
  unitId,
  groupId,
  from,
  to,
});
const period = (unitId: string, groupIds: readonly string[], from: string, to: string | null = null) => ({
  unitId,
  groupIds,
  from,
  to,
});
const known = (
  unitId: string,
  groupIds: readonly string[],
  from: string,
  to: string | null = null,
): KnownEnrolment => ({
  enrolmentId: `${unitId} ${from}`,
  ...period(unitId, groupIds, from, to),
});
let ids = 0;
const decide = (before: readonly KnownEnrolment[], periods: ReturnType<typeof toPeriods>) =>
  decideEnrolments(before, periods, today, () => `new-${(ids += 1)}`);

describe('periods of a child’s places', () => {
  test('are cut where the groups change, so that a teacher has the child from the day it joins the group', () => {
    expect(
      toPeriods([
        place('school', null, '2024-08-01'),
        place('school', '2A', '2025-08-01', '2026-08-01'),
        place('school', '3A', '2026-08-01'),
        place('school', '3A-1', '2026-08-01'),
      ]),
    ).toEqual([
      period('school', [], '2024-08-01', '2025-08-01'),
      period('school', ['2A'], '2025-08-01', '2026-08-01'),
      period('school', ['3A', '3A-1'], '2026-08-01'),
    ]);
  });

  test('hold no group where there is no place at the unit, and no day where there is nothing', () => {
    expect(toPeriods([place('school', '3A', '2026-08-01')])).toEqual([]);
    expect(toPeriods([place('school', null, '2026-08-01', '2026-08-01')])).toEqual([]);
    expect(
      toPeriods([place('school', null, '2026-08-01', '2026-10-01'), place('school', '3A', '2026-08-01')]),
    ).toEqual([period('school', ['3A'], '2026-08-01', '2026-10-01')]);
  });

  test('of several units stand apart, and repeated places are one', () => {
    expect(
      toPeriods([
        place('sfo', null, '2026-08-01'),
        place('school', null, '2026-08-01'),
        place('school', null, '2026-08-01'),
      ]),
    ).toEqual([period('school', [], '2026-08-01'), period('sfo', [], '2026-08-01')]);
  });
});

describe('what a roster changes in them', () => {
  test('is nothing when it says what is known', () => {
    expect(decide([known('school', ['3A'], '2026-08-01')], [period('school', ['3A'], '2026-08-01')])).toEqual(
      [],
    );
  });

  test('keeps the id of a period that starts on the same day', () => {
    expect(
      decide([known('school', ['3A'], '2026-08-01')], [period('school', ['3B'], '2026-08-01', '2027-01-01')]),
    ).toEqual([known('school', ['3B'], '2026-08-01', '2027-01-01')]);
  });

  test('ends what is gone today, what never began on its first day, and leaves the past as it was', () => {
    const before = [
      known('school', [], '2020-08-01', '2024-08-01'),
      known('sfo', [], '2026-08-01'),
      known('other', [], '2027-08-01'),
    ];
    expect(decide(before, [])).toEqual([
      known('sfo', [], '2026-08-01', today),
      known('other', [], '2027-08-01', '2027-08-01'),
    ]);
    expect(decide([known('other', [], '2027-08-01', '2027-08-01')], [])).toEqual([]);
  });

  test('ends a period where another takes over, not where the file was read', () => {
    expect(decide([known('school', ['3A'], '2026-08-01')], [period('school', ['3B'], '2026-09-01')])).toEqual(
      [
        known('school', ['3A'], '2026-08-01', '2026-09-01'),
        expect.objectContaining({ groupIds: ['3B'], from: '2026-09-01' }),
      ],
    );
  });

  test('is not told for longer than a year after it is over', () => {
    expect(stillMatters({ to: null }, today)).toBe(true);
    expect(stillMatters({ to: '2026-01-01' }, today)).toBe(true);
    expect(stillMatters({ to: '2025-11-20' }, today)).toBe(false);
  });
});

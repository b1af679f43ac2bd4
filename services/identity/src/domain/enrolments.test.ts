import { addDays } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type KnownEnrolment,
  type Period,
  type Place,
  decideEnrolments,
  heldSince,
  stillMatters,
  toPeriods,
  within,
} from './enrolments.ts';

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
const decide = (before: readonly KnownEnrolment[], places: readonly Place[]) =>
  decideEnrolments(before, places, today, () => `new-${(ids += 1)}`);
/** What is known once that has been written. */
const after = (before: readonly KnownEnrolment[], places: readonly Place[]) => {
  const changed = decide(before, places);
  return [
    ...before.filter(({ enrolmentId }) => !changed.some((one) => one.enrolmentId === enrolmentId)),
    ...changed,
  ]
    .filter(({ from, to }) => to !== from)
    .toSorted((one, other) => (one.from < other.from ? -1 : 1));
};
const said = (periods: readonly KnownEnrolment[]) =>
  periods.map(({ unitId, groupIds, from, to }) => `${unitId} ${groupIds.join()} ${from} ${to}`);

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
  const at3A = [place('school', null, '2026-08-01'), place('school', '3A', '2026-08-01')];
  const known3A = known('school', ['3A'], '2026-08-01');

  test('is nothing when it says what is known', () => {
    expect(decide([known3A], at3A)).toEqual([]);
  });

  test('is a new end under the same id', () => {
    const until = at3A.map((one) => ({ ...one, to: '2027-01-01' }));
    expect(decide([known3A], until)).toEqual([known('school', ['3A'], '2026-08-01', '2027-01-01')]);
  });

  test('ends what is gone today, what never began on its first day, and leaves the past as it was', () => {
    const before = [
      known('school', [], '2020-08-01', '2024-08-01'),
      known('sfo', [], '2026-08-01'),
      known('other', [], '2027-08-01'),
    ];
    expect(decide(before, [])).toEqual([
      known('other', [], '2027-08-01', '2027-08-01'),
      known('sfo', [], '2026-08-01', today),
    ]);
    expect(decide([known('other', [], '2027-08-01', '2027-08-01')], [])).toEqual([]);
  });

  test('dates a change of group by today when the roster only has the new one', () => {
    const moved = [place('school', null, '2026-08-01'), place('school', '3B', today)];
    const then = after([known3A], moved);
    expect(said(then)).toEqual([`school 3A 2026-08-01 ${today}`, `school 3B ${today} null`]);
    expect(then[0]!.enrolmentId).toBe(known3A.enrolmentId);
    expect(decide(then, moved)).toEqual([]);
  });

  test('dates it by the days that the roster gives, before they have come and after', () => {
    const moved = (on: string) => [
      place('school', null, '2026-08-01'),
      place('school', '3A', '2026-08-01', on),
      place('school', '3B', on),
    ];
    for (const on of ['2026-10-01', '2027-01-04']) {
      const then = after([known3A], moved(on));
      expect(said(then)).toEqual([`school 3A 2026-08-01 ${on}`, `school 3B ${on} null`]);
      expect(decide(then, moved(on))).toEqual([]);
    }
  });

  test('takes a group off the child and leaves it at the unit', () => {
    const then = after([known3A], [place('school', null, '2026-08-01')]);
    expect(said(then)).toEqual([`school 3A 2026-08-01 ${today}`, `school  ${today} null`]);
  });

  test('corrects when a stay began, and keeps what was known of the days before', () => {
    const earlier = [place('school', null, '2026-07-15')];
    expect(said(after([known('school', [], '2026-08-01')], earlier))).toEqual(['school  2026-07-15 null']);
    const later = [place('school', null, '2026-09-01'), place('school', '3B', '2026-09-01')];
    expect(said(after([known('school', ['3B'], '2026-08-01')], later))).toEqual([
      'school 3B 2026-08-01 null',
    ]);
  });

  test('lets a child that left come back, and both stays stand', () => {
    const before = [known('school', ['1A'], '2024-08-01', '2025-06-20')];
    const then = after(before, at3A);
    expect(said(then)).toEqual(['school 1A 2024-08-01 2025-06-20', 'school 3A 2026-08-01 null']);
    expect(decide(then, at3A)).toEqual([]);
  });

  test('is the same whatever the order that rosters come in, once they say the same', () => {
    const histories = [[at3A], [[], at3A], [[place('school', null, '2026-08-01')], at3A]];
    for (const history of histories) {
      const then = history.reduce<readonly KnownEnrolment[]>((now, roster) => after(now, roster), []);
      expect(said(then.filter(({ to }) => to === null))).toEqual(['school 3A 2026-08-01 null']);
      expect(decide(then, at3A)).toEqual([]);
    }
  });

  const days = fc.integer({ min: -400, max: 400 }).map((days) => addDays(today, days));
  const anyPlace = fc
    .record({
      unitId: fc.constantFrom('school', 'sfo'),
      groupId: fc.constantFrom(null, null, '3A', '3B'),
      from: days,
      to: fc.option(days, { freq: 2 }),
    })
    .filter(({ from, to }) => to === null || from < to);
  const anyRoster = fc.array(anyPlace, { maxLength: 6 });
  const at = (periods: readonly Period[], day: string) =>
    periods
      .filter(({ from, to }) => from <= day && (to === null || day < to))
      .map(({ unitId, groupIds }) => `${unitId} ${groupIds.join()}`)
      .toSorted();

  test('is from today on exactly what the last roster says, after any rosters, and nothing when it comes again', () => {
    fc.assert(
      fc.property(fc.array(anyRoster, { minLength: 1, maxLength: 4 }), fc.array(days), (rosters, some) => {
        const then = rosters.reduce<readonly KnownEnrolment[]>((now, roster) => after(now, roster), []);
        const last = toPeriods(rosters.at(-1)!);
        for (const day of [today, ...some.filter((day) => day > today)])
          expect(at(then, day)).toEqual(at(last, day));
        expect(decide(then, rosters.at(-1)!)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('takes no day from the past that was known, unless the roster says another of the same stay', () => {
    fc.assert(
      fc.property(anyRoster, anyRoster, fc.array(days), (first, second, some) => {
        const before = after([], first);
        const then = after(before, second);
        for (const day of some.filter((day) => day < today))
          for (const stay of at(before, day)) {
            const [unitId] = stay.split(' ');
            if (second.some((place) => place.unitId === unitId)) continue;
            expect(at(then, day)).toContain(stay);
          }
      }),
      { numRuns: 300 },
    );
  });

  test('is not told for longer than a year after it is over', () => {
    expect(stillMatters({ to: null }, today)).toBe(true);
    expect(stillMatters({ to: '2026-01-01' }, today)).toBe(true);
    expect(stillMatters({ to: '2025-11-20' }, today)).toBe(false);
  });
});

describe('the days of a place', () => {
  test('are those that the group counts on too', () => {
    const bounds = (from: string | null, to: string | null) => ({ from, to });
    expect(within(bounds('2026-08-01', null), bounds('2026-08-17', '2027-06-19'))).toEqual(
      bounds('2026-08-17', '2027-06-19'),
    );
    expect(within(bounds('2026-09-01', '2026-10-01'), bounds('2026-08-17', '2027-06-19'))).toEqual(
      bounds('2026-09-01', '2026-10-01'),
    );
    expect(within(bounds(null, null), bounds(null, null))).toEqual(bounds(null, null));
  });

  test('begin today when nobody says since when and nobody knew of it', () => {
    expect(heldSince([], { unitId: 'school', groupId: null }, today)).toBe(today);
    const elsewhere = [known('other', ['3A'], '2026-08-01')];
    expect(heldSince(elsewhere, { unitId: 'school', groupId: null }, today)).toBe(today);
  });

  test('begin where they are known to have begun, over changes of group and not over gaps', () => {
    const before = [
      known('school', ['1A'], '2023-08-01', '2024-06-20'),
      known('school', ['3A'], '2025-08-01', '2026-08-01'),
      known('school', ['4A'], '2026-08-01'),
    ];
    expect(heldSince(before, { unitId: 'school', groupId: null }, today)).toBe('2025-08-01');
    expect(heldSince(before, { unitId: 'school', groupId: '4A' }, today)).toBe('2026-08-01');
    expect(heldSince(before, { unitId: 'school', groupId: '3A' }, today)).toBe(today);
  });
});

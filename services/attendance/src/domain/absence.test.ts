import { describe, expect, test } from 'vitest';
import { asReported } from '../testing/absence.ts';
import {
  type Absence,
  type KnownOfPlace,
  type Report,
  decideChange,
  decidePlace,
  decideReport,
  saysTheSame,
} from './absence.ts';
import { type PartOfDay, defaultCalendar, wholeDay } from './calendar.ts';

const place = { childId: 'c1', unitId: 'school' };
const monday = '2026-11-23';
const report: Report = { places: [place], firstDay: monday, lastDay: monday, cause: 'SICK', ...wholeDay };
const open = { state: 'OPEN', opensOn: null, isReadable: true } as const;
const known = {
  now: new Date('2026-11-23T05:00:00Z'),
  today: monday,
  enrolments: [{ ...place, from: '2026-08-17', to: '2027-06-20' }],
  features: { feature: 'ABSENCE', atUnits: new Map([['school', open]]) },
  calendar: defaultCalendar('school', 'SCHOOL'),
} satisfies KnownOfPlace;
const refused = (kind: string) => expect.objectContaining({ refusal: expect.objectContaining({ kind }) });

describe('what is said of all places alike', () => {
  const decide = (more: Partial<Report>) => decideReport({ ...report, ...more }, monday);

  test('is every day of the period, ahead of time too (T07, T08)', () => {
    expect(decide({ lastDay: '2026-11-25' })).toEqual({
      ok: true,
      value: [monday, '2026-11-24', '2026-11-25'],
    });
    expect(decide({ firstDay: '2027-01-04', lastDay: '2027-01-04' }).ok).toBe(true);
  });

  test('is refused for a day that is over, naming the first that can be reported (ABS-13)', () => {
    expect(decide({ firstDay: '2026-11-22' })).toEqual({
      ...{ ok: false, refusal: { kind: 'day-past', firstPossibleDay: monday } },
    });
  });

  test('is refused where it does not go together, or is too much', () => {
    expect(decide({ lastDay: '2026-11-22' })).toEqual(refused('ends-before-it-starts'));
    expect(decide({ cause: 'LEAVE' })).toEqual(refused('leave-is-applied-for'));
    expect(decide({ arrivesAt: '10:00', leavesAt: '10:00' })).toEqual(refused('part-wrong'));
    const places = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ ...place, childId: `c${at}` }));
    expect(decide({ places: places(21) })).toEqual(refused('too-many'));
    expect(decide({ places: places(20), lastDay: '2026-12-13' })).toEqual(refused('too-many'));
    expect(decide({ places: places(20), lastDay: '2026-12-12' }).ok).toBe(true);
    expect(decide({ lastDay: '9999-12-31' })).toEqual(refused('too-many'));
  });

  test('needs a cause for a whole day and none for a part: a quarter of an hour makes nobody ill (T13)', () => {
    expect(decide({ cause: null })).toEqual(refused('cause-missing'));
    expect(decide({ cause: null, arrivesAt: '08:30' }).ok).toBe(true);
    expect(decide({ cause: null, leavesAt: '13:45' }).ok).toBe(true);
  });
});

describe('one place (ABS-15)', () => {
  const days = ['2026-11-20', '2026-11-21', monday];

  test('is reported for its open days, and the others are passed over with a note', () => {
    expect(decidePlace(place, days, wholeDay, { ...known, today: '2026-11-20' })).toEqual({
      ok: true,
      value: {
        days: [
          { day: '2026-11-20', isLate: true },
          { day: monday, isLate: false },
        ],
        skipped: [{ day: '2026-11-21', reason: 'WEEKEND' }],
      },
    });
    const calendar = {
      ...known.calendar,
      closed: [{ firstDay: monday, lastDay: monday, kind: 'PLANNING' as const }],
    };
    expect(decidePlace(place, [monday], wholeDay, { ...known, calendar })).toEqual(refused('days-closed'));
  });

  test('is late from the cut-off on, on the day of the changed clock too (ABS-13)', () => {
    const isLate = (now: string, day = monday, part = wholeDay) => {
      const decision = decidePlace(place, [day], part, { ...known, today: day, now: new Date(now) });
      return decision.ok && decision.value.days[0]!.isLate;
    };
    expect(isLate('2026-11-23T07:14:59Z')).toBe(false);
    expect(isLate('2026-11-23T07:15:00Z')).toBe(true);
    expect(isLate('2026-11-23T10:00:00Z', monday, { arrivesAt: null, leavesAt: '12:00' })).toBe(false);
    expect(isLate('2027-03-30T06:14:59Z', '2027-03-30')).toBe(false);
    expect(isLate('2027-03-30T06:15:00Z', '2027-03-30')).toBe(true);
  });

  test('is wrong where the child never was or is no more, and passed over on single days', () => {
    for (const wrong of [
      { ...place, unitId: 'sfo' },
      { ...place, childId: 'c2' },
    ])
      expect(decidePlace(wrong, days, wholeDay, known)).toEqual(refused('unit-wrong'));
    const left = { ...known, enrolments: [{ ...place, from: '2026-08-17', to: monday }] };
    expect(decidePlace(place, [monday], wholeDay, left)).toEqual(refused('unit-wrong'));
    expect(decidePlace(place, days, wholeDay, left)).toMatchObject({
      value: { skipped: [{ reason: 'WEEKEND' }, { day: monday, reason: 'NOT_ENROLLED' }] },
    });
  });

  test('is not too far ahead, by what the unit says (T08)', () => {
    const calendar = { ...known.calendar, daysAhead: 7 };
    expect(decidePlace(place, ['2026-11-30'], wholeDay, { ...known, calendar }).ok).toBe(true);
    expect(decidePlace(place, ['2026-12-01'], wholeDay, { ...known, calendar })).toEqual({
      ...{ ok: false, refusal: { kind: 'too-far-ahead', lastPossibleDay: '2026-11-30' } },
    });
  });

  test.each([
    ['suspended until a day that is set', { ...open, state: 'SUSPENDED', opensOn: '2026-12-01' }],
    ['announced', { ...open, state: 'ANNOUNCED', opensOn: '2026-12-01' }],
    ['closed', { ...open, state: 'CLOSED' }],
    ['never stated', undefined],
  ] as const)('takes nothing where reporting is %s, and says so (X07, D02)', (_how, standing) => {
    const atUnits = new Map(standing === undefined ? [] : [['school', standing]]);
    expect(
      decidePlace(place, [monday], wholeDay, { ...known, features: { feature: 'ABSENCE', atUnits } }),
    ).toEqual(refused('feature-closed'));
  });
});

test('two reports say the same when cause and times are the same (ABS-14)', () => {
  const said = { cause: 'SICK', ...wholeDay } as const;
  expect(saysTheSame(said, { ...said })).toBe(true);
  for (const other of [{ cause: 'OTHER' }, { arrivesAt: '09:00' }, { leavesAt: '12:00' }] as const)
    expect(saysTheSame(said, { ...said, ...other })).toBe(false);
});

describe('taking back and correcting (T10, ABS-13)', () => {
  const absence: Absence = { ...asReported, ...place, id: 'a1', day: monday, cause: 'SICK' };
  const decide = (
    now: string,
    isStaff = false,
    more: Partial<Absence> = {},
    said: PartOfDay = { ...absence, ...more },
  ) => decideChange({ ...absence, ...more }, said, { ...known, now: new Date(now), isStaff });

  test('is for guardians until the cut-off, for staff until the day is over', () => {
    expect(decide('2026-11-23T07:14:59Z').ok).toBe(true);
    expect(decide('2026-11-23T07:15:00Z')).toEqual({
      ...{ ok: false, refusal: { kind: 'cut-off-passed', cutOff: new Date('2026-11-23T07:15:00Z') } },
    });
    expect(decide('2026-11-23T12:00:00Z', true).ok).toBe(true);
    expect(decide('2026-11-23T12:00:00Z', true, { day: '2026-11-20' })).toEqual(refused('cut-off-passed'));
  });

  test('to the whole day is until the day begins, and to a part that has begun not at all', () => {
    const goesAt = (leavesAt: string) => ({ arrivesAt: null, leavesAt });
    const noon = '2026-11-23T11:00:00Z';
    expect(decide(noon, false, goesAt('14:00')).ok).toBe(true);
    expect(decide(noon, false, goesAt('14:00'), wholeDay)).toEqual({
      ...{ ok: false, refusal: { kind: 'cut-off-passed', cutOff: new Date('2026-11-23T07:15:00Z') } },
    });
    expect(decide(noon, false, goesAt('14:00'), goesAt('11:00'))).toEqual(refused('cut-off-passed'));
    expect(decide(noon, false, goesAt('14:00'), goesAt('13:00')).ok).toBe(true);
    expect(decide(noon, false, goesAt('11:00'), goesAt('14:00'))).toEqual(refused('cut-off-passed'));
    expect(decide(noon, true, goesAt('14:00'), wholeDay).ok).toBe(true);
  });

  test('is nobody’s for leave, which is ended where it was granted (LEA-05)', () => {
    expect(decide('2026-11-22T12:00:00Z', true, { leaveId: 'l1' })).toEqual(refused('is-leave'));
  });
});

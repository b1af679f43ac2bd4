import { instantOf } from '@ranselpost/kit/pure/dates';
import { describe, expect, test } from 'vitest';
import { defaultCalendar } from './calendar.ts';
import { dayBoardOf } from './day-board.ts';
import { decideTrip, isElsewhere } from './trip.ts';

const trip = {
  ...{ tripId: 'trip', unitId: 'unit', firstDay: '2026-11-23', leavesAt: '09:30' },
  ...{ lastDay: '2026-11-23', returnsAt: '14:00' },
};
const at = (time: string, day = '2026-11-23') => instantOf(day, time);

describe('planning a trip (T27)', () => {
  const now = at('08:00');
  test.each([
    ['returns before it leaves', { returnsAt: '09:30' }, false],
    ['is over', { firstDay: '2026-11-20', lastDay: '2026-11-20' }, false],
    ['takes longer than two weeks', { lastDay: '2026-12-07' }, false],
    ['takes two weeks', { lastDay: '2026-12-06' }, true],
    ['is under way already', { leavesAt: '07:00' }, true],
  ])('one that %s: %j', (_what, given, isPossible) => {
    expect(decideTrip({ ...trip, ...given }, now).ok).toBe(isPossible);
  });
});

describe('a child on a trip is elsewhere (ABS-01)', () => {
  const day = { day: '2026-11-23', today: '2026-11-23', lesson: null, markedAt: null };
  test.each([
    ['before it leaves', '09:29', null, false],
    ['while it is away', '12:00', null, true],
    ['though it was marked in the morning', '12:00', '08:10', true],
    ['but not one who was seen since: it stayed', '12:00', '09:45', false],
    ['once it is over, by itself', '14:00', null, false],
    ['once it is over, as it was marked in the morning', '14:00', '08:10', false],
  ])('%s', (_what, time, marked, expected) => {
    const markedAt = marked === null ? null : at(marked);
    expect(isElsewhere(trip, { ...day, markedAt, now: at(time) })).toBe(expected);
  });

  test.each([
    ['08:30', false],
    ['09:30', true],
    ['13:15', true],
    ['14:00', false],
  ])('in the lesson at %s: %s, whatever time it is, unless it was marked', (starts, expected) => {
    const lesson = { starts, ends: '15:00' };
    for (const now of [at('08:00'), at('16:00')]) {
      expect(isElsewhere(trip, { ...day, lesson, now })).toBe(expected);
      expect(isElsewhere(trip, { ...day, lesson, now, markedAt: at('09:00') })).toBe(false);
    }
  });

  test('on other days than today for the whole of them, and on no others; through the night when clocks change', () => {
    const long = { ...trip, firstDay: '2026-10-23', lastDay: '2026-10-25', returnsAt: '02:30' };
    const on = (shown: string) => isElsewhere(long, { ...day, day: shown, now: at('12:00') });
    expect(['2026-10-22', '2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26'].map(on)).toEqual([
      ...[false, true, true, true, false],
    ]);
    const night = { ...day, day: '2026-10-25', today: '2026-10-25' };
    expect(isElsewhere(long, { ...night, now: at('01:59', '2026-10-25') })).toBe(true);
    expect(isElsewhere(long, { ...night, now: at('03:00', '2026-10-25') })).toBe(false);
  });
});

describe('on the board of a school with lessons (T27, ABS-01)', () => {
  const lesson = (id: string, starts: string, ends: string) => ({
    ...{
      id,
      unitId: 'unit',
      groupId: '2A',
      weekday: 1,
      starts,
      ends,
      subject: null,
      from: '2026-08-01',
      to: null,
    },
  });
  const lessons = [
    lesson('1', '08:30', '09:15'),
    lesson('2', '10:00', '10:45'),
    lesson('3', '14:15', '15:00'),
  ];
  const seen = (slot: string, markedAt: string) => ({
    ...{
      id: `mark of ${slot}`,
      childId: 'child',
      unitId: 'unit',
      day: '2026-11-23',
      slot,
      nth: 1,
      settles: [],
    },
    ...{ standing: 'PRESENT' as const, came: null, went: null, isByClock: false, markedBy: 'teacher' },
    ...{ markedAt: at(markedAt), takenAt: at(markedAt) },
  });
  const rowAt = (time: string, marks: readonly ReturnType<typeof seen>[]) => {
    const children = [{ childId: 'child', groupIds: ['2A'], said: [], marks, trips: [trip] }];
    const unit = { calendar: defaultCalendar('unit', 'SCHOOL'), day: '2026-11-23', now: at(time), lessons };
    const { state, isHere, slots, trip: shown } = dayBoardOf({ ...unit, children }).rows[0]!;
    return [state, isHere, shown !== null, slots.map((slot) => slot.state).join(' ')];
  };
  test.each([
    ['before it leaves', '09:00', [seen('1', '08:35')], 'PRESENT', true, false],
    ['while it is away', '12:00', [seen('1', '08:35')], 'ELSEWHERE', false, true],
    ['though the first lesson is marked only now', '12:00', [seen('1', '11:30')], 'ELSEWHERE', false, true],
    ['nobody was marked', '12:00', [], 'ELSEWHERE', false, true],
    ['once it is over', '14:00', [seen('1', '08:35')], 'PRESENT', true, false],
    ['once it is over, and nobody was marked', '14:00', [], 'NOT_YET_KNOWN', false, false],
  ])('%s at %s', (_what, time, marks, state, isHere, isOnTrip) => {
    const first = marks.length === 0 ? 'EXPECTED' : 'PRESENT';
    expect(rowAt(time, marks)).toEqual([state, isHere, isOnTrip, `${first} ELSEWHERE EXPECTED`]);
  });
  test('of one who stays behind it is what staff see', () => {
    expect(rowAt('12:00', [seen('2', '10:05')])).toEqual([
      'PRESENT',
      true,
      false,
      'EXPECTED PRESENT EXPECTED',
    ]);
  });
});

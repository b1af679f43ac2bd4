import { describe, expect, test } from 'vitest';
import { type AlertState, alertDueAt, dueWith, nextOfAlert } from './absence-alert.ts';
import { defaultCalendar } from './calendar.ts';

const day = '2026-11-23';
const calendar = defaultCalendar('school', 'SCHOOL');
const lesson = {
  ...{ id: 'l', unitId: 'school', groupId: 'a', weekday: 1, subject: null, from: '2026-08-01', to: null },
};

describe('when home is told of an unreported absence (ABS-12)', () => {
  const lessons = [
    { ...lesson, starts: '10:00', ends: '10:45' },
    { ...lesson, starts: '08:45', ends: '09:30' },
  ];
  const due = (groupIds: string[], now: string) =>
    alertDueAt({ day, groupIds }, { lessons, calendar, minutes: 30 }, new Date(now)).toISOString();

  test('is the unit’s timer after the first lesson of the child’s group, by the clock in Norway', () => {
    expect(due(['a'], '2026-11-23T07:50:00Z')).toBe('2026-11-23T08:15:00.000Z');
  });

  test('is after the school has opened for a group without lessons, and at once when that is over', () => {
    expect(due(['b'], '2026-11-23T07:16:00Z')).toBe('2026-11-23T07:45:00.000Z');
    expect(due(['a'], '2026-11-23T09:00:00Z')).toBe('2026-11-23T09:00:00.000Z');
  });
});

describe('what becomes of an alert (ABS-12)', () => {
  const now = new Date('2026-11-23T08:15:00Z');
  const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
  const next = (
    state: AlertState,
    isUnreported: boolean,
    more: { canBeTold?: boolean; dueAt?: Date; today?: string } = {},
  ) =>
    nextOfAlert(
      { state, day, dueAt: more.dueAt ?? before },
      { isUnreported, canBeTold: more.canBeTold ?? true },
      { now, today: more.today ?? day },
    );

  test.each<[AlertState, boolean, AlertState]>([
    ['WAITING', true, 'TOLD'],
    ['WAITING', false, 'SETTLED'],
    ['SETTLED', true, 'TOLD'],
    ['SETTLED', false, 'SETTLED'],
    ['TOLD', true, 'TOLD'],
    ['TOLD', false, 'DROPPED'],
    ['PHONE', true, 'PHONE'],
    ['PHONE', false, 'SETTLED'],
    ['PHONED', true, 'PHONED'],
    ['DROPPED', true, 'DROPPED'],
  ])('%s, and unreported %s: %s', (state, isUnreported, expected) => {
    expect(next(state, isUnreported)).toBe(expected);
  });

  test('waits until it is due, and is a call where nobody can be told, or the day is over', () => {
    expect(next('WAITING', true, { dueAt: after })).toBe('WAITING');
    expect(next('SETTLED', true, { dueAt: after })).toBe('WAITING');
    expect(next('WAITING', true, { canBeTold: false })).toBe('PHONE');
    expect(next('WAITING', true, { today: '2026-11-24' })).toBe('PHONE');
  });

  test('of a child who is said to come late is not due before that, and is taken back where it was told', () => {
    const said = { isLeave: false, at: '10:00' };
    const dueAt = dueWith({ day, dueAt: before }, [{ ...said, kind: 'LATE' }]);
    expect(dueAt.toISOString()).toBe('2026-11-23T09:00:00.000Z');
    expect(dueWith({ day, dueAt: before }, [{ ...said, kind: 'LATE', at: '09:00' }])).toEqual(before);
    expect(dueWith({ day, dueAt: before }, [{ ...said, kind: 'LEFT_EARLY' }])).toEqual(before);
    const states = (['WAITING', 'SETTLED', 'TOLD', 'PHONE'] as const).map((state) =>
      next(state, true, { dueAt }),
    );
    expect(states).toEqual(['WAITING', 'WAITING', 'DROPPED', 'WAITING']);
  });
});

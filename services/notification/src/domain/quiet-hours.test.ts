import { describe, expect, test } from 'vitest';
import { endOfQuiet, nextAt } from './quiet-hours.ts';

const night = { from: '21:00', to: '07:00' };

describe('quiet hours', () => {
  test.each([
    ['in the evening, by clocks in Norway', '2026-11-23T20:00:00Z', '2026-11-24T06:00:00.000Z'],
    ['before midnight there, and after it here', '2026-07-01T23:30:00Z', '2026-07-02T05:00:00.000Z'],
    ['in the morning', '2026-11-24T05:59:00Z', '2026-11-24T06:00:00.000Z'],
    ['over the night that is an hour shorter', '2027-03-27T22:00:00Z', '2027-03-28T05:00:00.000Z'],
    ['over the night that is an hour longer', '2026-10-24T22:00:00Z', '2026-10-25T06:00:00.000Z'],
  ])('hold %s until seven', (_name, now, end) => {
    expect(endOfQuiet(night, new Date(now))?.toISOString()).toBe(end);
  });

  test.each(['2026-11-24T06:00:00Z', '2026-11-24T12:00:00Z', '2026-11-24T19:59:00Z'])(
    'do not at %s',
    (now) => {
      expect(endOfQuiet(night, new Date(now))).toBeUndefined();
    },
  );

  test('within a day, and none at all', () => {
    expect(endOfQuiet({ from: '12:00', to: '13:00' }, new Date('2026-11-24T11:30:00Z'))?.toISOString()).toBe(
      '2026-11-24T12:00:00.000Z',
    );
    expect(endOfQuiet({ from: '07:00', to: '07:00' }, new Date('2026-11-24T06:00:00Z'))).toBeUndefined();
  });

  test('a time that has just come is tomorrow’s', () => {
    expect(nextAt('16:00', new Date('2026-11-24T15:00:00Z')).toISOString()).toBe('2026-11-25T15:00:00.000Z');
  });
});

import { describe, expect, test } from 'vitest';
import { onWorkingDay } from './working-days.ts';

describe('a deadline (ADM-03)', () => {
  test.each([
    ['an ordinary Monday', '2026-11-23', '2026-11-23'],
    ['a Saturday', '2026-11-21', '2026-11-23'],
    ['a Sunday', '2026-11-22', '2026-11-23'],
    ['Maundy Thursday', '2026-04-02', '2026-04-07'],
    ['Easter Monday', '2026-04-06', '2026-04-07'],
    ['Ascension Day', '2026-05-14', '2026-05-15'],
    ['Whit Monday', '2026-05-25', '2026-05-26'],
    ['Constitution Day, the day after Whit Sunday', '2027-05-17', '2027-05-18'],
    ['Labour Day on a Friday', '2026-05-01', '2026-05-04'],
    ['Christmas Day on a Friday', '2026-12-25', '2026-12-28'],
    ['New Year’s Day on a Friday', '2027-01-01', '2027-01-04'],
    ['Christmas Eve, which is a working day', '2026-12-24', '2026-12-24'],
  ])('on %s ends on %s → %s', (_what, day, end) => {
    expect(onWorkingDay(day)).toBe(end);
  });
});

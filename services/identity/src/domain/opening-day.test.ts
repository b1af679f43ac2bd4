import { describe, expect, test } from 'vitest';
import { concernAbout } from './opening-day.ts';

describe('a day to open something on (D08)', () => {
  test.each([
    ['a Friday', '2026-11-20', 'FRIDAY'],
    ['a Saturday', '2026-11-21', 'HOLIDAY'],
    ['a Sunday', '2026-11-22', 'HOLIDAY'],
    ['the day before Maundy Thursday', '2026-04-01', 'BEFORE_HOLIDAY'],
    ['the day before Ascension Day', '2026-05-13', 'BEFORE_HOLIDAY'],
    ['the day before Christmas Day', '2026-12-24', 'BEFORE_HOLIDAY'],
    ['Constitution Day on a Monday', '2027-05-17', 'HOLIDAY'],
  ])('is a bad one when it is %s', (_which, day, concern) => expect(concernAbout(day)).toBe(concern));

  test.each(['2026-11-23', '2026-11-26', '2026-04-07'])('is a good one on %s', (day) =>
    expect(concernAbout(day)).toBeNull(),
  );
});

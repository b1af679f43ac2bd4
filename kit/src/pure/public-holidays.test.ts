import { describe, expect, test } from 'vitest';
import { isPublicHoliday } from './public-holidays.ts';

describe('public holidays', () => {
  test.each([
    ['New Year’s Day', '2026-01-01'],
    ['Maundy Thursday', '2026-04-02'],
    ['Good Friday', '2026-04-03'],
    ['Easter Sunday', '2026-04-05'],
    ['Easter Monday', '2026-04-06'],
    ['Labour Day', '2026-05-01'],
    ['Ascension Day', '2026-05-14'],
    ['Constitution Day', '2026-05-17'],
    ['Whit Monday', '2026-05-25'],
    ['Christmas Day', '2026-12-25'],
    ['Boxing Day', '2026-12-26'],
    ['an early Easter Monday', '2008-03-24'],
    ['a late Easter Monday', '2038-04-26'],
    ['a Sunday', '2026-11-22'],
  ])('have %s among them', (_name, day) => expect(isPublicHoliday(day)).toBe(true));

  test.each(['2026-04-01', '2026-04-04', '2026-04-07', '2026-05-18', '2026-11-21', '2026-12-24'])(
    'do not have %s among them',
    (day) => expect(isPublicHoliday(day)).toBe(false),
  );
});

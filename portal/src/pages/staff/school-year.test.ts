import { expect, test } from 'vitest';
import { monthsUntil, schoolYearOf } from './school-year.ts';

test('a school year begins on the first of August', () => {
  expect(['2026-07-31', '2026-08-01', '2027-01-02'].map(schoolYearOf)).toEqual([2025, 2026, 2026]);
});

test('its months are shown in weeks from Monday, the latest first, and none that is to come', () => {
  const months = monthsUntil(2026, '2026-11-23');
  expect(months.map(({ first }) => first)).toEqual(['2026-11-01', '2026-10-01', '2026-09-01', '2026-08-01']);
  const november = months[0]!.weeks;
  expect(november[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
  expect(november.at(-1)).toEqual(['2026-11-30', null, null, null, null, null, null]);
  expect(monthsUntil(2027, '2028-02-29')[0]!.weeks.flat()).toContain('2028-02-29');
});

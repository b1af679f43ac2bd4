import { describe, expect, test } from 'vitest';
import { addDays, birthdayAt, hasReached, isWithin, localDateAt } from './dates.ts';

describe('the day in Norway', () => {
  test.each([
    ['2026-07-01T21:59:59Z', '2026-07-01'],
    ['2026-07-01T22:00:00Z', '2026-07-02'],
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-10-24T22:30:00Z', '2026-10-25'],
  ])('at %s is %s, in summer and winter time', (instant, day) => {
    expect(localDateAt(new Date(instant))).toBe(day);
  });

  test('goes on over the end of months and leap days', () => {
    expect(addDays('2027-12-31', 1)).toBe('2028-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });
});

describe('reaching an age (AGE-01)', () => {
  test('is on the birthday, not the day before', () => {
    expect(hasReached('2011-05-17', 15, '2026-05-16')).toBe(false);
    expect(hasReached('2011-05-17', 15, '2026-05-17')).toBe(true);
  });

  test('is on 1 March in common years for somebody born on 29 February', () => {
    expect(birthdayAt('2012-02-29', 15)).toBe('2027-03-01');
    expect(hasReached('2012-02-29', 15, '2027-02-28')).toBe(false);
    expect(birthdayAt('2012-02-29', 16)).toBe('2028-02-29');
    expect(birthdayAt('2096-02-29', 4)).toBe('2100-03-01');
  });
});

test('a period holds its first day and not its last; without a last it goes on', () => {
  expect(isWithin('2026-08-01', '2026-08-01', '2026-08-02')).toBe(true);
  expect(isWithin('2026-08-02', '2026-08-01', '2026-08-02')).toBe(false);
  expect(isWithin('2026-07-31', '2026-08-01', null)).toBe(false);
  expect(isWithin('2999-01-01', '2026-08-01', null)).toBe(true);
});

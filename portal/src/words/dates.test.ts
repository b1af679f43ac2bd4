import { expect, test } from 'vitest';
import { instantOf } from './dates.ts';

test.each([
  ['2026-11-23', '07:25', '2026-11-23T06:25:00.000Z'],
  ['2026-07-01', '07:25', '2026-07-01T05:25:00.000Z'],
  ['2026-10-25', '12:00', '2026-10-25T11:00:00.000Z'],
])('a time of %s at %s is an instant, in winter and in summer', (day, time, instant) => {
  expect(instantOf(day, time)).toBe(instant);
});

import { localDateAt } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf, isInTime, toTheSecond } from './deadline.ts';

describe('a deadline', () => {
  test('is met during its last second in Norway, and not in the one after, whether clocks are changed that day or not (BHG-05)', () => {
    for (const [day, last] of [
      ['2027-03-01', '2027-03-01T22:59:59Z'],
      ['2027-03-28', '2027-03-28T21:59:59Z'],
      ['2027-10-31', '2027-10-31T22:59:59Z'],
      ['2028-02-29', '2028-02-29T22:59:59Z'],
    ] as const) {
      const deadline = endOf(day);
      expect(deadline).toEqual(new Date(last));
      expect(isInTime(new Date(deadline.getTime() + 999), deadline)).toBe(true);
      expect(isInTime(new Date(deadline.getTime() + 1000), deadline)).toBe(false);
    }
  });

  test('is met on its day and on no day after it, by what the receipt says as well (BHG-05, T-7)', () => {
    const instants = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2028-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, instants, (at, other) => {
        const deadline = endOf(localDateAt(other));
        expect(isInTime(at, deadline)).toBe(localDateAt(at) <= localDateAt(other));
        expect(isInTime(toTheSecond(at), deadline)).toBe(isInTime(at, deadline));
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { isNewNight } from './nightly.ts';

const at = (text: string) => new Date(text);

describe('what is done once each night (FREG-15)', () => {
  test.each([
    ['2026-11-21T01:59:59Z', '2026-11-21T02:00:00Z', true],
    ['2026-11-21T02:00:00Z', '2026-11-22T01:59:59Z', false],
    ['2026-11-21T02:00:00Z', '2026-11-22T02:00:00Z', true],
    // Summer time, and the night in which it ends.
    ['2026-07-01T00:59:59Z', '2026-07-01T01:00:00Z', true],
    ['2026-10-25T00:30:00Z', '2026-10-25T02:30:00Z', true],
    ['2026-11-21T02:00:00Z', '2027-03-01T12:00:00Z', true],
  ])('from %s to %s is another night: %s', (last, now, expected) => {
    expect(isNewNight(at(last), at(now))).toBe(expected);
  });
});

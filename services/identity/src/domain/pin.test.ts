import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  decideTry,
  isClosed,
  isEasyToGuess,
  isPin,
  lockedMinutes,
  mostTries,
  mostTriesAtTablet,
} from './pin.ts';

test.each([
  '000000',
  '112121',
  '123456',
  '987654',
  '135791',
  '890123',
  '482482',
  '170585',
  '850517',
  '051785',
])('%s is easy to guess', (pin) => expect(isEasyToGuess(pin, '1985-05-17')).toBe(true));
test.each(['482915', '700312', '112233', '170586'])('%s is not', (pin) =>
  expect(isEasyToGuess(pin, '1985-05-17')).toBe(false),
);
test.each(['12345', '1234567', 'abcdef', '12 456', '', '١٢٣٤٥٦'])('“%s” is no PIN', (text) =>
  expect(isPin(text)).toBe(false),
);

describe('a PIN that is tried (T16)', () => {
  const now = new Date('2026-11-23T07:00:00Z');
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const fresh = { failures: 0, lockedUntil: null };
  const wrong = (times: number) =>
    Array.from({ length: times }).reduce<ReturnType<typeof decideTry>>(
      (known) => decideTry(known, false, now),
      { ...fresh, letsIn: false },
    );

  test('lets in when it is right, and forgets the tries before', () => {
    expect(decideTry(wrong(mostTries - 1), true, now)).toEqual({ ...fresh, letsIn: true });
  });

  test('is closed after five wrong ones in a row, also to the right one', () => {
    const closed = wrong(mostTries);
    expect(closed.lockedUntil).toEqual(later(lockedMinutes));
    expect(decideTry(closed, true, later(lockedMinutes - 1)).letsIn).toBe(false);
    expect(decideTry(closed, true, later(lockedMinutes)).letsIn).toBe(true);
  });

  test('is closed for twice as long by each wrong one after that, a day at most, and not longer by those that come meanwhile', () => {
    const closed = wrong(mostTries);
    expect(decideTry(closed, false, later(5))).toEqual({ ...closed, letsIn: false });
    const again = decideTry(closed, false, later(20));
    expect(again.lockedUntil).toEqual(later(20 + 2 * lockedMinutes));
    expect(decideTry(again, false, later(60)).lockedUntil).toEqual(later(60 + 4 * lockedMinutes));
    expect(decideTry({ failures: 500, lockedUntil: null }, false, now).lockedUntil).toEqual(later(24 * 60));
  });
});

describe('a tablet at which PINs are wrong (T16)', () => {
  const now = new Date('2026-11-23T07:00:00Z');
  const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const wrong = (times: number) =>
    Array.from({ length: times }).reduce<ReturnType<typeof afterFailure>>(
      (known) => afterFailure(known, now),
      {
        ...{ failures: 0, since: null, closedUntil: null },
      },
    );

  test('is closed for the rest of a day when too many are, whosever they are', () => {
    expect(isClosed(wrong(mostTriesAtTablet - 1), now)).toBe(false);
    const closed = afterFailure(wrong(mostTriesAtTablet - 1), after(1));
    expect([isClosed(closed, after(23)), isClosed(closed, after(24))]).toEqual([true, false]);
  });

  test('counts anew after a day', () => {
    expect(afterFailure(wrong(mostTriesAtTablet - 1), after(24))).toEqual({
      ...{ failures: 1, since: after(24), closedUntil: null },
    });
  });
});

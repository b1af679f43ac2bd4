import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';
import { newBreaker } from './breaker.ts';

test('a channel is left alone after five failures in a row, longer each time, a minute at most; one that works opens it', () => {
  const breaker = newBreaker();
  for (let failures = 0; failures < 4; failures += 1) breaker.failed(0);
  expect(breaker.closedUntil(0)).toBeUndefined();
  breaker.failed(0);
  expect(breaker.closedUntil(999)).toBe(1_000);
  expect(breaker.closedUntil(1_000)).toBeUndefined();
  for (let failures = 0; failures < 20; failures += 1) breaker.failed(1_000);
  expect(breaker.closedUntil(1_000)).toBe(61_000);
  breaker.succeeded();
  expect(breaker.closedUntil(1_000)).toBeUndefined();
});

test('the wait before another try doubles, half an hour at most, and differs by a half', () => {
  expect([1, 2, 3].map((attempt) => backOffMs(attempt, 0.5))).toEqual([1_000, 2_000, 4_000]);
  expect([backOffMs(99, 0), backOffMs(99, 1)]).toEqual([1_350_000, 2_250_000]);
});

import { describe, expect, test } from 'vitest';
import { Breaker, RetryBudget } from './breaker.ts';

describe('a breaker', () => {
  const failing = (times: number) => {
    const said: boolean[] = [];
    const breaker = new Breaker((isAway) => said.push(isAway));
    for (let at = 0; at < times; at += 1) breaker.failed('network', 0);
    return { breaker, said };
  };

  test('lets everything through until ten have failed in a row', () => {
    expect(() => failing(9).breaker.enter(1)).not.toThrow();
    expect(() => failing(10).breaker.enter(1)).toThrow(expect.objectContaining({ reason: 'breaker-open' }));
  });

  test('lets one through after a second, and the rest only when that one succeeds', () => {
    const { breaker } = failing(10);
    expect(() => breaker.enter(1_001)).not.toThrow();
    expect(() => breaker.enter(1_002)).toThrow();
    breaker.succeeded();
    expect(() => breaker.enter(1_003)).not.toThrow();
  });

  test('says once that a subgraph is away and once that it is back', () => {
    const { breaker, said } = failing(20);
    breaker.succeeded();
    breaker.succeeded();
    expect(said).toEqual([true, false]);
  });
});

test('a budget for asking twice lets one in ten do so in the long run', () => {
  const budget = new RetryBudget();
  let retries = 0;
  for (let at = 0; at < 1_000; at += 1) {
    budget.counted();
    if (budget.take()) retries += 1;
  }
  expect(retries).toBeGreaterThan(90);
  expect(retries).toBeLessThanOrEqual(110);
});

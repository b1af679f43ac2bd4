import { describe, expect, test } from 'vitest';
import { rankEffect } from './rank-effect.ts';

const many = (count: number, from: number): number[] => Array.from({ length: count }, (_, at) => from + at);

describe('the rank test', () => {
  test('tells nothing apart that is the same', () => {
    expect(rankEffect([1, 2, 3], [1, 2, 3])).toEqual({ share: 0.5, deviations: 0 });
    expect(rankEffect([7, 7], [7, 7, 7])).toEqual({ share: 0.5, deviations: 0 });
  });

  test('says which of two is larger, and how surely', () => {
    expect(rankEffect([4, 5, 6], [1, 2, 3]).share).toBe(1);
    expect(rankEffect([1, 2, 3], [4, 5, 6]).share).toBe(0);
    expect(rankEffect(many(1000, 100), many(1000, 0)).deviations).toBeGreaterThan(6);
    expect(rankEffect([1, 3], [2, 4]).share).toBe(0.25);
  });

  test('is not led astray by one sample out of all bounds', () => {
    expect(rankEffect([...many(999, 0), 1e9], many(1000, 0)).share).toBeCloseTo(0.5, 2);
  });
});

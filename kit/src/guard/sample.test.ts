import { describe, expect, test } from 'vitest';
import { guardSample, halfOf, scoreOf } from '../testing/guard-sample.ts';

const sample = guardSample();

describe('the sample', () => {
  test('is large, in three languages, and half of it ordinary', () => {
    expect(sample.length).toBeGreaterThanOrEqual(480);
    expect(new Set(sample.map(({ text }) => text)).size).toBe(sample.length);
    expect(new Set(sample.map(({ language }) => language))).toEqual(new Set(['nb', 'nn', 'en']));
    const ordinary = sample.filter(({ verdict }) => verdict === 'OK').length / sample.length;
    expect(ordinary).toBeGreaterThan(0.45);
    expect(ordinary).toBeLessThan(0.55);
  });

  test('is halved by a hash of the ids, and by nobody', () => {
    expect(sample.filter(({ id, half }) => half !== halfOf(id))).toEqual([]);
  });
});

test('of the half that is held out at most 5 % are false alarms, and 90 % of what must be stopped is (MSG-10)', () => {
  const { recall, falseAlarms } = scoreOf(sample.filter(({ half }) => half === 'held-out'));
  expect(falseAlarms).toBeLessThanOrEqual(0.05);
  expect(recall).toBeGreaterThanOrEqual(0.9);
});

import { describe, expect, test } from 'vitest';
import { type Part, guardSample, partOf, scoreOf } from '../testing/guard-sample.ts';

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

  test('is parted by the ids, and by nobody', () => {
    expect(sample.filter(({ id, part }) => part !== partOf(id))).toEqual([]);
  });
});

const scoreOfPart = (wanted: Part) => scoreOf(sample.filter(({ part }) => part === wanted));

// The second is the harder one: nobody had read these sentences when the words were chosen.
test.each(['held-out', 'fresh'] as const)(
  'of what is %s at most 5 % are false alarms, and 90 % of what must be stopped is (MSG-10)',
  (part) => {
    const { recall, falseAlarms } = scoreOfPart(part);
    expect(falseAlarms).toBeLessThanOrEqual(0.05);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  },
);

test('what the guard was made with in view is judged as it should be', () => {
  expect(scoreOfPart('development').wrong.map(({ sentence }) => sentence.id)).toEqual([]);
});

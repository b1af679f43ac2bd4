import { describe, expect, test } from 'vitest';
import { byGuardianSet, guardianSetKey, mayShareThread, threadGoesOn } from './guardian-set.ts';

const anna = { childId: 'anna', guardianIds: ['mother', 'father'] };
const ola = { childId: 'ola', guardianIds: ['father', 'mother', 'mother'] };
const half = { childId: 'half', guardianIds: ['mother', 'other'] };
const alone = { childId: 'alone', guardianIds: ['mother'] };
const nobodys = { childId: 'nobodys', guardianIds: [] };

describe('sets of guardians (GUA-23)', () => {
  test('siblings with the same guardians may share a thread, in whatever order these are known', () => {
    expect(mayShareThread([anna, ola])).toBe(true);
    expect(byGuardianSet([anna, ola])).toEqual([
      { key: 'father,mother', guardianIds: ['father', 'mother'], childIds: ['anna', 'ola'] },
    ]);
  });

  test('half-siblings never do, nor siblings one of whom has a guardian less', () => {
    for (const other of [half, alone]) expect(mayShareThread([anna, other])).toBe(false);
    expect(byGuardianSet([anna, half, ola, alone]).map(({ childIds }) => childIds)).toEqual([
      ['anna', 'ola'],
      ['half'],
      ['alone'],
    ]);
  });

  test('that two children have no guardian here does not make them siblings', () => {
    expect(guardianSetKey([])).toBeNull();
    expect(mayShareThread([nobodys, { ...nobodys, childId: 'another' }])).toBe(false);
    expect(mayShareThread([nobodys])).toBe(false);
    expect(mayShareThread([anna, nobodys])).toBe(false);
    expect(mayShareThread([])).toBe(false);
    expect(byGuardianSet([nobodys])).toEqual([]);
  });

  test('a child named twice is one', () => {
    expect(byGuardianSet([anna, anna])[0]!.childIds).toEqual(['anna']);
  });

  test('a thread closes once any of its children has other guardians, whether one came or went', () => {
    const key = guardianSetKey(anna.guardianIds)!;
    expect(threadGoesOn(key, [anna, ola])).toBe(true);
    expect(threadGoesOn(key, [anna, { ...ola, guardianIds: ['mother'] }])).toBe(false);
    expect(threadGoesOn(key, [{ ...anna, guardianIds: ['mother', 'father', 'grandmother'] }])).toBe(false);
    expect(threadGoesOn(key, [{ ...anna, guardianIds: ['mother', 'new'] }])).toBe(false);
    expect(threadGoesOn(key, [{ ...anna, guardianIds: [] }])).toBe(false);
  });
});

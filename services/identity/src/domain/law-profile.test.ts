import { describe, expect, test } from 'vitest';
import { lawProfile, laws } from './law-profile.ts';

describe('the law of a day (GUA-27)', () => {
  test('is the act of 1981 until the new one has a day', () => {
    for (const day of ['1982-01-01', '2026-11-21', '2099-01-01'])
      expect(lawProfile(day).children).toMatchObject({ id: 'BARNELOVA_1981', information: '§ 47' });
  });

  test('changes on the day that the table gives, and not on the one before', () => {
    const table = {
      ...laws,
      children: laws.children.map(({ from, value }) => ({ value, from: from ?? '2027-07-01' })),
    };
    expect(lawProfile('2027-06-30', table).children.id).toBe('BARNELOVA_1981');
    expect(lawProfile('2027-07-01', table).children).toMatchObject({
      id: 'BARNELOVA_2025',
      information: '§ 6-12',
    });
    expect(lawProfile('2027-07-01', table).administration.id).toBe('FORVALTNINGSLOVEN_1967');
  });

  test('is nothing to guess before there was any', () => {
    expect(() => lawProfile('1969-12-31')).toThrow('nothing is in force');
  });
});

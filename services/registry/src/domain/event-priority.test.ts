import { describe, expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';
import { isKnownType, noHurry, priorityOf } from './event-priority.ts';
import { isOfSeries } from './series.ts';

describe('the order in which people are read', () => {
  test('is protection, then what can end access, then the rest, then those without hurry (FREG-11)', () => {
    const order = ['endringIAdressebeskyttelse', 'endringIForeldreansvar', 'endringINavn'].map(priorityOf);
    expect([...order, noHurry]).toEqual([0, 1, 2, 3]);
    expect(priorityOf('personErDoed')).toBe(1);
  });

  test('takes a type it does not know for one that can end access (FREG-02)', () => {
    expect(isKnownType('endringIOmsorgsansvar')).toBe(false);
    expect(priorityOf('endringIOmsorgsansvar')).toBe(1);
  });
});

describe('how long somebody is left alone who could not be read', () => {
  test('grows, and never beyond ten minutes', () => {
    expect([1, 2, 3, 20].map(backOffMs)).toEqual([1_000, 2_000, 4_000, 600_000]);
  });
});

describe('the series of a number', () => {
  test('lets in what this installation may hold and nothing else (FREG-08)', () => {
    for (const number of ['21861864070', '45879031072', '11813055572', '30908299902']) {
      expect(isOfSeries(number, 'synthetic')).toBe(true);
      expect(isOfSeries(number, 'real')).toBe(false);
    }
    expect(isOfSeries('21861864071', 'synthetic')).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { type ChildTies, scopeOf } from './child-scope.ts';

const nothing: ChildTies = { applications: [], stays: [] };
const at = (from: string, to: string | null = null): ChildTies => ({ ...nothing, stays: [{ from, to }] });
const applied = (sentOn: string | null, closedOn: string | null = null): ChildTies => ({
  ...nothing,
  applications: [{ sentOn, closedOn }],
});

describe('what a guardian has to do with a child on a day (GUA-29)', () => {
  test('is nothing of a child without a tie to the municipality', () => {
    expect(scopeOf(nothing, '2026-11-22')).toEqual({ admission: 'NONE', communication: 'NONE' });
  });

  test.each([
    ['2027-08-02', 'NONE'],
    ['2027-08-03', 'ALL'],
    ['2027-08-17', 'ALL'],
  ])('begins with the unit two weeks before the start: on %s it is %s', (day, scope) => {
    expect(scopeOf(at('2027-08-17'), day)).toEqual({ admission: 'NONE', communication: scope });
  });

  test.each([
    ['2027-06-18', 'ALL'],
    ['2027-06-19', 'READ'],
    ['2028-06-17', 'READ'],
    ['2028-06-18', 'NONE'],
  ])('is reading for a year from the last day: on %s it is %s', (day, scope) => {
    expect(scopeOf(at('2020-08-17', '2027-06-19'), day).communication).toBe(scope);
  });

  test('is with an application from when it was sent, and never with a draft', () => {
    expect(scopeOf(applied(null), '2027-03-01').admission).toBe('NONE');
    expect(scopeOf(applied('2027-02-01'), '2027-01-31').admission).toBe('NONE');
    expect(scopeOf(applied('2027-02-01'), '2027-02-01')).toEqual({ admission: 'ALL', communication: 'NONE' });
    expect(scopeOf(applied('2027-02-01', '2027-04-10'), '2027-04-10').admission).toBe('READ');
    expect(scopeOf(applied('2027-02-01', '2027-04-10'), '2028-04-10').admission).toBe('NONE');
  });

  test('has no tail of a place that was given back before it began', () => {
    expect(scopeOf(at('2027-08-17', '2027-08-17'), '2027-08-20').communication).toBe('NONE');
  });

  test('goes on at the next unit: kindergarten, after-school unit and school are one stay for it', () => {
    const moved: ChildTies = {
      ...nothing,
      stays: [
        { from: '2022-08-15', to: '2027-08-01' },
        { from: '2027-08-17', to: null },
      ],
    };
    for (const day of ['2027-07-31', '2027-08-03', '2027-08-17']) {
      expect(scopeOf(moved, day).communication).toBe('ALL');
    }
    expect(scopeOf(moved, '2027-08-01').communication).toBe('READ');
  });

  test('is each municipality’s own: after a move one is read and the other used, at once', () => {
    const [old, next] = [at('2022-08-15', '2026-11-01'), at('2026-11-10')];
    expect(scopeOf(old, '2026-11-22').communication).toBe('READ');
    expect(scopeOf(next, '2026-11-22').communication).toBe('ALL');
    expect(scopeOf(at('2022-08-15', '2027-01-01'), '2026-11-22').communication).toBe('ALL');
  });

  test('has the lead and the tail that the municipality sets', () => {
    const terms = { leadDays: 0, tailMonths: 1 };
    expect(scopeOf(at('2027-08-17'), '2027-08-16', terms).communication).toBe('NONE');
    expect(scopeOf(at('2020-08-17', '2027-06-19'), '2027-07-18', terms).communication).toBe('NONE');
  });
});

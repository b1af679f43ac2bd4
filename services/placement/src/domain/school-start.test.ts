import { describe, expect, test } from 'vitest';
import { type EndlessPlace, dueEnd, endByAge } from './school-start.ts';

const kindergarten = {
  care: 'KINDERGARTEN',
  from: '2022-08-15',
  born: '2021-05-17',
  isDeferred: false,
} as const;
const afterSchool = { ...kindergarten, care: 'SFO', from: '2027-08-01' } as const;
const end = (place: EndlessPlace) => endByAge(place, '08-01');

describe('a place', () => {
  test('in a kindergarten ends as school begins, a year later where that is put off (BHG-14, BHG-22)', () => {
    expect(end(kindergarten)).toBe('2027-08-01');
    expect(end({ ...kindergarten, isDeferred: true })).toBe('2028-08-01');
    expect(end({ ...kindergarten, born: '2021-12-31' })).toBe('2027-08-01');
  });

  test('after school ends after the fourth grade, and after the seventh for whoever came later than that (SFO-02)', () => {
    expect(end(afterSchool)).toBe('2031-08-01');
    expect(end({ ...afterSchool, isDeferred: true })).toBe('2032-08-01');
    expect(end({ ...afterSchool, from: '2031-08-01' })).toBe('2034-08-01');
  });

  test('is given its end in the three months before, and none once the day is past', () => {
    const due = (today: string) => dueEnd(kindergarten, today, '08-01');
    expect(due('2027-04-30')).toBeNull();
    expect(due('2027-05-01')).toBe('2027-08-01');
    expect(due('2027-07-31')).toBe('2027-08-01');
    expect(due('2027-08-01')).toBeNull();
    expect(dueEnd({ ...kindergarten, from: '2027-08-01' }, '2027-07-01', '08-01')).toBeNull();
  });
});

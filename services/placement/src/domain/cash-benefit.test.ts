import { describe, expect, test } from 'vitest';
import {
  type BenefitPlace,
  benefitCsv,
  benefitKeptFrom,
  benefitLines,
  decideBenefitMonth,
} from './cash-benefit.ts';

const place: BenefitPlace = {
  ...{ placeId: 'p1', childId: 'child', born: '2025-04-20', unitId: 'unit', weeklyHours: null },
  ...{ from: '2026-08-15', to: null },
};
const events = (places: readonly BenefitPlace[], month: string) =>
  benefitLines(places, month, 45).map(({ unitId, event }) => `${unitId} ${event}`);

describe('the list for cash benefit (BHG-24)', () => {
  test('says when a place starts, goes on and stops', () => {
    expect(events([place], '2026-08')).toEqual(['unit START']);
    expect(events([place], '2026-09')).toEqual(['unit GOES_ON']);
    expect(events([{ ...place, to: '2026-10-31' }], '2026-10')).toEqual(['unit STOP']);
  });

  test('says that whoever moves has changed, and neither started nor stopped (BHG-13)', () => {
    const moved = [
      { ...place, to: '2026-10-15' },
      { ...place, placeId: 'p2', unitId: 'other', from: '2026-10-15' },
    ];
    expect(events(moved, '2026-10')).toEqual(['unit CHANGE', 'other CHANGE']);
  });

  test.each([
    ['2025-11-30', '2026-11', true],
    ['2025-12-01', '2026-11', false],
    ['2023-11-01', '2026-11', true],
    ['2023-10-31', '2026-11', false],
    ['2024-02-29', '2027-02', true],
    ['2024-02-29', '2027-03', false],
    [null, '2026-11', true],
  ])('has whoever was born on %s in %s: %s', (born, month, isThere) => {
    expect(benefitLines([{ ...place, born }], month, 45)).toHaveLength(isThere ? 1 : 0);
  });

  test('is a file of ids, days and hours, a full place where nothing was said', () => {
    expect(
      benefitCsv(
        benefitLines([place, { ...place, childId: 'x', weeklyHours: 27, to: '2026-08-31' }], '2026-08', 45),
      ),
    ).toBe(
      'childId,unitId,month,weeklyHours,from,to,event\r\n' +
        'child,unit,2026-08,45,2026-08-15,,START\r\n' +
        'x,unit,2026-08,27,2026-08-15,2026-08-31,STOP\r\n',
    );
  });

  test('is of a month that has begun', () => {
    for (const month of ['2026-12', '2026-13', 'x'])
      expect(decideBenefitMonth(month, '2026-11-23')).toMatchObject({ ok: false });
    expect(decideBenefitMonth('2026-11', '2026-11-23')).toMatchObject({ ok: true });
  });

  test('forgets whoever turned six in a month that is over (RET-06)', () => {
    expect(benefitKeptFrom('2026-11-30')).toBe('2020-11-01');
    expect(benefitKeptFrom('2026-12-01')).toBe('2020-12-01');
  });
});

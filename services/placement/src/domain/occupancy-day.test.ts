import { describe, expect, test } from 'vitest';
import { type OccupancyFacts, admissionYearOf, daysBetween, occupancyByDay } from './occupancy-day.ts';

const facts = (more: Partial<OccupancyFacts> = {}): OccupancyFacts => ({
  ...{ counted: [], seats: [], norms: [], ...more },
});
const norm = (area: number, adults: number, admissionYear = 2026) => ({
  ...{ unitId: 'k', admissionYear, area, adults },
});
const on = (day: string, more: Partial<OccupancyFacts>) => occupancyByDay(['k'], [day], facts(more))[0]!;
const some = (children: number, more: object = {}) => ({
  ...{ unitId: 'k', day: '2026-09-01', bornYear: 2024, group: 'small' as const, children, ...more },
});

describe('how a unit stands on a day (P27, BHG-25)', () => {
  test('is within area and staff to the last square centimetre and the last child, and over by one more', () => {
    const counted = [some(3), some(6, { bornYear: 2022, group: 'large' })];
    expect(on('2026-09-01', { counted, norms: [norm(39.99, 2)] })).toMatchObject({
      ...{ areaNeeded: 39.99, adultsNeeded: 2, isWithin: true },
    });
    expect(on('2026-09-01', { counted, norms: [norm(39.98, 2)] }).isWithin).toBe(false);
    expect(on('2026-09-01', { counted: [...counted, some(1)], norms: [norm(100, 2)] }).isWithin).toBe(false);
    expect(on('2026-09-01', { counted })).toMatchObject({ area: null, areaNeeded: null, isWithin: null });
  });

  test('counts a child as large from August of the year in which it turns three, whatever its seat is for', () => {
    const groupsOn = (day: string) =>
      on(day, { counted: [some(1, { day, bornYear: 2024 })] }).groups.map(({ group }) => group);
    expect(groupsOn('2027-07-31')).toEqual(['small']);
    expect(groupsOn('2027-08-01')).toEqual(['large']);
  });

  test('sums the seats of a group, those that are held for somebody too, in the year of the day', () => {
    const seats = [4, 2].map((count) => ({
      ...{ unitId: 'k', admissionYear: 2026, group: 'small' as const, seats: count },
    }));
    expect(on('2026-09-01', { counted: [some(5)], seats }).groups).toEqual([
      { group: 'small', children: 5, seats: 6 },
    ]);
    expect(on('2026-07-31', { counted: [some(5, { day: '2026-07-31' })], seats }).groups).toEqual([
      { group: 'small', children: 5, seats: null },
    ]);
  });

  test('counts children of unknown age apart, and as small ones as to room', () => {
    const counted = [some(1, { bornYear: null, group: null }), some(1, { bornYear: null, group: 'large' })];
    expect(on('2026-09-01', { counted, norms: [norm(9.33, 0.5)] })).toMatchObject({
      ...{ ofUnknownAge: 1, isWithin: true, groups: [{ group: 'large', children: 1, seats: null }] },
    });
    expect(on('2026-09-01', { counted, norms: [norm(9.32, 0.5)] }).isWithin).toBe(false);
  });

  test('goes by what was decided for the year, or for the last one before it', () => {
    const norms = [norm(10, 1, 2025), norm(20, 2, 2027)];
    expect(on('2026-09-01', { norms }).area).toBe(10);
    expect(on('2027-08-01', { norms }).area).toBe(20);
    expect(on('2025-07-31', { norms }).area).toBeNull();
  });

  test('is told day by day, over leap days and into another year', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(['2026-07-31', '2026-08-01', '2027-01-01'].map(admissionYearOf)).toEqual([2025, 2026, 2026]);
  });
});

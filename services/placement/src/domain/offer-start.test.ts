import { describe, expect, test } from 'vitest';
import { seatFor, wantedFrom } from './offer-start.ts';

const year = { admissionYear: 2027, yearBegins: '08-15', today: '2026-11-22' };

describe('when a place begins', () => {
  test('as the family wants it, else with the kindergarten year, and never on a day that is over', () => {
    expect(wantedFrom('2027-10-01', year)).toBe('2027-10-01');
    expect(wantedFrom(null, year)).toBe('2027-08-15');
    expect(wantedFrom(null, { ...year, today: '2027-11-02' })).toBe('2027-11-02');
  });

  test('on a seat that is free by then, else on the one that is free first, from that day on (BHG-13, S-23)', () => {
    const seats = [
      { number: 1, freeFrom: '2027-09-01' },
      { number: 2, freeFrom: '2027-08-20' },
    ];
    expect(seatFor(seats, '2027-08-15')).toEqual({ seat: seats[1], startsOn: '2027-08-20' });
    expect(seatFor([...seats, { number: 3, freeFrom: null }], '2027-08-15')).toMatchObject({
      ...{ seat: { number: 3 }, startsOn: '2027-08-15' },
    });
    expect(seatFor([], '2027-08-15')).toBeNull();
  });
});

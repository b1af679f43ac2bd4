import { describe, expect, test } from 'vitest';
import { ageLimits, agesByDay } from './age-limits.ts';

describe('the ages of a day', () => {
  test('are those of the law: 7, 12, 13, 15, 16 and 18 (AGE-02 to AGE-10)', () => {
    expect(ageLimits('2026-11-22')).toEqual({
      isOfferedHearing: 7,
      hasGreatWeight: 12,
      isHeardOnGuardian: 12,
      hasRightToTalks: 12,
      informationSociety: 13,
      ownConsent: 15,
      sharesInsight: 12,
      mayWithholdHealth: 12,
      ownHealth: 16,
      majority: 18,
    });
  });

  test('change on the day that the table gives: 15 for services on the internet, if that becomes law (AGE-04)', () => {
    const changed = { from: '2027-07-01', value: { ...ageLimits('2026-11-22'), informationSociety: 15 } };
    for (const table of [
      [...agesByDay, changed],
      [changed, ...agesByDay],
    ]) {
      expect(ageLimits('2027-06-30', table).informationSociety).toBe(13);
      expect(ageLimits('2027-07-01', table).informationSociety).toBe(15);
    }
  });

  test('are nothing to guess before there were any', () => {
    expect(() => ageLimits('1981-12-31')).toThrow('nothing is in force');
  });
});

import { describe, expect, test } from 'vitest';
import { priceLists as lists } from '../../test/reduced-payments.ts';
import { decideHours } from './place-hours.ts';

const place = { care: 'SFO', from: '2026-08-15', to: null, weeklyHours: null } as const;
const asked = { today: '2026-11-23', wanted: 30, startsOn: '2027-02-01', noticeMonths: 2, lists } as const;
const said = (
  more: Partial<Parameters<typeof decideHours>[1]> = {},
  of: Partial<Parameters<typeof decideHours>[0]> = {},
) => {
  const decided = decideHours({ ...place, ...of }, { ...asked, ...more });
  return decided.ok
    ? 'changed'
    : 'earliest' in decided.refusal
      ? decided.refusal.earliest
      : decided.refusal.kind;
};

describe('the hours of a place after school (P20, SFO-06)', () => {
  test('are fewer from the first of a month on, as long after as the statutes want a place given up', () => {
    expect(said()).toBe('changed');
    expect(said({ startsOn: '2027-01-01' })).toBe('2027-02-01');
    expect(said({ startsOn: '2027-02-02' })).toBe('2027-03-01');
  });

  test('are more from next month on', () => {
    expect(said({ wanted: 45, startsOn: '2026-12-01' }, { weeklyHours: 30 })).toBe('changed');
    expect(said({ wanted: 45, startsOn: '2026-11-01' }, { weeklyHours: 30 })).toBe('2026-12-01');
  });

  test('are others than before, that there is a price for, of a place that is there on that day', () => {
    expect(said({ wanted: 45 })).toBe('E_STATE');
    expect(said({ wanted: 17 })).toBe('PRICE_HOURS_WRONG');
    expect(said({}, { to: '2027-02-01' })).toBe('E_STATE');
    expect(said({}, { from: '2027-02-01' })).toBe('E_STATE');
    expect(said({}, { care: 'KINDERGARTEN' })).toBe('E_STATE');
  });
});

import { describe, expect, test } from 'vitest';
import { type SeatTerms, decideSeats, isOverCapacity } from './seat-decision.ts';
import type { RoundState } from './round.ts';
import type { RoundConfig } from './round-plan.ts';

const terms: SeatTerms = {
  ...{ unitId: 'solhaug', group: 'small', seats: 10, occupied: 0, reserved: [], area: 200, adults: 8 },
  reason: null,
};
const config: RoundConfig = {
  ...{ markets: ['large', 'small'], tieBreak: 'single', lotteryUnit: 'application' },
  ...{ siblingInRound: false, fallback: false, convert: null },
};
const round = { config, unitIds: ['solhaug'] };
const decide = (more: Partial<SeatTerms>, state: RoundState = 'draft', kind: 'main' | 'sfo' = 'main') => {
  const decided = decideSeats({ ...terms, ...more }, { ...round, state, kind });
  return decided.ok ? 'decided' : decided.refusal.kind;
};
const sami = { id: 'sami', flag: 'sami', seats: 3, soft: true };

describe('a decision on seats', () => {
  test('is for a unit and a group of the round, until it is allocated (placement § 8)', () => {
    expect(decide({})).toBe('decided');
    expect(decide({ unitId: 'elsewhere' })).toBe('E_UNKNOWN_K');
    expect(decide({ group: 'sfo', area: null, adults: null })).toBe('E_BAD_GROUP');
    for (const state of ['open', 'closed'] as const)
      expect(decide({ reason: 'Ny avdeling' }, state)).toBe('decided');
    for (const state of ['allocated', 'published', 'appeal', 'finished'] as const)
      expect(decide({ reason: 'Ny avdeling' }, state)).toBe('E_STATE');
  });

  test('needs a reason once families may have relied on it', () => {
    expect(decide({ reason: ' ' }, 'open')).toBe('E_NO_REASON');
    expect(decide({}, 'closed')).toBe('E_NO_REASON');
  });

  test('is of whole seats, none below none, and holds no more than there are', () => {
    expect(decide({ seats: 0 })).toBe('decided');
    for (const seats of [-1, 1.5, Number.NaN]) expect(decide({ seats })).toBe('E_BAD_SEATS');
    expect(decide({ occupied: -1 })).toBe('E_BAD_SEATS');
    expect(decide({ area: -1 })).toBe('E_BAD_SEATS');
    expect(decide({ reserved: [sami, { ...sami, id: 'lang', seats: 7 }] })).toBe('decided');
    expect(decide({ reserved: [sami, { ...sami, id: 'lang', seats: 8 }] })).toBe('E_BAD_SEATS');
    expect(decide({ reserved: [sami, sami] })).toBe('E_DUP_ID');
    expect(decide({ reserved: [{ ...sami, id: 'a#b' }] })).toBe('E_FORMAT');
  });

  test('says what space and staff there are, but in after-school care (placement § 11)', () => {
    expect(decide({ area: null })).toBe('E_FORMAT');
    expect(decide({ group: 'sfo' }, 'draft', 'sfo')).toBe('E_FORMAT');
    expect(decide({ group: 'sfo', area: null, adults: null, seats: 400 }, 'draft', 'sfo')).toBe('decided');
  });
});

test('more children than space and staff allow are noticed, with those who stay (BHG-25)', () => {
  const decided = (seats: number, occupied = 0, group: SeatTerms['group'] = 'small') => ({
    group,
    seats,
    occupied,
  });
  // 12 small children need 63.96 square metres and four adults.
  expect(isOverCapacity([decided(12)], { area: 63.96, adults: 4 })).toBe(false);
  expect(isOverCapacity([decided(12)], { area: 63.95, adults: 4 })).toBe(true);
  expect(isOverCapacity([decided(12)], { area: 200, adults: 3.9 })).toBe(true);
  expect(isOverCapacity([decided(10, 2), decided(6, 0, 'large')], { area: 200, adults: 5 })).toBe(false);
  expect(isOverCapacity([decided(10, 3), decided(6, 0, 'large')], { area: 200, adults: 5 })).toBe(true);
  expect(isOverCapacity([decided(500, 0, 'sfo')], { area: null, adults: null })).toBe(false);
});

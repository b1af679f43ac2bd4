import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { describe, expect, test } from 'vitest';
import { machine } from '../../test/families.ts';
import type { PlacementFacts } from './policy.ts';
import { isSeedPublished, maySeeMoves, maySeeRound, maySeeSeats, mayRunAdmission } from './round-policy.ts';
import type { RoundState } from './round.ts';

const nothing: PlacementFacts = {
  ...{ today: '2027-01-20', guardianOf: [], enrolments: [], namedFor: [], roles: [] },
  ...{ municipalRoles: [], responsibleFor: [] },
};
const caseWorker: PlacementFacts = { ...nothing, municipalRoles: ['CASE_WORKER'] };
const leader: PlacementFacts = {
  ...nothing,
  roles: [{ role: 'LEADER', unitId: 'solhaug', groupId: null, from: '2020-08-01', to: null }],
};
const states: readonly RoundState[] = [
  ...(['draft', 'open', 'closed', 'allocated', 'published', 'appeal', 'finished'] as const),
];

describe('a round of admission', () => {
  test('is run by case workers alone; anybody else is told that there is none (S-06)', () => {
    for (const facts of [nothing, leader, { ...nothing, municipalRoles: ['PROTECTION_OFFICER'] }])
      expect(() => mayRunAdmission(staff(), facts)).toThrow('Not found.');
    for (const who of [guardian(), machine])
      expect(() => mayRunAdmission(who, caseWorker)).toThrow('Not found.');
    expect(() => mayRunAdmission(staff(), caseWorker)).not.toThrow();
    expect([maySeeMoves(staff(), caseWorker), maySeeMoves(staff(), leader)]).toEqual([true, false]);
  });

  test('is seen by whoever has signed in from when it is open', () => {
    const seenBy = (who: Parameters<typeof maySeeRound>[0], facts: PlacementFacts) =>
      states.filter((state) => maySeeRound(who, facts, { state })).length;
    expect(seenBy(staff(), caseWorker)).toBe(states.length);
    expect(seenBy(guardian(), nothing)).toBe(states.length - 1);
    expect(maySeeRound(guardian(), caseWorker, { state: 'draft' })).toBe(false);
    expect(seenBy(staff(), leader)).toBe(states.length - 1);
    expect(seenBy(machine, caseWorker)).toBe(0);
  });

  test('shows its seats to case workers, and to a unit’s leader from when it is open (BHG-25)', () => {
    const sees = (facts: PlacementFacts, unitId: string, state: string) =>
      maySeeSeats(staff(), facts, { unitId, state });
    expect([sees(caseWorker, 'solhaug', 'draft'), sees(caseWorker, 'other', 'open')]).toEqual([true, true]);
    expect([sees(leader, 'solhaug', 'draft'), sees(leader, 'solhaug', 'open')]).toEqual([false, true]);
    expect([sees(leader, 'other', 'open'), sees(nothing, 'solhaug', 'open')]).toEqual([false, false]);
  });

  test('keeps its seed until the result is published (placement § 4)', () => {
    expect(states.filter((state) => isSeedPublished({ state }))).toEqual(['published', 'appeal', 'finished']);
  });
});

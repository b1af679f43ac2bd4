import { describe, expect, test } from 'vitest';
import { type PlannedRound, type RecordedApplicant, type RunFacts, readRunFacts } from './run-facts.ts';

const rule = { mode: 'firstMatch', groups: ['law18', 'right'], then: ['age:oldest'] };
const round: PlannedRound = {
  ...{ kind: 'main', state: 'closed', deadline: '2027-03-01', grace: null, wishLimit: 5 },
  ...{ admissionYear: 2027, yearBegins: '08-01', config: { fallback: false, overridesByTwo: true } },
};
const unit = (id: string): RunFacts['units'][number] => ({
  ...{ id, priority: rule, convertible: false, maxSeats: {}, showRank: false },
  seats: [
    {
      ...{ group: 'small', seats: 3, occupied: 1, area: 60, adults: 3 },
      reserved: [{ id: 'sami', seats: 1, flag: 'sami', soft: true }],
    },
  ],
});
const applicant = (more: Partial<RecordedApplicant> = {}): RecordedApplicant => ({
  ...{ id: 'A1', childId: 'C1', born: '2025-05-01', livesHere: 'YES', wantedStart: null, hasRight: null },
  ...{
    submittedAt: '2027-02-01T10:00:00Z',
    currentUnitId: null,
    guardianIds: ['g1'],
    claims: [],
  },
  wishes: [{ unitId: 'K1', rank: 1, hasSibling: false }],
  ...more,
});
const read = (
  applicants: readonly RecordedApplicant[],
  more: {
    round?: Partial<PlannedRound>;
    facts?: Partial<RunFacts>;
    changes?: Parameters<typeof readRunFacts>[2]['changes'];
  } = {},
) =>
  readRunFacts(
    { ...round, ...more.round },
    { units: [unit('K1'), unit('K2')], overrides: [], applicants, ...more.facts },
    { seed: 'seed', changes: more.changes ?? null },
  );
const flagsOf = (one: Partial<RecordedApplicant>, more = {}) =>
  read([applicant(one)], more).facts.applicants[0]!.flags;

describe('what a round is allocated from, as the database has it', () => {
  test('gives the right to whoever has it by the register, in time and of age (BHG-01, BHG-03)', () => {
    expect(flagsOf({})).toEqual(['right']);
    expect(flagsOf({ born: '2026-12-01' })).toEqual([]);
    expect(flagsOf({ livesHere: 'NO' })).toEqual([]);
    expect(flagsOf({ submittedAt: '2027-03-01T23:00:01Z' })).toEqual([]);
    const grace = { until: new Date('2027-03-03T22:59:59Z'), reason: 'Nede' };
    expect(flagsOf({ submittedAt: '2027-03-01T23:00:01Z' }, { round: { grace } })).toEqual(['right']);
    expect(flagsOf({}, { round: { kind: 'sfo' } })).toEqual([]);
  });

  test.each(['transfer', 'supplementary', 'continuous'] as const)(
    'gives nobody the right for being in time in a %s round, but by a decision (BHG-01, BHG-03)',
    (kind) => {
      const other = { round: { kind, deadline: kind === 'continuous' ? null : '2027-09-01' } };
      expect(flagsOf({ submittedAt: '2027-06-01T10:00:00Z' }, other)).toEqual([]);
      expect(flagsOf({ hasRight: true }, other)).toEqual(['right']);
      expect(read([applicant({ livesHere: 'UNKNOWN' })], other).undecided).toEqual([]);
      expect(read([applicant()], other).withoutRight).toEqual([]);
    },
  );

  test('says who is in the main round without the right, which is to be seen before it is published (BHG-06)', () => {
    const found = read([
      applicant(),
      applicant({ id: 'A2', livesHere: 'NO' }),
      applicant({ id: 'A3', livesHere: 'UNKNOWN' }),
    ]);
    expect(found.withoutRight).toEqual(['A2']);
  });

  test.each(['UNKNOWN', null] as const)(
    'waits for a decision where the register says %s (ADR-03)',
    (livesHere) => {
      expect(read([applicant({ livesHere })]).undecided).toEqual([{ application: 'A1', flag: 'right' }]);
      expect(flagsOf({ livesHere })).toEqual([]);
      expect(read([applicant({ livesHere, hasRight: false })]).undecided).toEqual([]);
      expect(flagsOf({ livesHere, hasRight: true })).toEqual(['right']);
      // It counts while the register says nothing, and is no way around age or the deadline.
      expect(flagsOf({ livesHere: 'NO', hasRight: true })).toEqual([]);
      expect(flagsOf({ livesHere, hasRight: true, born: '2026-12-01' })).toEqual([]);
    },
  );

  test('counts what is granted, at all units or at one, and a sibling who is there (BHG-09, BHG-10)', () => {
    const claims = [
      { flag: 'law18', unitId: null, verdict: 'granted' },
      { flag: 'sami', unitId: 'K1', verdict: 'granted' },
      { flag: 'stress', unitId: null, verdict: 'undecided' },
      { flag: 'staff', unitId: 'K2', verdict: 'refused' },
    ] as const;
    const wishes = ['K1', 'K2'].map((unitId, at) => ({ unitId, rank: at + 1, hasSibling: unitId === 'K2' }));
    const found = read([applicant({ claims, wishes })]);
    expect(found.facts.applicants[0]).toMatchObject({
      flags: ['law18', 'right'],
      wishes: [{ flags: ['sami'] }, { flags: ['sibling'] }],
    });
    expect(found.undecided).toEqual([{ application: 'A1', flag: 'stress' }]);
  });

  test('waits for no decision on a claim for a unit that is wished for no more (BHG-09)', () => {
    const claims = ['K1', 'K2'].map((unitId) => ({ flag: 'staff', unitId, verdict: 'undecided' as const }));
    expect(read([applicant({ claims })]).undecided).toEqual([{ application: 'A1', flag: 'staff' }]);
  });

  test('leaves out whose birth date nobody has told, and says so', () => {
    const found = read([applicant(), applicant({ id: 'A2', born: null })]);
    expect(found.leftOut).toEqual(['A2']);
    expect(found.facts.applicants.map(({ id }) => id)).toEqual(['A1']);
  });

  test('has seats and those that are held, and nothing in the words of the engine that it does not know', () => {
    const { units, config } = read([]).facts;
    expect(units[0]).toMatchObject({
      seats: { small: 3 },
      reserved: [{ id: 'sami', group: 'small', seats: 1, flag: 'sami', soft: true }],
    });
    expect(config).toEqual({ fallback: false });
  });

  test('lets those with the right fall back on all units that they did not wish for, where the round does so', () => {
    const fallback = { round: { config: { fallback: true } } };
    const nearby = (one: Partial<RecordedApplicant>) =>
      read([applicant(one)], fallback).facts.applicants[0]!.nearby.map(({ unitId }) => unitId);
    expect(nearby({})).toEqual(['K2']);
    expect(nearby({ livesHere: 'NO' })).toEqual([]);
  });

  test('counts the last word of what was decided by hand, of children who take part', () => {
    const overrides = [
      { kind: 'PIN', applicationId: 'A1', unitId: 'K1' },
      { kind: 'SEATS', unitId: 'K1', group: 'small', seats: 4 },
      { kind: 'BAR', applicationId: 'gone', unitId: 'K1' },
      { kind: 'SEATS', unitId: 'K1', group: 'small', seats: 5 },
      { kind: 'PIN', applicationId: 'A1', unitId: 'K2' },
    ] as const;
    expect(read([applicant()], { facts: { overrides } }).facts.overrides).toEqual([
      overrides[4],
      overrides[3],
    ]);
  });

  test('has in a scenario other rules and decisions than in the round', () => {
    const other = { ...rule, then: ['age:youngest'] };
    const bar = { kind: 'BAR', applicationId: 'A1', unitId: 'K1' } as const;
    const { facts } = read([applicant()], {
      changes: { rules: [{ unitId: 'K2', priority: other }], overrides: [bar] },
    });
    expect(facts.units.map(({ priority }) => priority)).toEqual([rule, other]);
    expect(facts.overrides).toEqual([bar]);
  });
});

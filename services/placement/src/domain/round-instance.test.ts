import { describe, expect, test } from 'vitest';
import { allocate } from './allocate.ts';
import type { Result } from './instance.ts';
import { type Applicant, type Override, type RoundFacts, groupOf, roundInstance } from './round-instance.ts';
import { snapshotHash } from './snapshot.ts';

const rule = { mode: 'firstMatch', groups: ['law18', 'sibling', 'right'], then: ['age:oldest'] };
const unit = (id: string, small: number): RoundFacts['units'][number] => ({
  ...{ id, priority: rule, convertible: false, maxSeats: {}, seats: { small }, reserved: [] },
});
const applicant = (id: string, born: string, wishes: readonly string[], more: object = {}): Applicant => ({
  ...{ id, born, wantedStart: null, submittedAt: new Date('2026-02-01T10:00:00Z'), guardianIds: [] },
  ...{ flags: ['right'], currentUnitId: null, nearby: [] },
  wishes: wishes.map((unitId) => ({ unitId, distance: null, flags: [] })),
  ...more,
});
const round = (
  applicants: readonly Applicant[],
  more: { units?: RoundFacts['units']; overrides?: readonly Override[]; kind?: RoundFacts['kind'] } = {},
): RoundFacts => ({
  ...{ kind: 'main', admissionYear: 2026, yearBegins: '08-01', wishLimit: 5, seed: 'seed', config: {} },
  ...{ units: [unit('K1', 1), unit('K2', 1)], overrides: [], applicants },
  ...more,
});
const given = (facts: RoundFacts) => {
  const made = roundInstance(facts);
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return made.value;
};
const placesOf = (facts: RoundFacts): object => {
  const { assigned } = allocate(given(facts).instance) as Result;
  return Object.fromEntries(Object.entries(assigned).map(([id, got]) => [id, got?.k ?? null]));
};

const older = applicant('A1', '2024-02-01', ['K1', 'K2']);
const younger = applicant('A2', '2024-06-01', ['K1', 'K2']);
const youngest = applicant('A3', '2025-01-01', ['K1', 'K2']);

describe('what a round is allocated from', () => {
  test('is the same to the byte, in whatever order the facts were read (BHG-23)', () => {
    const facts = round([older, younger]);
    const shuffled = { ...facts, applicants: [younger, older], units: facts.units.toReversed() };
    expect(snapshotHash(given(shuffled).instance)).toBe(snapshotHash(given(facts).instance));
    expect(placesOf(facts)).toEqual({ A1: 'K1', A2: 'K2' });
  });

  test('says the age group on the day that a child starts, and one group for after-school care (placement § 1, § 11)', () => {
    const three = { born: '2023-12-31', wantedStart: null };
    expect(groupOf(three, round([]))).toBe('large');
    expect(groupOf({ ...three, born: '2024-01-01' }, round([]))).toBe('small');
    // In January it is still the kindergarten year that began in August.
    expect(groupOf({ born: '2024-01-01', wantedStart: '2027-01-10' }, round([]))).toBe('small');
    expect(groupOf(three, round([], { kind: 'sfo' }))).toBe('sfo');
  });

  test('lets nobody choose the group by another year’s day (BHG-02, placement § 1)', () => {
    expect(groupOf({ born: '2022-03-01', wantedStart: '2020-01-01' }, round([]))).toBe('large');
    expect(groupOf({ born: '2025-03-01', wantedStart: '2030-08-01' }, round([]))).toBe('small');
    const later = { ...round([]), yearBegins: '08-15' };
    expect(groupOf({ born: '2024-03-01', wantedStart: '2027-08-05' }, later)).toBe('small');
  });

  test('has those who have the same guardians for a family, and says nothing of who they are', () => {
    const twins = [
      { ...older, guardianIds: ['g2', 'g1'] },
      { ...younger, guardianIds: ['g1', 'g2'] },
      { ...youngest, guardianIds: ['g1'] },
    ];
    const { instance } = given(round(twins));
    expect(instance.applications.map(({ family }) => family)).toEqual(['A1', 'A1', undefined]);
    expect(JSON.stringify(instance)).not.toContain('g1');
  });

  test('keeps a place at a unit that takes part, and knows of no other', () => {
    const there = { ...older, currentUnitId: 'K2' };
    expect(given(round([there])).instance.applications[0]).toMatchObject({ current: 'K2' });
    expect(given(round([{ ...there, currentUnitId: 'K9' }])).instance.applications[0]).not.toHaveProperty(
      'current',
    );
  });
});

describe('what is decided by hand', () => {
  const all = [older, younger, youngest];

  test('puts a child on a seat, and the rest is allocated around it', () => {
    const facts = round(all, { overrides: [{ kind: 'PIN', applicationId: 'A3', unitId: 'K1' }] });
    expect(given(facts).pinned).toEqual([{ applicationId: 'A3', unitId: 'K1', pool: 'K1/small' }]);
    expect(placesOf(facts)).toEqual({ A1: 'K2', A2: null });
  });

  test('gives the seat that somebody who is pinned leaves to the others', () => {
    const mover = { ...youngest, currentUnitId: 'K2' };
    const units = [unit('K1', 1), unit('K2', 0)];
    const facts = round([older, younger, mover], {
      units,
      overrides: [{ kind: 'PIN', applicationId: 'A3', unitId: 'K1' }],
    });
    expect(placesOf(facts)).toEqual({ A1: 'K2', A2: null });
  });

  test('bars a child from a kindergarten, also as a place nearby', () => {
    const facts = round([{ ...older, nearby: [{ unitId: 'K1', distance: 0, flags: [] }] }, younger], {
      overrides: [{ kind: 'BAR', applicationId: 'A1', unitId: 'K1' }],
    });
    expect(placesOf(facts)).toEqual({ A1: 'K2', A2: 'K1' });
    expect(given(facts).instance.applications[0]).toMatchObject({ nearby: [] });
  });

  test('changes seats before anybody is put on one', () => {
    const overrides: Override[] = [
      { kind: 'PIN', applicationId: 'A3', unitId: 'K1' },
      { kind: 'SEATS', unitId: 'K1', group: 'small', seats: 2 },
    ];
    expect(placesOf(round(all, { overrides }))).toEqual({ A1: 'K1', A2: 'K2' });
  });

  test('is refused where there is no seat, no such child or no such kindergarten, all of it at once', () => {
    const pin = (applicationId: string, unitId: string): Override => ({ kind: 'PIN', applicationId, unitId });
    const refusalOf = (overrides: readonly Override[]) => roundInstance(round(all, { overrides }));
    expect(refusalOf([pin('A1', 'K1'), pin('A2', 'K1')])).toEqual({
      ok: false,
      refusal: [{ kind: 'E_FULL', pool: 'K1/small' }],
    });
    expect(refusalOf([pin('A9', 'K1'), pin('A1', 'K9')])).toEqual({
      ok: false,
      refusal: [
        { kind: 'E_UNKNOWN_APPLICATION', applicationId: 'A9' },
        { kind: 'E_UNKNOWN_K', unitId: 'K9' },
      ],
    });
  });
});

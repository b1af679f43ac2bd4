import { describe, expect, test } from 'vitest';
import { solve } from './allocate.ts';
import { type KeptOutcome, reasonOf } from './outcome-reason.ts';
import { readInstance } from './read-instance.ts';
import { type Override, roundInstance } from './round-instance.ts';
import { type RecordedApplicant, type RunFacts, readRunFacts } from './run-facts.ts';
import { publishedOutcomes } from './wish-outcomes.ts';

const rule = { mode: 'firstMatch', groups: ['law18', 'sibling', 'right'], then: ['age:oldest'] };
const unit = (id: string, seats: number): RunFacts['units'][number] => ({
  ...{ id, priority: rule, convertible: false, maxSeats: {}, showRank: id === 'K1' },
  seats: [{ group: 'small', seats, occupied: 0, reserved: [], area: null, adults: null }],
});
const applicant = (
  id: string,
  born: string,
  wishes: readonly string[],
  flag?: string,
): RecordedApplicant => ({
  ...{ id, childId: `child of ${id}`, born, livesHere: 'YES', wantedStart: null, hasRight: null },
  ...{ submittedAt: '2027-02-01T10:00:00Z', currentUnitId: null, guardianIds: [] },
  claims: flag === undefined ? [] : [{ flag, unitId: null, verdict: 'granted' }],
  wishes: wishes.map((unitId, at) => ({ unitId, rank: at + 1, hasSibling: false })),
});

function outcomesOf(
  units: readonly RunFacts['units'][number][],
  applicants: readonly RecordedApplicant[],
  overrides: readonly Override[] = [],
) {
  const stored = { units, applicants, overrides };
  const { facts } = readRunFacts(
    {
      ...{ kind: 'main', state: 'closed', deadline: '2027-03-01', grace: null, wishLimit: 5 },
      ...{ admissionYear: 2027, yearBegins: '08-01', config: { markets: ['small'] } },
    },
    stored,
    { seed: 'seed', changes: null },
  );
  const made = roundInstance(facts);
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  const { instance: given, pinned } = made.value;
  const read = readInstance(given);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return publishedOutcomes({ stored, facts, instance: read.instance, run: solve(read.instance), pinned });
}
const shape = (outcomes: ReturnType<typeof outcomesOf>, id: string) =>
  outcomes
    .filter((one) => one.applicationId === id)
    .map(({ rank, outcome, isTouchedByHand }) => [rank, outcome, isTouchedByHand]);

const [older, younger] = [
  applicant('A1', '2025-02-01', ['K1', 'K2']),
  applicant('A2', '2025-06-01', ['K1', 'K2']),
];

describe('what became of wishes', () => {
  test('is told with what decided it (placement § 7)', () => {
    const outcomes = outcomesOf([unit('K1', 1), unit('K2', 1)], [older, younger]);
    expect(shape(outcomes, 'A1')).toEqual([
      [1, 'OFFERED', false],
      [2, 'NOT_NEEDED', false],
    ]);
    expect(outcomes.find((one) => one.applicationId === 'A2')).toEqual({
      ...{ applicationId: 'A2', childId: 'child of A2', rank: 1, unitId: 'K1', group: 'small' },
      ...{ outcome: 'REJECTED', isTouchedByHand: false },
      rejection: {
        ...{ seats: 1, decidedBy: 'age', lastPriority: null, isShown: true },
        numbers: { applicants: 2, place: 2, lastAdmittedPlace: 1, queue: 1 },
      },
    });
  });

  test('keeps the numbers that families gave, where a wish between was barred (placement § 10)', () => {
    const bar: Override = { kind: 'BAR', applicationId: 'A1', unitId: 'K1' };
    const outcomes = outcomesOf([unit('K1', 1), unit('K2', 1)], [older, younger], [bar]);
    expect(shape(outcomes, 'A1')).toEqual([
      [1, 'BY_HAND', true],
      [2, 'OFFERED', true],
    ]);
  });

  test('says of everybody who is touched that somebody decided by hand (placement § 10)', () => {
    const pin: Override = { kind: 'PIN', applicationId: 'A2', unitId: 'K2' };
    const outcomes = outcomesOf(
      [unit('K1', 1), unit('K2', 1)],
      [older, younger, applicant('A3', '2026-01-01', ['K2'])],
      [pin],
    );
    expect(shape(outcomes, 'A2')).toEqual([
      [1, 'BY_HAND', true],
      [2, 'OFFERED', true],
    ]);
    expect(shape(outcomes, 'A1')).toEqual([
      [1, 'OFFERED', false],
      [2, 'NOT_NEEDED', true],
    ]);
    expect(outcomes.find((one) => one.applicationId === 'A3')).toMatchObject({
      ...{ outcome: 'REJECTED', isTouchedByHand: true },
      rejection: { seats: 1, decidedBy: 'capacity' },
    });
  });

  test('is told also of the one unit where the child has its place already, and of that unit where it moves (placement § 7)', () => {
    const at = (currentUnitId: string, wishes: readonly string[]) => [
      { ...applicant('A1', '2025-02-01', wishes), currentUnitId },
    ];
    const stays = outcomesOf([unit('K1', 0), unit('K2', 0)], at('K1', ['K1']));
    expect(shape(stays, 'A1')).toEqual([[1, 'HAS_PLACE', false]]);
    const waits = outcomesOf([unit('K1', 0), unit('K2', 0)], at('K1', ['K2', 'K1']));
    expect(shape(waits, 'A1')).toEqual([
      [1, 'REJECTED', false],
      [2, 'HAS_PLACE', false],
    ]);
    const moves = outcomesOf([unit('K1', 0), unit('K2', 1)], at('K1', ['K2', 'K1']));
    expect(shape(moves, 'A1')).toEqual([
      [1, 'OFFERED', false],
      [2, 'NOT_NEEDED', false],
    ]);
  });

  test('names the priority that decided where five children have it, and never one that tells of health (placement § 7, BHG-09)', () => {
    const others = ['A1', 'A2', 'A3', 'A4', 'A5'];
    const lastPriority = (flag: string, count: number) => {
      const all = [
        ...others.slice(0, count).map((id) => applicant(id, '2025-02-01', ['K1'], flag)),
        applicant('A9', '2025-01-01', ['K1']),
      ];
      const outcomes = outcomesOf([unit('K1', count)], all);
      const { rejection } = outcomes.find((one) => one.applicationId === 'A9')!;
      return [rejection!.decidedBy, rejection!.lastPriority];
    };
    expect(lastPriority('sibling', 5)).toEqual(['group', 'sibling']);
    expect(lastPriority('sibling', 4)).toEqual(['group', null]);
    expect(lastPriority('law18', 5)).toEqual(['group', null]);
  });

  test('hides the flag itself where the rule looks at flags one by one', () => {
    const lexicographic = { ...unit('K1', 1), priority: { ...rule, mode: 'lexicographic' } };
    const outcomes = outcomesOf(
      [lexicographic],
      [applicant('A1', '2025-06-01', ['K1'], 'law18'), applicant('A2', '2025-02-01', ['K1'])],
    );
    expect(outcomes.find((one) => one.applicationId === 'A2')!.rejection).toMatchObject({
      ...{ decidedBy: 'group', lastPriority: null },
    });
  });
});

describe('what guardians read of a wish', () => {
  const rejected: KeptOutcome = {
    ...{ rank: 1, unitId: 'K1', group: 'small', outcome: 'REJECTED', isTouchedByHand: false, priority: rule },
    ...{ seats: 2, decidedBy: 'group', lastPriority: 'sibling' },
    numbers: { applicants: 4, place: 4, lastAdmittedPlace: 3, queue: 1 },
  };

  test('has numbers where they are told, and none where not (BHG-20)', () => {
    expect(reasonOf(rejected, 'published', 'nb')).toBe(
      'Denne barnehagen hadde 2 plasser for små barn og 4 søkere. Barnehagen går fram slik: prioritet etter loven og vedtektene, så eldste barn først, så loddtrekning. Barnet ditt er nummer 4 etter barnehagens regler. Den siste plassen gikk til nummer 3, som har prioritet: søsken i barnehagen. Dere står først på søkerlisten.',
    );
    const silent = reasonOf({ ...rejected, numbers: null }, 'published', 'en');
    expect(silent).toMatch(/^This kindergarten had 2 places for small children\. /);
    expect(silent.replace('2 places', '')).not.toMatch(/\d/);
  });

  test('says of a decision by hand that there was one, and of a met wish which one it is', () => {
    const plain = { ...rejected, seats: null, decidedBy: null, lastPriority: null, numbers: null };
    expect(reasonOf({ ...plain, outcome: 'BY_HAND', isTouchedByHand: true }, 'published', 'nn')).toMatch(
      /manuelt/,
    );
    expect(reasonOf({ ...plain, outcome: 'HAS_PLACE' }, 'published', 'en')).toMatch(/keeps it/);
    expect(reasonOf({ ...plain, outcome: 'OFFERED', rank: 2 }, 'published', 'nb')).toBe(
      'Barnet ditt har fått tilbud om plass i denne barnehagen, som var ønske nummer 2.',
    );
    expect(reasonOf({ ...plain, outcome: 'NOT_NEEDED', group: 'sfo' }, 'published', 'nb')).toMatch(
      /^Denne SFO-en /,
    );
    expect(reasonOf({ ...plain, outcome: 'OFFERED' }, 'allocated', 'nb')).toBe('');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf } from './deadline.ts';
import type { PublishFindings } from './publishing.ts';
import {
  type Round,
  type RoundMove,
  type RoundPart,
  type RoundState,
  deadlineOf,
  decideGrace,
  decideMove,
  isChangeable,
  roundKindFor,
} from './round.ts';

const states: readonly RoundState[] = [
  ...(['draft', 'open', 'closed', 'allocated', 'published', 'appeal', 'finished'] as const),
];
const round: Round = { kind: 'main', state: 'open', deadline: '2027-03-01', grace: null };
const findings: PublishFindings = {
  ...{ snapshot: { allocated: 'a', now: 'a' }, errors: [], warnings: [], faults: [], undecided: [] },
  answering: [],
  ...{
    overCapacity: [],
    splitFamilies: [],
    changedPlaces: [],
    leftOut: [],
    withoutRight: [],
    seen: new Set(),
  },
};
const after = new Date('2027-03-01T23:00:00Z');
const reopen = { move: 'reopen', reason: 'Feil', decidedBy: 'worker', approvedBy: 'leader' } as const;
const all: readonly RoundMove[] = [
  { move: 'open' },
  { move: 'close', now: after },
  { move: 'allocate' },
  { move: 'publish', findings },
  { move: 'openAppeals' },
  { move: 'finish', hasOpenOffers: false },
  { move: 'discard', reason: 'Feil' },
  reopen,
];
const move = (state: RoundState, wanted: RoundMove, more: Partial<Round> = {}): string => {
  const decided = decideMove({ ...round, state, ...more }, wanted);
  return decided.ok ? decided.value : decided.refusal.kind;
};

describe('a round', () => {
  test('moves as it may, and in no other way (placement § 8)', () => {
    const may = states.flatMap((state) =>
      all.flatMap((wanted) => {
        const to = move(state, wanted);
        return to === 'E_STATE' ? [] : [`${state} ${wanted.move} ${to}`];
      }),
    );
    expect(may).toEqual([
      ...['draft open open', 'open close closed', 'closed allocate allocated', 'closed reopen open'],
      ...['allocated publish published', 'allocated discard closed', 'published openAppeals appeal'],
      'appeal finish finished',
    ]);
  });

  test('is not over while somebody has an offer of it to answer (BHG-19)', () => {
    expect(move('appeal', { move: 'finish', hasOpenOffers: true })).toBe('E_OPEN_OFFERS');
    expect(move('open', { move: 'finish', hasOpenOffers: true })).toBe('E_STATE');
  });

  test('is in a state that it can be in, whatever is asked of it, and finished for good (placement § 8)', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 30 }), (asked) => {
        let now: Round = { ...round, state: 'draft' };
        let published = false;
        for (const wanted of asked) {
          const decided = decideMove(now, wanted);
          if (decided.ok) now = { ...now, state: decided.value };
          published ||= now.state === 'published';
          // What is published is never opened, closed or allocated again.
          if (published) expect(['published', 'appeal', 'finished']).toContain(now.state);
        }
      }),
    );
  });

  test('is given up or opened again for a reason, and opened with a second person (placement § 8)', () => {
    expect(move('allocated', { move: 'discard', reason: ' ' })).toBe('E_NO_REASON');
    expect(move('closed', { ...reopen, reason: '' })).toBe('E_NO_REASON');
    expect(move('closed', { ...reopen, approvedBy: null })).toBe('E_NO_APPROVER');
    expect(move('closed', { ...reopen, approvedBy: 'worker' })).toBe('E_NO_APPROVER');
  });

  test('is not closed while somebody may still apply in time (BHG-05)', () => {
    const close = (now: string, more = {}) => move('open', { move: 'close', now: new Date(now) }, more);
    expect(close('2027-03-01T22:59:59.999Z')).toBe('E_BEFORE_DEADLINE');
    expect(close('2027-03-01T23:00:00Z')).toBe('closed');
    expect(close('2020-01-01T00:00:00Z', { deadline: null })).toBe('closed');
    const grace = { until: new Date('2027-03-02T11:00:00Z'), reason: 'Nede' };
    expect(close('2027-03-02T11:00:00.999Z', { grace })).toBe('E_BEFORE_DEADLINE');
    expect(close('2027-03-02T11:00:01Z', { grace })).toBe('closed');
  });

  test('lets each part be changed in its states alone (placement § 8, BHG-07)', () => {
    const where = (part: RoundPart) => states.filter((state) => isChangeable(state, part)).join(' ');
    expect(where('wishes')).toBe('open');
    expect(where('dates')).toBe('draft');
    for (const part of ['seats', 'rules', 'overrides'] as const)
      expect(where(part)).toBe('draft open closed');
    expect(where('simulations')).toBe('draft open closed allocated');
    expect(where('verdicts')).toBe('open closed allocated');
  });

  test('gives more time to all, for a reason, while it is open, and never less (BHG-05)', () => {
    const give = (until: string, more: Partial<Round> = {}, reason = 'ID-porten var nede') => {
      const decided = decideGrace({ ...round, ...more }, { until: new Date(until), reason });
      return decided.ok
        ? deadlineOf({ ...round, grace: decided.value })!.toISOString()
        : decided.refusal.kind;
    };
    expect(give('2027-03-02T11:00:00Z')).toBe('2027-03-02T11:00:00.000Z');
    expect(give('2027-03-01T22:59:59Z')).toBe('E_BAD_GRACE');
    expect(give('2027-03-02T11:00:00Z', {}, ' ')).toBe('E_NO_REASON');
    expect(give('2027-03-02T11:00:00Z', { state: 'closed' })).toBe('E_STATE');
    expect(give('2027-03-02T11:00:00Z', { deadline: null })).toBe('E_BAD_GRACE');
    const grace = { until: new Date('2027-03-03T11:00:00Z'), reason: 'Nede' };
    expect(give('2027-03-02T11:00:00Z', { grace })).toBe('E_BAD_GRACE');
    expect(deadlineOf(round)).toEqual(endOf('2027-03-01'));
  });

  test('is the main one for whoever has the right and no place (BHG-06)', () => {
    expect(roundKindFor({ hasRight: true, hasPlace: false })).toBe('main');
    expect(roundKindFor({ hasRight: false, hasPlace: false })).toBe('supplementary');
    for (const hasRight of [true, false]) expect(roundKindFor({ hasRight, hasPlace: true })).toBe('transfer');
  });
});

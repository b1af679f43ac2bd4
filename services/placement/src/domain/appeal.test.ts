import { addDays, instantOf, weekdayOf } from '@ranselpost/kit/pure/dates';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  nextStep,
  type Appeal,
  type AppealMove,
  type AppealState,
  type Decision,
  appealDeadline,
  decideAppeal,
  decideAppealMove,
  mayAppeal,
  toldOfAppeal,
  withUpheld,
} from './appeal.ts';

const refused: Decision = { roundKind: 'main', wish: null, hasPlace: false, claimsLaw18: false };
const may = (more: Partial<Decision>) => mayAppeal({ ...refused, ...more });

describe('the right to appeal', () => {
  test('has in the main round whoever was refused or got neither first nor second wish (BHG-16)', () => {
    expect(may({})).toBe(true);
    const got = (wish: number | null) => may({ hasPlace: true, wish });
    expect([1, 2, 3, 4, null].map(got)).toEqual([false, false, true, true, true]);
  });

  test('has outside it whoever has applied with priority by law, and nobody else (BHG-16)', () => {
    for (const roundKind of ['transfer', 'supplementary', 'continuous'] as const) {
      expect(may({ roundKind })).toBe(false);
      expect(may({ roundKind, claimsLaw18: true })).toBe(true);
    }
    expect(may({ claimsLaw18: true, hasPlace: true, wish: 1 })).toBe(false);
  });

  test('has whoever is refused after-school care (ADM-01)', () => {
    expect(may({ roundKind: 'sfo' })).toBe(true);
    expect(may({ roundKind: 'sfo', hasPlace: true, wish: 1 })).toBe(false);
  });
});

const receivedAt = instantOf('2027-04-05', '23:59');
const appeal = (more: object = {}, of: Partial<Decision> = {}): string => {
  const decided = decideAppeal(
    { ...refused, ...of },
    {
      ...{ kindergarten: 'A', grounds: 'Søsken går der', receivedAt, arrivedAt: null },
      ...{ refusedBy: ['A', 'B'], standing: [], ...more },
    },
  );
  return decided.ok ? decided.value : decided.refusal.kind;
};

describe('an appeal', () => {
  test('is in time for three weeks from when the decision came, and on the next working day (BHG-17, ADM-03)', () => {
    const arrived = (day: string) => ({ arrivedAt: instantOf(day, '10:00') });
    expect(appealDeadline(instantOf('2027-03-15', '10:00'))).toBe('2027-04-05');
    expect(appeal(arrived('2027-03-15'))).toBe('received');
    expect(appeal({ ...arrived('2027-03-15'), receivedAt: instantOf('2027-04-06', '00:00') })).toBe('late');
    // Three weeks after 5 March is Good Friday, and Easter follows.
    expect(appealDeadline(instantOf('2027-03-05', '10:00'))).toBe('2027-03-30');
    expect(appeal({ arrivedAt: null, receivedAt: instantOf('2029-01-01', '10:00') })).toBe('received');
  });

  test('has three weeks and more whatever the day, and ends on none that is free (BHG-17, ADM-03)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 40 }), (at, waited) => {
        const day = addDays('2026-01-01', at);
        const arrivedAt = instantOf(day, '12:00');
        const last = appealDeadline(arrivedAt)!;
        expect(weekdayOf(last)).toBeLessThan(6);
        const on = addDays(day, waited);
        const state = appeal({ arrivedAt, receivedAt: instantOf(on, '12:00') });
        expect(state).toBe(on <= last ? 'received' : 'late');
        if (waited <= 21) expect(state).toBe('received');
      }),
    );
  });

  test('is about a kindergarten that was wished for and not got, once, and says why (BHG-16, ADM-06)', () => {
    expect(appeal({ kindergarten: 'C' })).toBe('E_NOT_WISHED');
    expect(appeal({ grounds: ' ' })).toBe('E_NO_REASON');
    expect(appeal({}, { hasPlace: true, wish: 2 })).toBe('E_NO_RIGHT_OF_APPEAL');
    const other: Appeal = { id: 'p1', applicationId: 'a1', kindergarten: 'A', state: 'rejected' };
    expect(appeal({ standing: [other] })).toBe('E_APPEALED');
    expect(appeal({ standing: [{ ...other, kindergarten: 'B' }] })).toBe('received');
  });

  const reason = 'Fordi';
  const all: readonly AppealMove[] = [
    ...[{ move: 'admit', reason } as const, { move: 'dismiss', reason } as const],
    { move: 'uphold', reason, isOwnerHeard: true },
    { move: 'reject', reason, isOwnerHeard: true },
    { move: 'forward', reason },
    { move: 'close', outcome: 'upheld' },
  ];
  const move = (state: AppealState, wanted: AppealMove) => {
    const decided = decideAppealMove({ state }, wanted);
    return decided.ok
      ? `${decided.value.state}${decided.value.isUpheld ? ' ahead' : ''}`
      : decided.refusal.kind;
  };

  test('goes on as it may, and in no other way (placement § 8, ADM-06)', () => {
    const states = ['received', 'late', 'upheld', 'rejected', 'forwarded', 'closed'] as const;
    const may = states.flatMap((state) =>
      all.flatMap((wanted) => {
        const to = move(state, wanted);
        return to === 'E_STATE' ? [] : [`${state}: ${to}`];
      }),
    );
    expect(may).toEqual([
      ...['received: upheld ahead', 'received: rejected', 'late: received', 'late: closed'],
      ...['rejected: forwarded', 'forwarded: closed ahead'],
    ]);
    expect(move('forwarded', { move: 'close', outcome: 'rejected' })).toBe('closed');
  });

  test('is decided on with reasons, after the kindergarten’s owner has seen it (BHG-17, ADM-02)', () => {
    for (const name of ['uphold', 'reject'] as const) {
      expect(move('received', { move: name, reason: ' ', isOwnerHeard: true })).toBe('E_NO_REASON');
      expect(move('received', { move: name, reason, isOwnerHeard: false })).toBe('E_OWNER_UNHEARD');
    }
    expect(move('rejected', { move: 'forward', reason: '' })).toBe('E_NO_REASON');
    expect(move('late', { move: 'dismiss', reason: '' })).toBe('E_NO_REASON');
  });

  test('that is upheld puts the child right behind those with priority by law, and moves nobody else (BHG-18)', () => {
    const children = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
    const some = fc.subarray([...children]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...children]), some, some, (ranking, law18, upheld) => {
        const list = withUpheld(ranking, {
          hasLaw18: (one) => law18.some((child) => child === one),
          isUpheld: (one) => upheld.some((child) => child === one),
        });
        const first = ranking.filter((one) => law18.includes(one));
        const second = ranking.filter((one) => upheld.includes(one) && !law18.includes(one));
        const rest = ranking.filter((one) => !law18.includes(one) && !upheld.includes(one));
        expect(list).toEqual([...first, ...second, ...rest]);
      }),
    );
  });

  test('is told to the other guardian, unless somebody is protected (ADM-05, ADR-04)', () => {
    const told = (isProtected: boolean) =>
      toldOfAppeal(['mother', 'father'], { appealedBy: 'mother', isProtected });
    expect(told(false)).toEqual(['father']);
    expect(told(true)).toEqual([]);
  });
});

test.each([
  ['late', false, 'ADMIT_OR_DISMISS'],
  ['received', false, 'HEAR_OWNER'],
  ['received', true, 'DECIDE'],
  ['rejected', true, 'FORWARD'],
  ['forwarded', true, 'BODY'],
  ['upheld', true, null],
  ['closed', true, null],
] as const)(
  'an appeal that is %s, with the owner heard %s, waits for %s (BHG-17)',
  (state, isOwnerHeard, step) => {
    expect(nextStep({ state, isOwnerHeard })).toBe(step);
  },
);

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Answer,
  type Arrival,
  type Ending,
  type OfferState,
  answersOf,
  decideAnswer,
  decideEnding,
  dueToExpire,
  extendedDeadline,
  replyDeadline,
} from './offer.ts';

const offer = { pool: 'B/small', deadline: 1000, state: 'sent' } as const;
const wishes = ['A/small', 'B/small', 'C/small'];
const end = (ending: Ending, of: { state?: OfferState; pool?: string } = {}, list = wishes) => {
  const decided = decideEnding({ ...offer, ...of }, ending, list);
  if (!decided.ok) return decided.refusal;
  const { state, isPlaced, stays } = decided.value;
  return `${state}${isPlaced ? ' placed' : ''}: ${list.filter(stays).join(' ')}`;
};

describe('an offer', () => {
  test('ends by each answer as it is to, and with it what the child waits for (placement § 8, BHG-12)', () => {
    expect(end({ cmd: 'accept', at: 1 })).toBe('accepted placed: ');
    expect(end({ cmd: 'accept-keep', at: 1 })).toBe('accepted-keep placed: A/small');
    expect(end({ cmd: 'decline', at: 1, stay: true })).toBe('declined: A/small C/small');
    expect(end({ cmd: 'decline', at: 1, stay: false })).toBe('declined: ');
    expect(end({ cmd: 'expire', at: 1001 })).toBe('expired: A/small C/small');
    expect(end({ cmd: 'withdraw', reason: 'Feil' })).toBe('withdrawn: A/small B/small C/small');
    expect(end({ cmd: 'withdraw', reason: null })).toBe('E_NO_REASON');
  });

  test('is accepted with waiting on for higher wishes only; nearby, all wishes are higher (placement § 8)', () => {
    expect(end({ cmd: 'accept-keep', at: 1 }, { pool: 'A/small' })).toBe('E_NO_HIGHER');
    expect(end({ cmd: 'accept-keep', at: 1 }, { pool: 'C/small' })).toBe(
      'accepted-keep placed: A/small B/small',
    );
    expect(end({ cmd: 'accept-keep', at: 1 }, { pool: 'D/small' })).toBe(
      'accepted-keep placed: A/small B/small C/small',
    );
    expect(end({ cmd: 'accept-keep', at: 1 }, {}, [])).toBe('E_NO_HIGHER');
  });

  test('is answered until its last instant, and expires after it and never at it (placement § 8)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 990, max: 1010 }),
        fc.constantFrom<Answer['cmd']>('accept', 'accept-keep', 'decline'),
        (at, cmd) => {
          const answered = decideEnding(offer, { cmd, at, stay: true }, wishes);
          const expired = decideEnding(offer, { cmd: 'expire', at }, wishes);
          expect(answered.ok).toBe(at <= 1000);
          expect(expired.ok).toBe(!answered.ok);
          if (!answered.ok) expect(answered.refusal).toBe('E_DEADLINE');
          expect(dueToExpire([offer], new Date(at))).toHaveLength(at > 1000 ? 1 : 0);
        },
      ),
    );
  });

  test('has one answer, the first: whatever comes then is refused, by whichever guardian (placement § 8, S-23)', () => {
    const endings: readonly Ending[] = [
      ...[{ cmd: 'accept', at: 1 } as const, { cmd: 'accept-keep', at: 9999 } as const],
      ...[{ cmd: 'decline', at: 1, stay: true } as const, { cmd: 'expire', at: 9999 } as const],
      { cmd: 'withdraw', reason: 'Feil' },
    ];
    for (const state of ['accepted', 'accepted-keep', 'declined', 'expired', 'withdrawn'] as const) {
      for (const ending of endings) expect(end(ending, { state })).toBe('E_STATE');
      expect(dueToExpire([{ ...offer, state }], new Date(9999))).toEqual([]);
    }
  });

  test('is shown with the answers that would be taken, and no other (P10)', () => {
    const shown = (now: number, keepsWaiting = true, of = {}) =>
      answersOf({ ...offer, ...of }, wishes, { now, keepsWaiting }).join(' ');
    expect(shown(1000)).toBe('accept accept-keep decline');
    expect(shown(1000, false)).toBe('accept decline');
    expect(shown(1000, true, { pool: 'A/small' })).toBe('accept decline');
    expect(shown(1001)).toBe('');
    expect(shown(1, true, { state: 'accepted' })).toBe('');
  });

  test('is not accepted with waiting on where the municipality wants another application for that (placement § 1)', () => {
    const answer = (keepsWaiting: boolean, of: { state?: OfferState } = {}, at = 1) => {
      const terms = { wishes, keepsWaiting };
      const decided = decideAnswer({ ...offer, ...of }, { cmd: 'accept-keep', at }, terms);
      return decided.ok ? decided.value.state : decided.refusal;
    };
    expect(answer(true)).toBe('accepted-keep');
    expect(answer(false)).toBe('E_NO_KEEP');
    expect(answer(false, { state: 'declined' })).toBe('E_STATE');
    expect(answer(false, {}, 1001)).toBe('E_DEADLINE');
  });
});

describe('the time to answer', () => {
  const sentAt = new Date('2027-03-15T09:00:00Z');
  const paper = (arrivedOn: string | null): Arrival => ({ kind: 'PAPER', arrivedOn, postDays: 4 });
  const last = (...arrivals: readonly Arrival[]) => replyDeadline(sentAt, arrivals, 10).toISOString();

  test('is as long on paper as in the portal, counted from when the offer came (BHG-12)', () => {
    expect(last({ kind: 'DIGITAL' })).toBe('2027-03-25T22:59:59.999Z');
    expect(last(paper('2027-03-17'))).toBe('2027-03-27T22:59:59.999Z');
    // On its way still: four days are reckoned with. Clocks are put on meanwhile.
    expect(last(paper(null))).toBe('2027-03-29T21:59:59.999Z');
    expect(last({ kind: 'DIGITAL' }, paper('2027-03-20'))).toBe('2027-03-30T21:59:59.999Z');
    expect(last()).toBe('2027-03-25T22:59:59.999Z');
  });

  test('gets longer when the post shows that it came later, and never shorter (BHG-12, ADM-03)', () => {
    const [early, late] = [new Date(1000), new Date(2000)];
    expect(extendedDeadline(early, late)).toBe(late);
    expect(extendedDeadline(late, early)).toBe(late);
  });

  test('has so many whole days for everybody, however the offer came (BHG-12)', () => {
    const dayMs = 86_400_000;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 730 }), fc.integer({ min: 1, max: 30 }), (later, days) => {
        const sent = new Date(Date.parse('2026-01-01T12:00:00Z') + later * dayMs);
        const by = replyDeadline(sent, [{ kind: 'DIGITAL' }], days);
        const hours = (by.getTime() - sent.getTime()) / 3_600_000 - 24 * days;
        // From noon of one day to midnight of another, and an hour more or less where clocks are changed.
        expect(hours).toBeGreaterThan(9.9);
        expect(hours).toBeLessThan(12);
      }),
    );
  });
});

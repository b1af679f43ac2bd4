import { standingsOf } from '@ranselpost/kit/pure/features';
import { describe, expect, test } from 'vitest';
import {
  type Broadcast,
  type Known,
  type Wish,
  confirmationOf,
  decideBroadcast,
  decideSending,
  decideUndo,
  decideWithdrawal,
  differsFromUsual,
  isSameWish,
} from './broadcast.ts';
import { placesOf } from './place.ts';

const now = new Date('2026-11-23T08:00:00Z');
const school = { unitId: 'school', groupId: null };
const open = standingsOf(
  'MESSAGING',
  ['school', 'other'].map((unitId) => ({
    ...{ unitId, feature: 'MESSAGING', state: 'OPEN' as const, opensOn: null, isReadable: true },
  })),
);
const wish: Wish = {
  ...{ places: [school], isStarting: false, isReread: false, urgentReason: null, sendAt: null },
  ...{ confirmation: null, text: { title: 'Tur', body: 'Husk matpakke.' }, files: [] },
};
const known: Known = {
  ...{ now, features: open, guardLevel: 'SCHOOL', maySayUrgent: false, count: 50 },
  ...{ files: [], by: { kind: 'staff', personId: 'author', level: 'substantial' }, consenting: new Set() },
};
const refusal = (change: Partial<Wish>, more: Partial<Known> = {}) => {
  const decision = decideBroadcast({ ...wish, ...change }, { ...known, ...more });
  return decision.ok ? decision.value : decision.refusal;
};

describe('deciding a broadcast', () => {
  test('lets it wait for a minute, or for the time that is wished (MSG-07, M44)', () => {
    const dueAt = (sendAt: Date | null) => refusal({ sendAt });
    expect(dueAt(null)).toMatchObject({ dueAt: new Date('2026-11-23T08:01:00Z') });
    expect(dueAt(new Date('2026-11-23T08:00:20Z'))).toMatchObject({
      dueAt: new Date('2026-11-23T08:01:00Z'),
    });
    expect(dueAt(new Date('2026-11-24T07:00:00Z'))).toMatchObject({
      dueAt: new Date('2026-11-24T07:00:00Z'),
    });
    expect(dueAt(new Date('2026-11-23T07:59:59Z'))).toEqual({ kind: 'time-past', earliest: now });
  });

  test('wants more than fifty recipients confirmed, and several units, each time the number is another (MSG-07)', () => {
    expect(refusal({}, { count: 50 })).toHaveProperty('dueAt');
    expect(refusal({}, { count: 51 })).toMatchObject({ kind: 'not-confirmed', count: 51 });
    const confirmation = confirmationOf(wish, 51);
    expect(refusal({ confirmation }, { count: 51 })).toHaveProperty('dueAt');
    expect(refusal({ confirmation }, { count: 52 })).toMatchObject({ kind: 'not-confirmed', count: 52 });
    const across = { places: [school, { unitId: 'other', groupId: null }] };
    expect(refusal(across, { count: 2 })).toMatchObject({ kind: 'not-confirmed', count: 2 });
    expect(refusal({ ...across, confirmation: confirmationOf(wish, 2) }, { count: 2 })).toMatchObject({
      kind: 'not-confirmed',
    });
  });

  test('refuses an empty audience, a closed unit, and urgency from whoever may not say so (X07, MSG-15)', () => {
    expect(refusal({}, { count: 0 })).toEqual({ kind: 'nobody' });
    expect(refusal({}, { features: standingsOf('MESSAGING', []) })).toMatchObject({ kind: 'feature-closed' });
    expect(refusal({ urgentReason: 'DANGER' })).toEqual({ kind: 'urgent-not-permitted' });
    expect(refusal({ urgentReason: 'DANGER' }, { maySayUrgent: true })).toHaveProperty('dueAt');
  });

  test.each([
    ['text-empty', { title: ' ', body: 'b' }],
    ['text-empty', { title: 't', body: '\u0000\n' }],
    ['text-too-long', { title: 't'.repeat(121), body: 'b' }],
    ['text-too-long', { title: 't', body: 'x'.repeat(1_000_000) }],
  ])('refuses as %s what is nothing or too much', (kind, text) => {
    expect(refusal({ text })).toMatchObject({ kind });
  });

  test('keeps staff to what the guard lets pass (MSG-08, MSG-10)', () => {
    const text = { title: 'Klassen', body: 'Kari har fått diagnosen diabetes og blir mobbet hver dag.' };
    expect(refusal({ text })).toMatchObject({ kind: 'text-diverted' });
    expect(refusal({ text, isReread: true })).toMatchObject({ kind: 'text-diverted' });
    expect(
      refusal({ text: { title: 'Lus', body: 'Det er oppdaget lus på trinnet. Sjekk håret i kveld.' } }),
    ).toHaveProperty('dueAt');
  });
});

const broadcast: Broadcast = {
  ...{ id: 'b', unitId: 'school', authorId: 'a', places: [school], isStarting: false, text: wish.text },
  ...{ urgentReason: null, state: 'WAITING', dueAt: now, sentAt: null, withdrawnAt: null },
  ...{ recipientCount: null, receivedBy: null, readAt: null },
};

test('a key means the same broadcast only for the same text and the same audience', () => {
  expect(isSameWish(broadcast, wish)).toBe(true);
  for (const change of [{ text: { title: 'Tur', body: 'Nei.' } }, { isStarting: true }, { places: [] }])
    expect(isSameWish(broadcast, { ...wish, ...change })).toBe(false);
});

test('what is due is sent while its author may send it and the unit is open, and otherwise never (X07)', () => {
  expect(decideSending(broadcast, { features: open, authorPlaces: ['school'] })).toBe('SENT');
  expect(decideSending(broadcast, { features: open, authorPlaces: ['other'] })).toBe('NOT_SENT');
  const closed = standingsOf('MESSAGING', []);
  expect(decideSending(broadcast, { features: closed, authorPlaces: ['school'] })).toBe('NOT_SENT');
});

test('is undone while it waits, and withdrawn within a week (MSG-07, MSG-17)', () => {
  const sent = { ...broadcast, state: 'SENT' as const, sentAt: now };
  const after = (ms: number) => decideWithdrawal(sent, new Date(now.getTime() + ms));
  expect(decideUndo(broadcast).ok).toBe(true);
  expect(decideUndo(sent)).toMatchObject({ refusal: { kind: 'undo-too-late' } });
  expect(after(7 * 86_400_000).ok).toBe(true);
  expect(after(7 * 86_400_000 + 1)).toMatchObject({ refusal: { kind: 'withdraw-too-late' } });
  expect(decideWithdrawal(broadcast, now)).toMatchObject({ refusal: { kind: 'not-sent' } });
});

test('says when an audience is not a usual one (X05)', () => {
  expect(differsFromUsual(wish, [])).toBe(false);
  expect(differsFromUsual(wish, [['school']])).toBe(false);
  expect(differsFromUsual(wish, [['school:a']])).toBe(true);
});

test('a place is there once, and a group not beside its whole unit', () => {
  const group = { unitId: 'school', groupId: 'a' };
  expect(placesOf([group, school, group, school])).toEqual([school]);
  expect(placesOf([group, group])).toEqual([group]);
});

import { describe, expect, test } from 'vitest';
import { type Delivery, type Notice, type Standing, decideNotice, rankOf } from './notice.ts';

const now = new Date('2026-11-23T11:00:00Z');
const fresh = '2026-11-20T08:00:00.000Z';
const never = { from: '00:00', to: '00:00' };
const message: Notice = { category: 'MESSAGE', importance: 'ORDINARY', createdAt: now };
const urgent: Notice = { ...message, importance: 'URGENT' };
const decision: Notice = { category: 'DECISION', importance: 'DECISION', createdAt: now };
const standing: Standing = {
  ...{ hasGround: true, isProtected: false, features: { NOTICES: 'OPEN', MESSAGING: 'OPEN' } },
  contact: {
    ...{ isReserved: false, status: 'ACTIVE', mayBeNotified: true, hasMailbox: false },
    email: { value: 'a@example.test', verifiedAt: fresh },
    mobile: { value: '+4790000001', verifiedAt: fresh },
  },
  knownAt: '2026-11-23T10:00:00.000Z',
  choices: { notices: {}, quietHours: null, digestAt: null },
  ...{ subscriptionIds: ['d1', 'd2'], failing: [], before: [] },
};
const decide = (given: Partial<Standing> = {}, notice = message, quietHours = never, at = now) =>
  decideNotice(notice, { ...standing, ...given }, { now: at, quietHours });
const tried = (
  channel: Delivery['channel'],
  state: Delivery['state'],
  subscriptionId: string | null = null,
): Delivery => ({
  ...{ channel, state, subscriptionId },
});
const ways = (answer: ReturnType<typeof decide>): string[] =>
  answer.kind === 'SEND'
    ? answer.ways.map(({ channel, subscriptionId }) => `${channel} ${subscriptionId ?? ''}`.trim())
    : [answer.kind];

describe('an ordinary notice', () => {
  test('takes the first way that works: devices, then mail, then a text message', () => {
    expect(ways(decide())).toEqual(['PUSH d1', 'PUSH d2']);
    expect(ways(decide({ subscriptionIds: [] }))).toEqual(['EMAIL']);
    expect(ways(decide({ subscriptionIds: [], failing: ['EMAIL'] }))).toEqual(['SMS']);
    expect(ways(decide({ subscriptionIds: [], failing: ['EMAIL', 'SMS'] }))).toEqual(['UNREACHED']);
  });

  test('goes on to the next way when one is refused, and to none when one was taken', () => {
    const gone = [tried('PUSH', 'FAILED', 'd1'), tried('PUSH', 'FAILED', 'd2')];
    expect(ways(decide({ before: gone }))).toEqual(['EMAIL']);
    expect(ways(decide({ before: [tried('PUSH', 'FAILED', 'd1')] }))).toEqual(['PUSH d2']);
    expect(ways(decide({ before: [...gone, tried('EMAIL', 'ACCEPTED')] }))).toEqual(['TOLD']);
    expect(ways(decide({ before: [...gone, tried('EMAIL', 'DELIVERED')], hasGround: false }))).toEqual([
      'TOLD',
    ]);
  });

  test('tries a way that does not answer again, and gives it up after a day', () => {
    const before = [tried('EMAIL', 'RETRY')];
    expect(ways(decide({ subscriptionIds: [], before }))).toEqual(['EMAIL']);
    const yesterday = { ...message, createdAt: new Date('2026-11-22T11:00:00Z') };
    expect(ways(decide({ subscriptionIds: [], before }, yesterday))).toEqual(['SMS']);
  });

  test('what was under way when the worker died is under way again, by the same way', () => {
    expect(ways(decide({ subscriptionIds: [], before: [tried('EMAIL', 'SENDING')] }))).toEqual(['EMAIL']);
  });

  test('keeps to what they have chosen (N08)', () => {
    const choose = (...channels: Delivery['channel'][]) => ({
      ...standing.choices,
      notices: { MESSAGE: channels },
    });
    expect(ways(decide({ choices: choose('SMS') }))).toEqual(['SMS']);
    expect(ways(decide({ choices: choose() }))).toEqual(['UNREACHED']);
  });

  test('reaches whoever is reserved, and uses old addresses; not those of more than a week ago (KRR-03, KRR-04, KRR-12)', () => {
    const contact = { ...standing.contact!, isReserved: true, mayBeNotified: false };
    expect(ways(decide({ contact, subscriptionIds: [] }))).toEqual(['EMAIL']);
    expect(ways(decide({ knownAt: '2026-11-16T10:59:59Z', subscriptionIds: [] }))).toEqual(['UNREACHED']);
  });

  test('waits for a register that has not been read yet, for a day', () => {
    const unread = { contact: null, subscriptionIds: [] };
    expect(decide(unread)).toMatchObject({ kind: 'WAIT', reason: 'NO_CONTACT' });
    expect(ways(decide(unread, { ...message, createdAt: new Date('2026-11-22T11:00:00Z') }))).toEqual([
      'UNREACHED',
    ]);
    expect(ways(decide({ contact: null }))).toEqual(['PUSH d1', 'PUSH d2']);
  });
});

describe('what stops a notice', () => {
  test('is a ground that has ended, before all else (GUA-10)', () => {
    expect(decide({ hasGround: false, isProtected: true, features: {} }, urgent)).toEqual({
      ...{ kind: 'DROP', reason: 'NO_GROUND' },
    });
  });

  test('is that somebody is protected, whatever is urgent (S-08)', () => {
    for (const notice of [message, urgent, decision])
      expect(decide({ isProtected: true }, notice)).toEqual({ kind: 'HOLD', reason: 'PROTECTED' });
  });

  test.each([
    [{ MESSAGING: 'OPEN', NOTICES: 'SUSPENDED' } as const, 'HOLD'],
    [{ MESSAGING: 'CLOSED', NOTICES: 'OPEN' } as const, 'HOLD'],
    [{ NOTICES: 'OPEN' } as const, 'HOLD'],
    [null, 'SEND'],
  ])('is a feature that is not open at the unit: %j (X07)', (features, kind) => {
    expect(decide({ features }).kind).toBe(kind);
  });

  test('is not that notices are stopped, where a child is missing (ABS-12)', () => {
    const missing: Notice = { ...message, category: 'CHILD_MISSING' };
    expect(decide({ features: { ABSENCE: 'OPEN', NOTICES: 'SUSPENDED' } }, missing).kind).toBe('SEND');
  });
});

describe('what waits', () => {
  const night = { from: '21:00', to: '07:00' };
  const late = new Date('2026-11-23T21:30:00Z');

  test('for the morning is what can (MSG-15)', () => {
    expect(decide({}, message, night, late)).toEqual({
      ...{ kind: 'WAIT', reason: 'QUIET_HOURS', until: new Date('2026-11-24T06:00:00Z') },
    });
    // So does leave: by when it goes out nobody reads when somebody applied (ADR-11).
    expect(decide({ features: null }, { ...message, category: 'LEAVE' }, night, late).kind).toBe('WAIT');
    // And what staff are to look at of absence, which nobody answers (T14, T29, ABS-07).
    expect(decide({ features: null }, { ...message, category: 'ABSENCE_NEWS' }, night, late).kind).toBe(
      'WAIT',
    );
    for (const notice of [urgent, { ...message, category: 'CHILD_MISSING' } as const])
      expect(decide({ features: null }, notice, night, late).kind).toBe('SEND');
    expect(decide({ features: null }, { ...message, category: 'ABSENCE' }, night, late).kind).toBe('SEND');
  });

  test('by their own quiet hours where they have any, and never where they want none', () => {
    const own = (quietHours: { from: string; to: string }) => ({
      choices: { ...standing.choices, quietHours },
    });
    expect(decide(own({ from: '11:00', to: '13:00' }))).toMatchObject({
      until: new Date('2026-11-23T12:00:00Z'),
    });
    expect(decide(own(never), message, night, late).kind).toBe('SEND');
  });

  test('for the digest is what they want in it, once, and news and messages alone (N13)', () => {
    const choices = { ...standing.choices, digestAt: '16:00' };
    expect(decide({ choices })).toEqual({
      kind: 'WAIT',
      reason: 'DIGEST',
      until: new Date('2026-11-23T15:00:00Z'),
    });
    expect(decide({ choices }, message, never, new Date('2026-11-23T15:00:00Z')).kind).toBe('SEND');
    expect(decide({ choices }, urgent).kind).toBe('SEND');
    expect(decide({ choices, features: null }, { ...message, category: 'PLACE' }).kind).toBe('SEND');
  });

  test('is nothing that is under way already', () => {
    expect(
      decide({ before: [tried('EMAIL', 'RETRY')], subscriptionIds: [] }, message, night, late).kind,
    ).toBe('SEND');
  });
});

describe('what goes every way', () => {
  test('is what is urgent: all that they allow, and what is left of it after some were taken', () => {
    expect(ways(decide({}, urgent))).toEqual(['PUSH d1', 'PUSH d2', 'EMAIL', 'SMS']);
    const before = [
      tried('PUSH', 'ACCEPTED', 'd1'),
      tried('PUSH', 'FAILED', 'd2'),
      tried('EMAIL', 'ACCEPTED'),
    ];
    expect(ways(decide({ before }, urgent))).toEqual(['SMS']);
    expect(ways(decide({ before: [...before, tried('SMS', 'FAILED')] }, urgent))).toEqual(['TOLD']);
  });

  test.each([
    ['fresh addresses', {}, ['PUSH d1', 'PUSH d2', 'EMAIL', 'SMS']],
    ['reserved', { isReserved: true }, ['PAPER']],
    [
      'only stale ones',
      { email: { value: 'a@b.c', verifiedAt: '2024-01-01T00:00:00Z' }, mobile: null },
      ['PAPER'],
    ],
    ['not registered', { status: 'NOT_REGISTERED' }, ['PAPER']],
  ] as const)('is a decision, or it goes on paper (rules § 17): %s', (_name, contact, wanted) => {
    expect(ways(decide({ contact: { ...standing.contact!, ...contact }, features: null }, decision))).toEqual(
      wanted,
    );
  });

  test('a decision waits for a register that is to be read first, and goes on paper after a day (KRR-07, KRR-12)', () => {
    const stale = { knownAt: '2026-11-22T10:00:00Z', features: null };
    expect(decide(stale, decision).kind).toBe('WAIT');
    expect(decide(stale, { ...decision, createdAt: new Date('2026-11-22T10:00:00Z') }).kind).toBe('PAPER');
    expect(decide({ failing: ['EMAIL', 'SMS'], features: null }, decision).kind).toBe('PAPER');
  });
});

test('what cannot wait stands in front', () => {
  expect([urgent, decision, message].map(rankOf)).toEqual([0, 1, 2]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Contact,
  type NoticeChoices,
  type Recipient,
  channelsFor,
  channelsOfMessage,
  contentOfNotice,
  languageOfNotice,
  mayNameChild,
  nextOfDecision,
  routeOfDecision,
} from './dispatch.ts';

const now = new Date('2026-11-21T08:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
const fresh = '2026-08-01T10:45:15.768Z';
const stale = '2025-05-21T10:00:00Z';
const channel = (verifiedAt: string | null, value = 'x@example.test') => ({ value, verifiedAt });
const contact = (more: Partial<Contact> = {}): Contact => ({
  ...{ isReserved: false, status: 'ACTIVE', mayBeNotified: true, hasMailbox: false },
  ...{ email: channel(fresh), mobile: channel(fresh, '+4790000001') },
  ...more,
});
const route = (more: Partial<Contact> | null, rest: Partial<Recipient> = {}) =>
  routeOfDecision(
    { isProtected: false, contact: more === null ? null : contact(more), knownAt: hoursAgo(1), ...rest },
    now,
  );

describe('how a decision is sent (rules § 17)', () => {
  test('by the portal, with a notice by each channel that is fresh: paper is the exception (KRR-02, KRR-05)', () => {
    expect(route({})).toEqual({ kind: 'PORTAL', notices: ['SMS', 'EMAIL'] });
  });

  test.each([
    ['mail', { email: channel(stale) }, ['SMS']],
    ['mobile', { mobile: channel(stale) }, ['EMAIL']],
    ['mail without a date', { email: channel(null) }, ['SMS']],
    ['mail of a date to come', { email: channel('2026-12-01T00:00:00Z') }, ['SMS']],
    ['mail of no date at all', { email: channel('yesterday') }, ['SMS']],
    ['no mail', { email: null }, ['SMS']],
  ])('judges each channel by its own date: %s is left out (KRR-02)', (_what, more, notices) => {
    expect(route(more)).toEqual({ kind: 'PORTAL', notices });
  });

  test.each([
    ['2025-05-20T22:00:00Z', false],
    ['2025-05-21T21:59:59Z', false],
    ['2025-05-21T22:00:00Z', true],
  ])('counts eighteen months in Norwegian days: %s counts: %s (KRR-02)', (verifiedAt, counts) => {
    const only = route({ email: channel(verifiedAt), mobile: null });
    expect(only.kind).toBe(counts ? 'PORTAL' : 'PAPER');
  });

  test('on paper to whoever is reserved, is not in the register or has no number to be found by (KRR-04)', () => {
    expect(route({ isReserved: true, hasMailbox: true })).toEqual({ kind: 'PAPER' });
    expect(route({ status: 'DELETED', email: null, mobile: null })).toEqual({ kind: 'PAPER' });
    expect(route({ status: 'NOT_REGISTERED' })).toEqual({ kind: 'PAPER' });
    expect(route(null)).toEqual({ kind: 'PAPER' });
  });

  test('to a digital mailbox when all else is stale, and on paper without one', () => {
    const old = { email: channel(stale), mobile: channel(stale) };
    expect(route({ ...old, hasMailbox: true })).toEqual({ kind: 'MAILBOX' });
    expect(route(old)).toEqual({ kind: 'PAPER' });
  });

  test('without a notice to whom a word nobody knows stands for (KRR-01)', () => {
    expect(route({ mayBeNotified: false })).toEqual({ kind: 'PAPER' });
  });

  test('by the safe route to a protected person, whatever the register says, and however old that is (ADR-08)', () => {
    for (const knownAt of [hoursAgo(1), hoursAgo(900)])
      expect(route({}, { isProtected: true, knownAt })).toEqual({ kind: 'SAFE_ROUTE' });
    expect(route({ isReserved: true }, { isProtected: true })).toEqual({ kind: 'SAFE_ROUTE' });
  });

  test('not at all on what is older than a day: the register is read first (KRR-07, KRR-12)', () => {
    expect(route({}, { knownAt: hoursAgo(24) }).kind).toBe('PORTAL');
    expect(route({}, { knownAt: hoursAgo(24.1) })).toEqual({ kind: 'READ_FIRST' });
    expect(route({ isReserved: true }, { knownAt: hoursAgo(25) })).toEqual({ kind: 'READ_FIRST' });
  });

  test('never digitally to somebody reserved or protected, whatever else is known', () => {
    const instants = fc.constantFrom(fresh, stale, null);
    const given = fc.record({
      isReserved: fc.boolean(),
      status: fc.constantFrom('ACTIVE' as const, 'DELETED' as const, 'NOT_REGISTERED' as const),
      mayBeNotified: fc.boolean(),
      hasMailbox: fc.boolean(),
      email: fc.option(instants.map((at) => channel(at))),
      mobile: fc.option(instants.map((at) => channel(at))),
    });
    fc.assert(
      fc.property(given, fc.boolean(), fc.integer({ min: 0, max: 60 }), (more, isProtected, hours) => {
        const { kind } = routeOfDecision({ isProtected, contact: more, knownAt: hoursAgo(hours) }, now);
        if (more.isReserved || isProtected) expect(['PORTAL', 'MAILBOX']).not.toContain(kind);
      }),
    );
  });
});

describe('how an ordinary message is told of', () => {
  const channels = (
    more: Partial<Contact> | null,
    rest: Partial<Recipient> = {},
    choices: NoticeChoices = {},
  ) =>
    channelsOfMessage(
      { isProtected: false, contact: more === null ? null : contact(more), knownAt: hoursAgo(1), ...rest },
      channelsFor('MESSAGE', choices),
      now,
    );

  test('by what there is, also when it is stale or the guardian is reserved (F12, KRR-03, KRR-04)', () => {
    expect(channels({ email: channel(stale), isReserved: true, mayBeNotified: false })).toEqual([
      'SMS',
      'EMAIL',
    ]);
    expect(channels({ email: null, mobile: null })).toEqual([]);
    expect(channels(null)).toEqual([]);
  });

  test('by what was known for a week, while the register is away (KRR-12)', () => {
    expect(channels({}, { knownAt: hoursAgo(7 * 24) })).toEqual(['SMS', 'EMAIL']);
    expect(channels({}, { knownAt: hoursAgo(7 * 24 + 1) })).toEqual([]);
  });

  test('not at all to a protected person, whatever they chose (S-08)', () => {
    expect(channels({}, { isProtected: true }, { MESSAGE: ['EMAIL'] })).toEqual([]);
  });

  test('by those alone that its reader allows, and all of them until they choose (N01, N08)', () => {
    expect(channels({}, {}, { MESSAGE: ['EMAIL'] })).toEqual(['EMAIL']);
    expect(channels({}, {}, { MESSAGE: ['PUSH'], NEWS: ['SMS'] })).toEqual([]);
    expect(channels({}, {}, { NEWS: [] })).toEqual(['SMS', 'EMAIL']);
  });

  test('names the child where its reader asked for that, and nobody is protected (MSG-14, ADR-07)', () => {
    const [open, shut] = [{ isProtected: false }, { isProtected: true }];
    expect(mayNameChild(open, open, { namesChild: true })).toBe(true);
    expect(mayNameChild(open, open, { namesChild: false })).toBe(false);
    expect(mayNameChild(shut, open, { namesChild: true })).toBe(false);
    expect(mayNameChild(open, shut, { namesChild: true })).toBe(false);
  });
});

describe('what somebody chooses', () => {
  test('switches off everything but what they have to be told (N01, ABS-12)', () => {
    expect(channelsFor('NEWS', { NEWS: [] })).toEqual([]);
    expect(channelsFor('DECISION', { DECISION: [] })).toEqual(['EMAIL', 'SMS']);
    expect(channelsFor('CHILD_MISSING', { CHILD_MISSING: ['PUSH'] })).toEqual(['PUSH', 'EMAIL', 'SMS']);
    expect(channelsFor('MESSAGE', {})).toEqual(['PUSH', 'EMAIL', 'SMS']);
  });
});

describe('what follows', () => {
  test('carries a decision only by e-mail to whoever asked for that (KRR-08)', () => {
    expect(contentOfNotice('EMAIL', { asksForContent: true })).toBe('DECISION');
    expect(contentOfNotice('EMAIL', { asksForContent: false })).toBe('SIGN_IN');
    expect(contentOfNotice('SMS', { asksForContent: true })).toBe('SIGN_IN');
  });

  test.each([
    ['opened', { isOpened: true }, 100, 'NOTHING'],
    ['young', {}, 3, 'WAIT'],
    ['not opened for long', {}, 10, 'SECOND_NOTICE'],
    ['told of twice', { hasSecondNotice: true }, 15, 'WAIT'],
    ['not opened for too long', { hasSecondNotice: true }, 20, 'PAPER'],
    ['not opened, and never told of again', {}, 21, 'PAPER'],
    ['undelivered', { isUndelivered: true }, 1, 'SECOND_NOTICE'],
    ['undelivered twice', { isUndelivered: true, hasSecondNotice: true }, 1, 'PAPER'],
  ] as const)('for one that is %s is decided by the hours (KRR-09)', (_what, more, hours, next) => {
    const sent = {
      ...{ at: hoursAgo(hours), isOpened: false, isUndelivered: false, hasSecondNotice: false },
      ...more,
    };
    expect(nextOfDecision(sent, { secondNoticeHours: 10, paperHours: 20 }, now)).toBe(next);
  });

  test.each([
    [null, 'nn', 'nn'],
    ['en', 'nn', 'en'],
    [null, 'se', 'se'],
    [null, null, 'nb'],
    ['fr', 'nn', 'nb'],
  ])(
    'is written in the language chosen here (%s) before that of the register (%s): %s (KRR-10)',
    (chosen, register, language) => {
      expect(languageOfNotice({ chosen, register }, ['nb', 'nn', 'en', 'se'])).toBe(language);
    },
  );

  test('is bokmål where there is no Northern Sami text (KRR-10)', () => {
    expect(languageOfNotice({ chosen: null, register: 'se' }, ['nb', 'nn', 'en'])).toBe('nb');
  });
});

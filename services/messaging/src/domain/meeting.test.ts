import type { FeatureStandings } from '@ranselpost/kit/pure/features';
import { describe, expect, test } from 'vitest';
import {
  type KnownMeeting,
  type MeetingBooking,
  type MeetingTime,
  decideBooking,
  decideCancelling,
  decideMeetingTimes,
  meetingEndsAt,
} from './meeting.ts';

const at = (text: string): Date => new Date(text);
const span = (startsAt: string, endsAt: string) => ({ startsAt: at(startsAt), endsAt: at(endsAt) });
const features: FeatureStandings = {
  feature: 'MESSAGING',
  atUnits: new Map([['school', { state: 'OPEN', opensOn: null, isReadable: true }]]),
};
const closed: FeatureStandings = { ...features, atUnits: new Map() };
const now = at('2026-10-20T08:00:00Z');
const first = span('2026-10-27T15:00:00Z', '2026-10-27T15:20:00Z');
const second = span('2026-10-27T15:20:00Z', '2026-10-27T15:40:00Z');

describe('publishing meeting times', () => {
  const known = { now, features, standing: [] };
  test('takes times side by side, in order', () => {
    expect(decideMeetingTimes('school', [second, first], known)).toEqual({
      ok: true,
      value: [first, second],
    });
  });

  const across = span('2026-10-27T15:10:00Z', '2026-10-27T15:30:00Z');
  test.each([
    ['times-overlap', [first, across], {}],
    ['times-overlap', [across], { standing: [first] }],
    ['ends-before-it-starts', [span('2026-10-27T15:00:00Z', '2026-10-27T15:00:00Z')], {}],
    ['too-long', [span('2026-10-27T15:00:00Z', '2026-10-27T19:00:01Z')], {}],
    ['time-past', [span('2026-10-20T08:00:00Z', '2026-10-20T08:20:00Z')], {}],
    ['too-many-times', Array.from({ length: 101 }, () => first), {}],
    ['feature-closed', [first], { features: closed }],
  ])('refuses with %s', (kind, times, more) => {
    expect(decideMeetingTimes('school', times, { ...known, ...more })).toMatchObject({ refusal: { kind } });
  });

  test('tells the hour that comes twice in October apart (Europe/Oslo)', () => {
    const twice = ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00'].map((start) => ({
      startsAt: at(start),
      endsAt: new Date(at(start).getTime() + 20 * 60_000),
    }));
    expect(decideMeetingTimes('school', twice, known).ok).toBe(true);
  });
});

describe('the last moment to book or cancel', () => {
  test.each([
    ['2026-11-02T15:00:00Z', 0, '2026-11-02T15:00:00Z'],
    ['2026-11-02T15:00:00Z', 1, '2026-11-01T23:00:00Z'],
    // Clocks go back on 25 October 2026, and forward on 28 March 2027.
    ['2026-10-26T08:00:00Z', 1, '2026-10-25T23:00:00Z'],
    ['2026-10-26T08:00:00Z', 2, '2026-10-24T22:00:00Z'],
    ['2027-03-29T07:00:00Z', 1, '2027-03-28T22:00:00Z'],
    ['2027-03-29T07:00:00Z', 2, '2027-03-27T23:00:00Z'],
    // Late in the evening in London it is the next day in Norway.
    ['2026-11-02T23:30:00Z', 1, '2026-11-02T23:00:00Z'],
  ])('of a talk at %s, %i days before, is %s', (startsAt, days, last) => {
    expect(meetingEndsAt(at(startsAt), days)).toEqual(at(last));
  });
});

const time: MeetingTime = {
  ...{ ...first, id: 'time', offerId: 'offer', unitId: 'school', heldBy: 'teacher' },
  ...{ isTaken: false, isWithdrawn: false },
};
const booking: MeetingBooking = {
  ...{
    id: 'booking',
    timeId: 'time',
    offerId: 'offer',
    unitId: 'school',
    childId: 'child',
    bookedBy: 'mother',
  },
  ...{ party: 'child', bookedAt: now, isCancelled: false, reminderId: null },
};
const terms = {
  ...{ kind: 'DEVELOPMENT_TALK' as const, way: 'AT_THE_UNIT' as const, room: null, isSeparate: false },
  ...{ bookingEndsDaysBefore: 1, cancellingEndsDaysBefore: 2 },
};
const known: KnownMeeting = { now, features, terms, standing: [], given: null };

describe('booking a meeting', () => {
  test('takes a free time', () => {
    expect(decideBooking(time, known).ok).toBe(true);
  });

  test.each([
    ['time-taken', { ...time, isTaken: true }, {}],
    ['time-taken', { ...time, isWithdrawn: true }, {}],
    ['booking-over', time, { now: at('2026-10-26T23:00:00Z') }],
    ['already-booked', time, { standing: [booking] }],
    ['feature-closed', time, { features: closed }],
    ['cancelling-over', time, { given: { booking, time }, now: at('2026-10-25T23:00:00Z') }],
    ['not-booked', time, { given: { booking: { ...booking, isCancelled: true }, time } }],
  ])('refuses with %s', (kind, wanted, more) => {
    expect(decideBooking(wanted, { ...known, ...more })).toMatchObject({ refusal: { kind } });
  });

  test('moves what the child has already', () => {
    const given = { booking, time: { ...time, id: 'earlier' } };
    expect(decideBooking(time, { ...known, standing: [booking], given }).ok).toBe(true);
  });

  test('is given up while that is open', () => {
    expect(decideCancelling(booking, time, known).ok).toBe(true);
    expect(decideCancelling(booking, time, { ...known, features: closed })).toMatchObject({
      refusal: { kind: 'feature-closed' },
    });
  });
});

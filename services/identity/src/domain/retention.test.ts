import { describe, expect, test } from 'vitest';
import { type RetentionFacts, decideRetention, termsByDay, termsOn } from './retention.ts';

const now = new Date('2027-08-01T10:00:00Z');
/** Somebody who is nothing to anybody, known for years. */
const nobody: RetentionFacts = {
  ...{ personId: 'p', knownSince: '2020-01-01', isChild: false, leftOn: null, isEnrolled: false },
  ...{ isTied: false, tieEndedOn: null, wasGuardian: false, workedUntil: null, isEmployed: false },
  ...{ appliedForOn: null, preparedOn: null, isConsidered: false, consideredUntil: null },
  ...{ signedInOn: null, requests: [], hasOpenItems: false, hasOpenProposals: false },
  ...{ legalHolds: [], holdLiftedOn: null },
};
const decide = (facts: Partial<RetentionFacts>, at = now) => decideRetention({ ...nobody, ...facts }, at);
const child = { isChild: true, leftOn: '2026-08-01' };

describe('a child', () => {
  test('stays while it has a place anywhere, or one to come, whenever it left elsewhere (RET-01)', () => {
    for (const place of [{ isEnrolled: true }, { leftOn: '2027-08-02' }, { ...child, isEnrolled: true }])
      expect(decide({ isChild: true, ...place })).toEqual({ state: 'IN_SCOPE' });
  });

  test('goes twelve months after its last day, and not a day before or after (RET-01)', () => {
    const goes = { state: 'DUE', kind: 'CHILD', rule: 'RET-01', dueOn: '2027-07-31' };
    expect(decide(child)).toEqual(goes);
    expect(decide(child, new Date('2027-07-31T00:00:00+02:00'))).toEqual(goes);
    expect(decide(child, new Date('2027-07-30T23:59:59+02:00'))).toMatchObject({ state: 'UPCOMING' });
    expect(decide(child, new Date('2027-07-01T10:00:00Z'))).toMatchObject({ state: 'UPCOMING' });
    expect(decide(child, new Date('2027-06-30T10:00:00Z'))).toEqual({ state: 'LATER' });
  });

  test('that was on a roster and at no unit goes twelve months after it came to be known (RET-01)', () => {
    expect(decide({ isChild: true, knownSince: '2026-07-31' })).toMatchObject({ state: 'DUE' });
    expect(decide({ isChild: true, knownSince: '2026-08-02' })).toMatchObject({ state: 'UPCOMING' });
  });

  test('goes by the terms of its last day, whatever they are today (RET-01, rules § 1)', () => {
    const shorter = { ...termsOn('2026-08-01'), afterLeavingMonths: 6 };
    const dueBy = (from: string) =>
      decideRetention({ ...nobody, ...child }, now, [...termsByDay, { from, value: shorter }]);
    expect(dueBy('2026-08-01')).toMatchObject({ state: 'DUE', dueOn: '2027-07-31' });
    expect(dueBy('2026-07-31')).toMatchObject({ state: 'DUE', dueOn: '2027-01-31' });
  });

  test('that a place was to be applied for, and that never had one, goes twelve months after the last time (RET-01, GUA-29)', () => {
    const waiting = { isChild: true, knownSince: '2025-03-01' };
    expect(decide(waiting)).toMatchObject({ state: 'DUE', kind: 'CHILD', dueOn: '2026-03-01' });
    const again = { ...waiting, appliedForOn: '2026-08-02' };
    expect(decide(again)).toMatchObject({ state: 'UPCOMING', dueOn: '2027-08-02' });
    expect(decide({ ...again, appliedForOn: '2026-08-01' })).toMatchObject({ state: 'DUE' });
    // An application before the last day adds nothing to it.
    expect(decide({ ...child, appliedForOn: '2025-02-01' })).toMatchObject({ dueOn: '2027-07-31' });
  });

  test('stays while admission has something open about it, and goes twelve months after that was so last (RET-01, RET-09)', () => {
    const waiting = { isChild: true, knownSince: '2023-03-01', appliedForOn: '2023-03-01' };
    expect(decide({ ...waiting, isConsidered: true, consideredUntil: '2026-05-01' })).toEqual({
      state: 'IN_SCOPE',
    });
    expect(decide({ ...waiting, consideredUntil: '2026-08-02' })).toMatchObject({
      ...{ state: 'UPCOMING', kind: 'CHILD', rule: 'RET-01', dueOn: '2027-08-02' },
    });
    expect(decide({ ...waiting, consideredUntil: '2026-08-01' })).toMatchObject({ state: 'DUE' });
    expect(decide({ ...child, consideredUntil: '2025-02-01' })).toMatchObject({ dueOn: '2027-07-31' });
  });

  test('who is staff or a guardian here by now stays for that', () => {
    expect(decide({ ...child, isEmployed: true })).toEqual({ state: 'IN_SCOPE' });
    expect(decide({ ...child, isTied: true })).toEqual({ state: 'IN_SCOPE' });
    expect(decide({ ...child, workedUntil: '2027-01-01' })).toEqual({ state: 'LATER' });
  });
});

describe('a guardian', () => {
  test('stays while a child is here for whom somebody names them (RET-09)', () => {
    expect(decide({ wasGuardian: true, isTied: true })).toEqual({ state: 'IN_SCOPE' });
  });

  test('goes when the last child has, however lately they signed in (RET-09)', () => {
    expect(decide({ wasGuardian: true, signedInOn: '2027-07-31' })).toMatchObject({
      ...{ state: 'DUE', kind: 'GUARDIAN', rule: 'RET-09' },
    });
  });

  test('whose access to a child who is still here ended, goes a year later (RET-01)', () => {
    const lost = { wasGuardian: true, tieEndedOn: '2026-08-01' };
    expect(decide(lost)).toMatchObject({ state: 'DUE', rule: 'RET-01', dueOn: '2027-08-01' });
    expect(decide({ ...lost, tieEndedOn: '2026-08-02' })).toMatchObject({ state: 'UPCOMING' });
  });

  test('who has just come to be known waits for what they are here for', () => {
    expect(decide({ wasGuardian: true, knownSince: '2027-07-26' })).toMatchObject({ state: 'UPCOMING' });
    expect(decide({ wasGuardian: true, knownSince: '2027-07-25' })).toMatchObject({ state: 'DUE' });
  });
});

describe('whoever prepared to apply for a place', () => {
  test('waits for what the register says, and goes a week later where it names no child (RET-09)', () => {
    const asked = { wasGuardian: true, signedInOn: '2027-07-26' };
    expect(decide({ ...asked, preparedOn: '2027-07-26' })).toMatchObject({ state: 'UPCOMING' });
    expect(decide({ ...asked, preparedOn: '2027-07-25' })).toMatchObject({ state: 'DUE', rule: 'RET-09' });
  });
});

describe('whoever worked here, or only signed in', () => {
  test('is known for twelve months after the last role, as long as the log names them (RET-10)', () => {
    expect(decide({ workedUntil: '2026-08-01' })).toMatchObject({
      state: 'DUE',
      kind: 'STAFF',
      rule: 'RET-10',
    });
    expect(decide({ workedUntil: '2026-08-02' })).toMatchObject({ state: 'UPCOMING' });
    expect(decide({ workedUntil: '2027-08-02' })).toEqual({ state: 'IN_SCOPE' });
  });

  test('is known for ninety days after the last visit (RET-10)', () => {
    expect(decide({ signedInOn: '2027-05-03' })).toMatchObject({
      state: 'DUE',
      kind: 'VISITOR',
      rule: 'RET-10',
    });
    expect(decide({ signedInOn: '2027-05-04' })).toMatchObject({ state: 'UPCOMING' });
    expect(decide({})).toMatchObject({ state: 'DUE', kind: 'VISITOR' });
  });
});

describe('somebody whose time is over is held', () => {
  const request = {
    state: 'REFUSED',
    closedAt: new Date('2026-09-01'),
    openedAt: null,
    complainedAt: null,
  } as const;
  const archived = { isArchived: true, isForgotten: true };
  test.each<[string, string, Partial<RetentionFacts>]>([
    ['by an open complaint, inquiry or claim', 'RET-07', { legalHolds: ['LEGAL_CLAIM'] }],
    ['for a week after that was lifted', 'RET-07', { holdLiftedOn: '2027-07-26' }],
    [
      'by a question that is not answered',
      'GUA-07',
      { requests: [{ request: { ...request, state: 'CHECKED', closedAt: null }, ...archived }] },
    ],
    ['while a refusal can be complained about', 'ADM-03', { requests: [{ request, ...archived }] }],
    [
      'while the archive has not got a case',
      'RET-02',
      {
        requests: [
          { request: { ...request, complainedAt: request.closedAt }, ...archived, isArchived: false },
        ],
      },
    ],
    [
      'while something that was written lies here',
      'RET-02',
      { requests: [{ request: { ...request, state: 'WITHDRAWN' }, ...archived, isForgotten: false }] },
    ],
    ['by a work item', 'GUA-05', { hasOpenItems: true }],
    ['by a proposal that waits', 'GUA-05', { hasOpenProposals: true }],
  ])('%s (%s)', (_why, rule, facts) => {
    expect(decide({ ...child, ...facts })).toMatchObject({ state: 'HELD', kind: 'CHILD', rule });
    expect(decide({ wasGuardian: true, ...facts })).toMatchObject({ state: 'HELD', kind: 'GUARDIAN', rule });
    // What holds nobody whose time is not over is not counted as a hold.
    expect(decide({ ...child, isEnrolled: true, ...facts })).toEqual({ state: 'IN_SCOPE' });
  });

  test('and not any longer', () => {
    const over = { request: { ...request, openedAt: new Date('2026-09-02') }, ...archived };
    expect(decide({ ...child, requests: [over], holdLiftedOn: '2027-07-25' })).toMatchObject({
      state: 'DUE',
    });
  });
});

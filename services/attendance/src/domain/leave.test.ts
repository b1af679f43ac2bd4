import { addDays } from '@ranselpost/kit/pure/dates';
import { standingsOf } from '@ranselpost/kit/pure/features';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type KnownAtApplying,
  type Leave,
  type LeaveWish,
  type Verdict,
  decideApplication,
  decideLeave,
  decideObjection,
  decideWithdrawal,
  grantedOf,
  limitsOf,
  periodOf,
} from './leave.ts';
import { type Regulation, rulesOn } from './leave-regulation.ts';

const today = '2026-11-23';
const bergen: Regulation = {
  rules: [
    {
      ...{ from: '2024-08-01', daysWithoutReason: 3, daysInAll: 10 },
      ...{ complaintTo: 'Statsforvalteren', writtenForm: 'nb' },
    },
  ],
  examDays: [{ day: '2026-11-30', unitId: null }],
};
const days = (count: number, from = '2026-12-07'): string[] =>
  Array.from({ length: count }, (_, at) => addDays(from, at));
const wish: LeaveWish = {
  ...{ childId: 'child', unitId: 'school', firstDay: '2026-12-07', lastDay: '2026-12-09', kind: 'GENERAL' },
  ...{ reason: null, hearing: 'DID_NOT_WISH', childView: null },
  ...{ isTeachingSeenTo: false, isAwayAfterSchool: false },
};
const known: KnownAtApplying = {
  ...{ today, isSchool: true, regulation: bergen, standing: [], used: { granted: 0, asked: 0 } },
  schoolDays: days(3),
  enrolments: [{ childId: 'child', unitId: 'school', from: '2020-08-01', to: null }],
  features: standingsOf('ABSENCE', [
    { unitId: 'school', feature: 'ABSENCE', state: 'OPEN', opensOn: null, isReadable: true },
  ]),
};
const apply = (more: Partial<LeaveWish> = {}, than: Partial<KnownAtApplying> = {}) => {
  const result = decideApplication({ ...wish, ...more }, { ...known, ...than });
  return result.ok ? result.value.decider : result.refusal.kind;
};
const leave: Leave = {
  ...{ id: 'leave', childId: 'child', unitId: 'school', firstDay: '2026-12-07', lastDay: '2026-12-09' },
  ...{ kind: 'GENERAL', state: 'APPLIED', decider: 'CONTACT_TEACHER', hearing: 'SAID', schoolDayCount: 3 },
  ...{
    isAwayAfterSchool: false,
    appliedBy: 'mother',
    appliedAt: new Date(0),
    decidedAt: null,
    startsOn: null,
    endsBefore: null,
  },
};
const grant: Verdict = { outcome: 'GRANTED', reasons: null, exceptions: [], days: null, hearing: null };
const decide = (
  verdict: Partial<Verdict>,
  more: Partial<Parameters<typeof decideLeave>[2]> = {},
  of: Partial<Leave> = {},
) => {
  const result = decideLeave(
    { ...leave, ...of },
    { ...grant, ...verdict },
    {
      ...{ as: 'LEADER', features: known.features, regulation: bergen, schoolDays: days(3), grantedDays: 0 },
      ...more,
    },
  );
  return result.ok ? result.value.outcome : result.refusal.kind;
};

describe('an application for leave', () => {
  test('is the contact teacher’s for three days, and needs no reason (LEA-03)', () => {
    expect(apply()).toBe('CONTACT_TEACHER');
    expect(apply({}, { used: { granted: 1, asked: 0 } })).toBe('leave-reason-missing');
    expect(apply({}, { used: { granted: 0, asked: 1 } })).toBe('leave-reason-missing');
    expect(apply({ reason: ' ' }, { used: { granted: 1, asked: 0 } })).toBe('leave-reason-missing');
    expect(apply({ reason: 'Begravelse' }, { used: { granted: 1, asked: 0 } })).toBe('LEADER');
    expect(apply({ reason: 'Reise' }, { schoolDays: days(4) })).toBe('LEADER');
  });

  test('is the leader’s on a day of a test or an exam, at the school or at all of them (LEA-03)', () => {
    expect(apply({}, { schoolDays: ['2026-11-30'] })).toBe('LEADER');
    const elsewhere = { ...bergen, examDays: [{ day: '2026-11-30', unitId: 'another' }] };
    expect(apply({}, { schoolDays: ['2026-11-30'], regulation: elsewhere })).toBe('CONTACT_TEACHER');
  });

  test('takes the limits of the day that leave begins, and none where there is no regulation (LEA-01)', () => {
    const [first] = bergen.rules;
    const later = { ...first!, from: '2026-12-08', daysWithoutReason: 5 };
    const regulation = { ...bergen, rules: [later, first!] };
    expect(rulesOn(regulation, '2026-12-07')?.daysWithoutReason).toBe(3);
    expect(rulesOn(regulation, '2026-12-08')?.daysWithoutReason).toBe(5);
    expect(apply({ firstDay: '2026-12-08' }, { regulation, schoolDays: days(5) })).toBe('CONTACT_TEACHER');
    expect(apply({}, { regulation: { rules: [], examDays: [] } })).toBe('leave-no-regulation');
  });

  test('on a holy day asks for no reason and takes none, outside of the quota (LEA-04)', () => {
    const holy = { kind: 'HOLY_DAY', isTeachingSeenTo: true } as const;
    const full = { used: { granted: 10, asked: 0 } };
    expect(apply(holy, full)).toBe('CONTACT_TEACHER');
    expect(apply(holy, { schoolDays: days(4) })).toBe('LEADER');
    expect(apply({ ...holy, reason: 'Id' })).toBe('leave-reason-unwanted');
    expect(apply({ ...holy, childView: 'Id', hearing: 'SAID' })).toBe('leave-reason-unwanted');
    expect(apply({ ...holy, hearing: 'SAID' })).toBe('CONTACT_TEACHER');
    expect(apply({ ...holy, isTeachingSeenTo: false })).toBe('leave-teaching-not-seen-to');
  });

  test.each<[string, Partial<LeaveWish>]>([
    ['that ends before it begins', { lastDay: '2026-12-06' }],
    ['that has begun', { firstDay: '2026-11-22' }],
    ['in two school years', { firstDay: '2027-07-30', lastDay: '2027-08-02' }],
    ['two years ahead', { firstDay: '2028-11-23', lastDay: '2028-11-23' }],
  ])('is refused for a period %s', (_what, period) => {
    expect(apply(period)).toBe('leave-period-wrong');
  });

  test('is for the child’s own school, on all of the days, where absence is open (X07)', () => {
    expect(apply({ unitId: 'another' })).toBe('leave-unit-wrong');
    expect(apply({}, { isSchool: false })).toBe('leave-unit-wrong');
    const leaving = [{ ...known.enrolments[0]!, to: '2026-12-09' }];
    expect(apply({}, { enrolments: leaving })).toBe('leave-unit-wrong');
    expect(apply({}, { features: standingsOf('ABSENCE', []) })).toBe('feature-closed');
    expect(apply({}, { schoolDays: [] })).toBe('leave-no-school-day');
  });

  test('is one for a day; what was withdrawn is free again', () => {
    expect(apply({}, { standing: [leave] })).toBe('leave-overlaps');
    expect(apply({ firstDay: '2026-12-09' }, { standing: [leave] })).toBe('leave-overlaps');
    expect(apply({ firstDay: '2026-12-10', lastDay: '2026-12-10' }, { standing: [leave] })).toBe(
      'CONTACT_TEACHER',
    );
    const shortened = { ...leave, endsBefore: '2026-12-08' };
    const after = { firstDay: '2026-12-08', lastDay: '2026-12-09' };
    expect(apply(after, { standing: [shortened] })).toBe('CONTACT_TEACHER');
  });

  test('says what the child has said, where it has (LEA-02, AGE-02)', () => {
    expect(apply({ hearing: 'SAID' })).toBe('leave-child-view-missing');
    expect(apply({ hearing: 'SAID', childView: 'Jeg vil gjerne' })).toBe('CONTACT_TEACHER');
    expect(apply({ hearing: 'NOT_ASKED' })).toBe('CONTACT_TEACHER');
  });
});

describe('a decision on leave', () => {
  test('is the contact teacher’s to three days, also when others were granted since, and the leader’s beyond (LEA-03)', () => {
    const as = 'CONTACT_TEACHER';
    expect(decide({}, { as })).toBe('GRANTED');
    expect(decide({}, { as, grantedDays: 1 })).toBe('leave-for-the-leader');
    expect(decide({}, { as, schoolDays: ['2026-11-30'] })).toBe('leave-for-the-leader');
    expect(decide({}, { as }, { decider: 'LEADER' })).toBe('leave-for-the-leader');
    expect(decide({}, { grantedDays: 7 })).toBe('GRANTED');
  });

  test('goes beyond the quota, or an exam, by naming why and with reasons alone (LEA-03)', () => {
    expect(decide({}, { grantedDays: 8 })).toBe('leave-exception-needed');
    const weighty = { exceptions: ['WEIGHTY_WELFARE_GROUNDS'] } as const;
    expect(decide(weighty, { grantedDays: 8 })).toBe('leave-reasons-missing');
    expect(decide({ ...weighty, reasons: 'Sykdom i familien' }, { grantedDays: 8 })).toBe('GRANTED');
    const exam = { schoolDays: ['2026-11-30'] };
    expect(decide({ ...weighty, reasons: 'x' }, exam)).toBe('leave-exception-needed');
    expect(decide({ exceptions: ['EXAM_DAY'], reasons: 'x' }, exam)).toBe('GRANTED');
  });

  test('knows no quota on holy days (LEA-04)', () => {
    expect(decide({}, { as: 'CONTACT_TEACHER', grantedDays: 10 }, { kind: 'HOLY_DAY' })).toBe('GRANTED');
  });

  test('refuses a holy day, which is a right, by the leader alone (LEA-04)', () => {
    const no = { outcome: 'REFUSED', reasons: 'Ingen undervisning' } as const;
    expect(decide(no, { as: 'CONTACT_TEACHER' }, { kind: 'HOLY_DAY' })).toBe('leave-for-the-leader');
    expect(decide(no, { as: 'CONTACT_TEACHER' })).toBe('REFUSED');
    expect(decide(no, {}, { kind: 'HOLY_DAY' })).toBe('REFUSED');
  });

  test('is taken after the child was asked, once, and refuses with reasons (LEA-02, ADM-02, ADM-10)', () => {
    expect(decide({}, {}, { hearing: 'NOT_ASKED' })).toBe('leave-child-unheard');
    expect(decide({ hearing: 'DID_NOT_WISH' }, {}, { hearing: 'NOT_ASKED' })).toBe('GRANTED');
    expect(decide({ outcome: 'REFUSED' })).toBe('leave-reasons-missing');
    expect(decide({ outcome: 'REFUSED', reasons: 'Skolens prøve' })).toBe('REFUSED');
    for (const state of ['GRANTED', 'REFUSED', 'WITHDRAWN'] as const)
      expect(decide({}, {}, { state })).toBe('leave-decided');
  });
});

describe('withdrawing and objecting', () => {
  const withdraw = (of: Partial<Leave>, from: string | null, on = today) => {
    const result = decideWithdrawal({ ...leave, ...of }, { today: on, from, features: known.features });
    return result.ok ? result.value : result.refusal.kind;
  };

  test('takes back what has not been, whole or from a day on', () => {
    expect(withdraw({}, null)).toBe('2026-12-07');
    expect(withdraw({ state: 'GRANTED' }, null)).toBe('2026-12-07');
    expect(withdraw({ state: 'GRANTED' }, '2026-12-09')).toBe('2026-12-09');
    expect(withdraw({ state: 'GRANTED' }, null, '2026-12-08')).toBe('2026-12-08');
    expect(withdraw({ state: 'GRANTED' }, '2026-12-07', '2026-12-08')).toBe('leave-period-wrong');
    expect(withdraw({ state: 'GRANTED' }, null, '2026-12-10')).toBe('leave-over');
    expect(withdraw({ state: 'GRANTED', endsBefore: '2026-12-08' }, '2026-12-09')).toBe('leave-over');
    expect(withdraw({ state: 'REFUSED' }, null)).toBe('leave-decided');
  });

  test('is open while nothing is decided, for an objection (LEA-07)', () => {
    const said = { text: 'Nei', features: known.features };
    expect(decideObjection(leave, said)).toMatchObject({ ok: true });
    expect(decideObjection({ ...leave, state: 'GRANTED' }, said)).toMatchObject({
      refusal: { kind: 'leave-decided' },
    });
  });

  test('takes nothing in of a holy day that could say which faith it is (LEA-04)', () => {
    const object = (text: string | null) =>
      decideObjection({ ...leave, kind: 'HOLY_DAY' }, { text, features: known.features });
    expect(object('De er ikke troende')).toMatchObject({ refusal: { kind: 'leave-reason-unwanted' } });
    expect(object(null)).toMatchObject({ ok: true });
  });
});

describe('leave for fewer days than were applied for', () => {
  const two = { firstDay: '2026-12-07', lastDay: '2026-12-08' };
  const fewer = (more: Partial<Verdict> = {}, ...rest: [Parameters<typeof decide>[1]?, Partial<Leave>?]) =>
    decide({ days: two, reasons: 'Prøve den siste dagen', ...more }, ...rest);

  test('is some of them, with a school day in it, and has reasons (ADM-02)', () => {
    expect(fewer()).toBe('GRANTED');
    expect(fewer({ reasons: null })).toBe('leave-reasons-missing');
    expect(fewer({ reasons: null, days: { firstDay: '2026-12-07', lastDay: '2026-12-09' } })).toBe('GRANTED');
    expect(fewer({ days: { firstDay: '2026-12-06', lastDay: '2026-12-08' } })).toBe('leave-period-wrong');
    expect(fewer({ days: { firstDay: '2026-12-08', lastDay: '2026-12-10' } })).toBe('leave-period-wrong');
    expect(fewer({ days: { firstDay: '2026-12-08', lastDay: '2026-12-07' } })).toBe('leave-period-wrong');
    expect(fewer({}, { schoolDays: ['2026-12-09'] })).toBe('leave-no-school-day');
  });

  test('counts the days that are granted alone (LEA-03)', () => {
    expect(decide({}, { grantedDays: 8 })).toBe('leave-exception-needed');
    expect(fewer({}, { grantedDays: 8 })).toBe('GRANTED');
    const teacher = { as: 'CONTACT_TEACHER', grantedDays: 1 } as const;
    expect(decide({}, teacher)).toBe('leave-for-the-leader');
    expect(fewer({}, teacher)).toBe('GRANTED');
  });

  test('of a holy day is the leader’s, as it refuses part of a right (LEA-04)', () => {
    const holy = { kind: 'HOLY_DAY' } as const;
    expect(fewer({}, { as: 'CONTACT_TEACHER' }, holy)).toBe('leave-for-the-leader');
    expect(fewer({}, {}, holy)).toBe('GRANTED');
  });

  test('stands from its first day to its last, and is withdrawn within them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (one, other) => {
        const applied = { firstDay: '2026-12-01', lastDay: '2026-12-10' };
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        const part = { firstDay: addDays('2026-12-01', first), lastDay: addDays('2026-12-01', last) };
        const granted: Leave = { ...leave, ...applied, ...limitsOf(part, applied), state: 'GRANTED' };
        expect(periodOf(granted)).toEqual(part);
        expect(grantedOf({ days: part }, days(10, '2026-12-01'))).toHaveLength(last - first + 1);
        const withdraw = (from: string | null) => {
          const result = decideWithdrawal(granted, { today, from, features: known.features });
          return result.ok ? result.value : result.refusal.kind;
        };
        expect(withdraw(null)).toBe(part.firstDay);
        expect(withdraw(part.lastDay)).toBe(part.lastDay);
        expect(withdraw(addDays(part.lastDay, 1))).toBe('leave-over');
        expect(withdraw(addDays(part.firstDay, -1))).toBe('leave-period-wrong');
      }),
    );
  });
});

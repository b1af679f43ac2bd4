import { addDays, instantOf } from '@ranselpost/kit/pure/dates';
import { standingsOf } from '@ranselpost/kit/pure/features';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Leave, Verdict } from './leave.ts';
import { complaintStateOf, decideComplaint, decideForwarding } from './leave-complaint.ts';
import { complaintDeadline } from './leave-letter.ts';
import { type KnownAtReversing, decideReversal } from './leave-reversal.ts';

const today = '2026-12-08';
const leave: Leave = {
  ...{ id: 'leave', childId: 'child', unitId: 'school', firstDay: '2026-12-07', lastDay: '2026-12-09' },
  ...{ kind: 'GENERAL', state: 'REFUSED', decider: 'LEADER', hearing: 'SAID', schoolDayCount: 3 },
  ...{ isAwayAfterSchool: false, appliedBy: 'mother', appliedAt: new Date(0), decidedAt: new Date(0) },
  ...{ startsOn: null, endsBefore: null },
};
const features = standingsOf('ABSENCE', [
  { unitId: 'school', feature: 'ABSENCE', state: 'OPEN', opensOn: null, isReadable: true },
]);
const closed = standingsOf('ABSENCE', [
  { unitId: 'school', feature: 'ABSENCE', state: 'SUSPENDED', opensOn: null, isReadable: true },
]);

describe('a complaint about a decision on leave', () => {
  const complain = (
    of: Partial<Leave> = {},
    more: Partial<Parameters<typeof decideComplaint>[1]> = {},
  ): string => {
    const known = { today, features, text: 'Nei', openedAt: null, hasComplained: false, ...more };
    const result = decideComplaint({ ...leave, ...of }, known);
    return result.ok ? (result.value.isLate ? 'late' : 'in time') : result.refusal.kind;
  };

  test('is taken of what is decided and stands, once, where absence is open (ADM-05, X07)', () => {
    expect(complain()).toBe('in time');
    expect(complain({ state: 'GRANTED' })).toBe('in time');
    expect(complain({ state: 'APPLIED' })).toBe('leave-not-decided');
    expect(complain({ state: 'WITHDRAWN' })).toBe('leave-decided');
    expect(complain({}, { hasComplained: true })).toBe('leave-complained');
    expect(complain({}, { features: closed })).toBe('feature-closed');
  });

  test('about a holy day takes no words (LEA-04)', () => {
    expect(complain({ kind: 'HOLY_DAY' })).toBe('leave-reason-unwanted');
    expect(complain({ kind: 'HOLY_DAY' }, { text: null })).toBe('in time');
  });

  test('is late after the last day, counted from when it was opened, and never refused for that (ADM-03, ADM-06)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 400 }), (waited, opened) => {
        const openedAt = instantOf(addDays('2026-01-05', opened), '10:00');
        const day = addDays('2026-01-05', opened + waited);
        const isLate = day > complaintDeadline(openedAt)!;
        expect(complain({}, { openedAt, today: day })).toBe(isLate ? 'late' : 'in time');
        expect(isLate && waited <= 21).toBe(false);
        expect(complain({}, { openedAt: null, today: day })).toBe('in time');
      }),
    );
  });

  test('is in one state, by what came last (ADM-06, ADM-10)', () => {
    const at = (nth: number, lastDecision: number, isForwarded: boolean, state: Leave['state']) =>
      complaintStateOf({ nth, forwardedAt: isForwarded ? new Date(0) : null }, { lastDecision, state });
    fc.assert(
      fc.property(
        ...[fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }), fc.boolean()],
        fc.constantFrom<Leave['state']>('GRANTED', 'REFUSED', 'WITHDRAWN'),
        (nth, later, isForwarded, state) => {
          const standing = state === 'WITHDRAWN' ? 'LAPSED' : isForwarded ? 'FORWARDED' : 'RECEIVED';
          expect(at(nth, nth + later, isForwarded, state)).toBe(later > 0 ? 'DECIDED_ANEW' : standing);
        },
      ),
    );
  });

  test('is forwarded by the leader alone, with a note, while it waits (ADM-04)', () => {
    const forward = (...[state, more]: [Parameters<typeof decideForwarding>[1], object?]) => {
      const result = decideForwarding(leave, state, { as: 'LEADER', note: 'Fordi', features, ...more });
      return result.ok ? result.value : result.refusal.kind;
    };
    expect(forward('RECEIVED')).toBe('forwarded');
    expect(forward('RECEIVED', { as: 'CONTACT_TEACHER' })).toBe('leave-for-the-leader');
    expect(forward('RECEIVED', { note: ' ' })).toBe('leave-reasons-missing');
    expect(forward('RECEIVED', { features: closed })).toBe('feature-closed');
    for (const state of ['FORWARDED', 'DECIDED_ANEW', 'LAPSED'] as const)
      expect(forward(state)).toBe('leave-complaint-settled');
  });
});

describe('a decision that replaces another (ADM-10)', () => {
  const regulation = {
    rules: [
      {
        ...{ from: '2024-08-01', daysWithoutReason: 3, daysInAll: 10 },
        ...{ complaintTo: 'Statsforvalteren', writtenForm: 'nb' as const },
      },
    ],
    examDays: [],
  };
  const known: KnownAtReversing = {
    ...{ as: 'LEADER', features, regulation, schoolDays: ['2026-12-07', '2026-12-08', '2026-12-09'] },
    ...{ grantedDays: 0, today, hasComplaint: true, withdrawnFrom: null, standing: [] },
  };
  const grant: Verdict = {
    outcome: 'GRANTED',
    reasons: 'Etter klage',
    exceptions: [],
    days: null,
    hearing: null,
  };
  const reverse = (of: Partial<Leave>, verdict: Partial<Verdict>, more: Partial<KnownAtReversing> = {}) => {
    const result = decideReversal({ ...leave, ...of }, { ...grant, ...verdict }, { ...known, ...more });
    return result.ok ? `until ${result.value.endsBefore}` : result.refusal.kind;
  };

  test('grants at any time what was refused, within the regulation or by naming the exception (LEA-03)', () => {
    expect(reverse({}, {})).toBe('until null');
    expect(reverse({}, {}, { hasComplaint: false })).toBe('until null');
    expect(reverse({}, {}, { grantedDays: 8 })).toBe('leave-exception-needed');
    expect(reverse({}, { exceptions: ['WEIGHTY_WELFARE_GROUNDS'] }, { grantedDays: 8 })).toBe('until null');
    expect(reverse({}, {}, { regulation: { rules: [], examDays: [] } })).toBe('leave-no-regulation');
  });

  test('gives no days that the child has other leave for, nor those that a guardian has withdrawn (S-22)', () => {
    const other: Leave = { ...leave, id: 'other', state: 'APPLIED' };
    expect(reverse({}, {}, { standing: [other] })).toBe('leave-overlaps');
    expect(reverse({}, {}, { standing: [{ ...other, endsBefore: '2026-12-07' }] })).toBe('until null');
    expect(reverse({}, {}, { withdrawnFrom: '2026-12-09' })).toBe('until 2026-12-09');
  });

  test('takes back what was granted where somebody has complained, and nothing that has been or goes on (ADM-10)', () => {
    const no = { outcome: 'REFUSED' } as const;
    expect(reverse({ state: 'GRANTED' }, no)).toBe('until 2026-12-09');
    expect(reverse({ state: 'GRANTED' }, no, { today: '2026-12-07' })).toBe('until 2026-12-08');
    expect(reverse({ state: 'GRANTED' }, no, { today: '2026-12-06' })).toBe('until 2026-12-07');
    expect(reverse({ state: 'GRANTED' }, no, { today: '2026-12-09' })).toBe('leave-over');
    expect(reverse({ state: 'GRANTED' }, no, { today: '2026-11-01' })).toBe('until 2026-12-07');
    expect(reverse({ state: 'GRANTED' }, no, { hasComplaint: false })).toBe('leave-complaint-missing');
    expect(reverse({ state: 'GRANTED' }, no, { today: '2026-12-10' })).toBe('leave-over');
    expect(reverse({ state: 'GRANTED', endsBefore: '2026-12-08' }, no)).toBe('leave-over');
  });

  test('gives more days than stand, and never fewer: those are taken away by a refusal alone (ADM-10)', () => {
    const day = (nth: number) => `2026-12-0${nth}`;
    const part = { state: 'GRANTED', endsBefore: day(9) } as const;
    expect(reverse(part, {})).toBe('until null');
    expect(reverse(part, { days: { firstDay: day(7), lastDay: day(8) } })).toBe('leave-unchanged');
    expect(reverse(part, { days: { firstDay: day(8), lastDay: day(9) } })).toBe('leave-period-wrong');
    expect(reverse({}, { days: { firstDay: day(8), lastDay: day(8) } })).toBe('until 2026-12-09');
    // Of leave that was refused after all, what had been of it stands.
    const refused = { endsBefore: day(8) };
    expect(reverse(refused, { days: { firstDay: day(8), lastDay: day(9) } })).toBe('leave-period-wrong');
    expect(reverse(refused, { days: { firstDay: day(7), lastDay: day(8) } })).toBe('until 2026-12-09');
  });

  test('is the leader’s, has reasons, and says something else than what stands (ADM-02)', () => {
    expect(reverse({}, {}, { as: 'CONTACT_TEACHER' })).toBe('leave-for-the-leader');
    expect(reverse({}, { reasons: ' ' })).toBe('leave-reasons-missing');
    expect(reverse({ state: 'GRANTED' }, {})).toBe('leave-unchanged');
    expect(reverse({ state: 'APPLIED' }, {})).toBe('leave-not-decided');
    expect(reverse({ state: 'WITHDRAWN' }, {})).toBe('leave-decided');
    expect(reverse({}, {}, { features: closed })).toBe('feature-closed');
  });
});

import { describe, expect, test } from 'vitest';
import {
  type Application,
  type ApplicationMove,
  type ApplicationState,
  decideChange,
  decideDraft,
  decideMove,
  decideSubmission,
  decideWithdrawal,
  isLive,
} from './application.ts';
import type { Round } from './round.ts';

const draft: Application = {
  ...{ id: 'a1', childId: 'child', roundKind: 'main', state: 'draft', submittedAt: null },
  ...{ wishes: [], version: 1 },
};
const round: Round = { kind: 'main', state: 'open', deadline: '2027-03-01', grace: null };
const wishes = [
  { kindergarten: 'B', rank: 2, sibling: null },
  { kindergarten: 'A', rank: 1, sibling: null },
];
const written = { wishes, wantedStart: null };
const inOrder = ['A', 'B'].map((kindergarten) => ({ kindergarten, sibling: null }));
const both = new Set(['mother', 'father']);
const known = {
  ...{ round, now: new Date('2027-02-20T12:00:00.7Z'), limit: 3, kindergartens: new Set(['A', 'B', 'C']) },
  ...{ siblings: new Set<string>(), admissionYear: 2027, yearBegins: '08-01' },
  child: { born: '2025-05-01', hasPlace: false },
  ...{ guardians: { responsible: both, stated: both }, hasNationalNumber: true, isEnteredByStaff: false },
  ofChild: [draft],
};
type Known = Parameters<typeof decideSubmission>[2];
const submit = (more: Partial<Known> = {}, of: Partial<Application> = {}) => {
  const decided = decideSubmission({ ...draft, ...of }, written, { ...known, ...more });
  return decided.ok ? decided.value.application.state : decided.refusal.kind;
};

describe('a draft', () => {
  const save = (listed: typeof wishes, more: object = {}, of: Partial<Application> = {}) => {
    const decided = decideDraft(
      { ...draft, ...of },
      { ...written, wishes: listed },
      { ...known, version: null, ...more },
    );
    return decided.ok ? decided.value : decided.refusal.kind;
  };

  test('is kept in order, and may be empty: it is no application yet (BHG-05, P07)', () => {
    expect(save(wishes)).toEqual(inOrder);
    expect(save([])).toEqual([]);
    expect(save([...wishes, ...wishes])).toBe('E_WISHES');
    expect(save(wishes, {}, { state: 'submitted' })).toBe('E_STATE');
  });

  test('is written while the round takes applications, and over nothing that was not read (BHG-07)', () => {
    expect(save(wishes, { round: { ...round, state: 'closed' } })).toBe('E_ROUND_NOT_OPEN');
    expect(save(wishes, { now: new Date('2027-03-01T23:00:00Z') })).toBe('E_DEADLINE');
    expect(save(wishes, { version: 1 })).toEqual(inOrder);
    expect(save(wishes, { version: 2 })).toBe('E_STALE');
  });
});

describe('sending an application', () => {
  test('gives a receipt with the server’s time to the second (BHG-05, T-7)', () => {
    const receivedAt = new Date('2027-02-20T12:00:00Z');
    expect(decideSubmission(draft, written, known)).toEqual({
      ok: true,
      value: {
        receipt: { applicationId: 'a1', receivedAt },
        application: {
          ...draft,
          ...{ state: 'submitted', submittedAt: receivedAt, wishes: inOrder, version: 2 },
        },
      },
    });
  });

  test('is possible while the round is open and until the deadline, which is in it (BHG-05, BHG-07)', () => {
    const at = (now: string) => ({ now: new Date(now) });
    expect(submit(at('2027-03-01T22:59:59.999Z'))).toBe('submitted');
    expect(submit(at('2027-03-01T23:00:00Z'))).toBe('E_DEADLINE');
    const grace = { until: new Date('2027-03-02T11:00:00Z'), reason: 'Nede' };
    expect(submit({ ...at('2027-03-02T10:00:00Z'), round: { ...round, grace } })).toBe('submitted');
    expect(submit({ ...at('2029-01-01T00:00:00Z'), round: { ...round, deadline: null } })).toBe('submitted');
    for (const state of ['draft', 'closed', 'allocated', 'published', 'appeal', 'finished'] as const)
      expect(submit({ round: { ...round, state } })).toBe('E_ROUND_NOT_OPEN');
  });

  test('is possible once for a child and kind of round; a draft stands in nobody’s way (BHG-04, BHG-05)', () => {
    const other = (of: Partial<Application>) => submit({ ofChild: [{ ...draft, id: 'a2', ...of }] });
    for (const state of ['submitted', 'complete', 'placed', 'waiting'] as const)
      expect(other({ state })).toBe('E_HAS_APPLICATION');
    for (const state of ['draft', 'withdrawn', 'ended'] as const) expect(other({ state })).toBe('submitted');
    expect(other({ state: 'submitted', roundKind: 'sfo' })).toBe('submitted');
    expect(other({ state: 'submitted', childId: 'twin' })).toBe('submitted');
    expect(submit({}, { state: 'submitted' })).toBe('E_STATE');
  });

  test('states every guardian, and needs a national number unless staff write it down (BHG-04, GUA-22, P26)', () => {
    const guardians = { responsible: both, stated: new Set(['mother']) };
    expect(submit({ guardians })).toBe('E_GUARDIANS');
    expect(submit({ guardians: { ...guardians, responsible: new Set(['mother']) } })).toBe('submitted');
    expect(submit({ guardians: { responsible: both, stated: new Set([...both, 'neighbour']) } })).toBe(
      'E_GUARDIANS',
    );
    expect(submit({ hasNationalNumber: false })).toBe('E_NO_NATIONAL_NUMBER');
    expect(submit({ hasNationalNumber: false, isEnteredByStaff: true })).toBe('submitted');
  });

  test('is told which kind of round fits, where the main one is certain not to (BHG-06)', () => {
    const fitting = (
      born: string | null,
      more: { hasPlace?: boolean; roundKind?: Application['roundKind'] },
    ) => {
      const { hasPlace = false, roundKind = 'main' } = more;
      const decided = decideSubmission({ ...draft, roundKind }, written, {
        ...known,
        child: { born, hasPlace },
      });
      if (decided.ok) return 'sent';
      return 'fitting' in decided.refusal ? decided.refusal.fitting : decided.refusal.kind;
    };
    expect(fitting('2026-12-01', {})).toBe('supplementary');
    expect(fitting('2020-12-31', {})).toBe('supplementary');
    expect(fitting('2025-05-01', { hasPlace: true })).toBe('transfer');
    // Of age, or perhaps: where it lives is looked at on the last day to apply (BHG-03), and its school may begin a year later.
    for (const born of ['2026-11-30', '2021-06-01', null]) expect(fitting(born, {})).toBe('sent');
    // The others are for everybody, all the year (BHG-04).
    for (const roundKind of ['transfer', 'supplementary', 'continuous', 'sfo'] as const)
      expect(fitting('2026-12-01', { hasPlace: true, roundKind })).toBe('sent');
  });

  test('is refused with all that is wrong with the wishes (P07)', () => {
    expect(decideSubmission(draft, { ...written, wishes: [] }, known)).toEqual({
      ok: false,
      refusal: { kind: 'E_WISHES', problems: [{ kind: 'E_NO_WISHES' }] },
    });
  });
});

test('a draft, an application and a change of it want a place from a day of the year that is applied for (BHG-02)', () => {
  const decide = {
    draft: (wantedStart: string) =>
      decideDraft(draft, { wishes: [], wantedStart }, { ...known, version: null }),
    application: (wantedStart: string) => decideSubmission(draft, { wishes, wantedStart }, known),
    change: (wantedStart: string) =>
      decideChange({ ...draft, state: 'submitted' }, { wishes, wantedStart }, { ...known, version: 1 }),
  };
  for (const one of Object.values(decide)) {
    expect(one('2027-08-01').ok).toBe(true);
    for (const day of ['2020-01-01', '2028-08-01'])
      expect(one(day)).toEqual({
        ok: false,
        refusal: { kind: 'E_START', earliest: '2027-08-01', latest: '2028-07-31' },
      });
  }
});

describe('an application that is sent', () => {
  const sent: Application = { ...draft, state: 'submitted', submittedAt: new Date(0), version: 4 };
  const change = (more: object = {}, of: Partial<Application> = {}) => {
    const decided = decideChange({ ...sent, ...of }, written, { ...known, version: 4, ...more });
    return decided.ok ? decided.value : decided.refusal.kind;
  };

  test('is changed while the round is open, and keeps the time of its receipt (BHG-07, BHG-08)', () => {
    expect(change()).toEqual({ ...sent, wishes: inOrder, version: 5 });
    expect(change({ round: { ...round, state: 'closed' } })).toBe('E_ROUND_NOT_OPEN');
    expect(change({ now: new Date('2027-03-01T23:00:00Z') })).toBe('E_DEADLINE');
    for (const state of ['draft', 'complete', 'placed', 'waiting', 'withdrawn', 'ended'] as const)
      expect(change({}, { state })).toBe('E_STATE');
  });

  test('is not changed over what the other guardian has written meanwhile (GUA-03)', () => {
    expect(change({ version: 3 })).toBe('E_STALE');
  });

  test('is withdrawn by whoever sent it, or by whom is left (GUA-22, BHG-07)', () => {
    const withdraw = (
      by: { isApplicant?: boolean; isApplicantGone?: boolean },
      of: Partial<Application> = {},
    ) => {
      const who = { isApplicant: false, isApplicantGone: false, ...by };
      const decided = decideWithdrawal({ ...sent, ...of }, who);
      return decided.ok ? decided.value : decided.refusal.kind;
    };
    expect(withdraw({ isApplicant: true })).toBe('withdrawn');
    expect(withdraw({})).toBe('E_NOT_APPLICANT');
    expect(withdraw({ isApplicantGone: true })).toBe('withdrawn');
    expect(withdraw({}, { state: 'draft' })).toBe('withdrawn');
    expect(withdraw({ isApplicant: true }, { state: 'placed' })).toBe('E_STATE');
  });

  test('goes on as it may, and may be withdrawn while it is frozen (placement § 8, BHG-07)', () => {
    const states: readonly ApplicationState[] = [
      ...(['draft', 'submitted', 'complete', 'placed', 'waiting', 'withdrawn', 'ended'] as const),
    ];
    const moves: readonly ApplicationMove[] = ['complete', 'withdraw', 'place', 'wait', 'end'];
    const may = states.flatMap((state) =>
      moves.flatMap((move) => {
        const decided = decideMove({ state }, move);
        return decided.ok ? [`${state} ${decided.value}`] : [];
      }),
    );
    expect(may).toEqual([
      ...['draft withdrawn', 'submitted complete', 'submitted withdrawn', 'complete withdrawn'],
      ...['complete placed', 'complete waiting', 'complete ended', 'placed placed', 'placed ended'],
      ...['waiting withdrawn', 'waiting placed', 'waiting ended'],
    ]);
    expect(states.filter((state) => isLive({ state }))).toEqual([
      ...['submitted', 'complete', 'placed', 'waiting'],
    ]);
  });
});

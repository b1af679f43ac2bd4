import { describe, expect, test } from 'vitest';
import {
  type Claim,
  type Desk,
  claimable,
  claimsFor,
  decideClaim,
  decideProof,
  decideVerdict,
  flagsOf,
  undecidedOf,
} from './claim.ts';
import { endOf } from './deadline.ts';

const deadline = endOf('2027-03-01');
const claim: Claim = {
  ...{ id: 'c1', applicationId: 'a1', flag: 'sami', verdict: 'undecided' },
  provenAt: new Date('2027-02-01T12:00:00Z'),
};
const decide = (more: Partial<Parameters<typeof decideVerdict>[1]> = {}, of: Partial<Claim> = {}): string => {
  const wanted: Parameters<typeof decideVerdict>[1] = {
    verdict: 'granted',
    desks: ['general'],
    reason: null,
    deadline,
    ...{ roundState: 'open', ...more },
  };
  const decided = decideVerdict({ ...claim, ...of }, wanted);
  return decided.ok ? decided.value : decided.refusal.kind;
};

describe('claiming priority', () => {
  const rules = [
    { mode: 'firstMatch', groups: ['law18', 'sibling', 'right'], then: [] },
    { mode: 'points', points: { staff: 2, appealUpheld: 1 }, then: [] },
  ] as const;
  const claimIt = (wanted: { flag?: string; unit?: string | null }, more: object = {}) => {
    const round = { kind: 'main', state: 'open', deadline: '2027-03-01', grace: null } as const;
    const known = {
      round,
      now: new Date('2027-02-01'),
      state: 'submitted',
      wished: ['A'],
      rules,
      ...more,
    } as const;
    const decided = decideClaim({ flag: 'sibling', unit: null, ...wanted }, known);
    return decided.ok ? decided.value : decided.refusal.kind;
  };

  test('is possible by law everywhere, and for what the statutes know; not for what others find out (BHG-09, BHG-10)', () => {
    expect([...claimable(rules)]).toEqual(['law18', 'sibling', 'staff']);
    expect([...claimable([])]).toEqual(['law18']);
    expect(claimIt({})).toBe('claimed');
    for (const flag of ['right', 'appealUpheld', 'sami', ''])
      expect(claimIt({ flag })).toBe('E_UNKNOWN_FLAG');
  });

  test('is for what is wished for, with what was sent, and in time (BHG-05, BHG-07)', () => {
    expect(claimIt({ unit: 'A' })).toBe('claimed');
    expect(claimIt({ unit: 'B' })).toBe('E_UNKNOWN_K');
    expect(claimIt({}, { state: 'draft' })).toBe('E_STATE');
    expect(claimIt({}, { now: new Date('2027-03-01T23:00:00Z') })).toBe('E_DEADLINE');
  });
});

describe('a claim of priority', () => {
  test('by law, or for health, is decided on apart, and no other desk sees that there is one (BHG-09, P24, P05)', () => {
    for (const flag of ['law18', 'stress']) {
      expect(decide({}, { flag })).toBe('E_OTHER_DESK');
      expect(decide({ desks: ['law18'] }, { flag })).toBe('granted');
    }
    expect(decide({ desks: ['law18'] })).toBe('E_OTHER_DESK');
    const claims = ['law18', 'sami', 'stress', 'sibling'].map((flag) => ({ ...claim, flag }));
    const seen = (...desks: Desk[]) => claimsFor(desks, claims).map(({ flag }) => flag);
    expect(seen('general')).toEqual(['sami', 'sibling']);
    expect(seen('law18')).toEqual(['law18', 'stress']);
    expect(seen()).toEqual([]);
  });

  test('is granted on proof that came by the deadline, to its last second (BHG-09, BHG-05)', () => {
    expect(decide()).toBe('granted');
    expect(decide({}, { provenAt: null })).toBe('E_NO_PROOF');
    expect(decide({}, { provenAt: new Date('2027-03-01T22:59:59.9Z') })).toBe('granted');
    expect(decide({}, { provenAt: new Date('2027-03-01T23:00:00Z') })).toBe('E_LATE_PROOF');
    expect(decide({ deadline: null }, { provenAt: new Date('2028-01-01') })).toBe('granted');
  });

  test('is refused with reasons, and so is every verdict that replaces another (ADM-02, ADM-10)', () => {
    expect(decide({ verdict: 'refused' })).toBe('E_NO_REASON');
    expect(decide({ verdict: 'refused', reason: 'Ikke dokumentert' }, { provenAt: null })).toBe('refused');
    expect(decide({}, { verdict: 'refused' })).toBe('E_NO_REASON');
    expect(decide({ reason: 'Etter klage' }, { verdict: 'refused' })).toBe('granted');
    expect(decide({}, { verdict: 'granted' })).toBe('E_UNCHANGED');
  });

  test('is decided on from when the round opens until it is published (placement § 8)', () => {
    for (const roundState of ['closed', 'allocated'] as const) expect(decide({ roundState })).toBe('granted');
    for (const roundState of ['draft', 'published', 'appeal', 'finished'] as const)
      expect(decide({ roundState })).toBe('E_ROUND_STATE');
    const now = new Date('2027-02-01T12:00:00Z');
    const prove = (provenAt: Date, roundState: 'open' | 'published' = 'open') => {
      const decided = decideProof(provenAt, { now, roundState });
      return decided.ok ? decided.value : decided.refusal.kind;
    };
    expect(prove(now)).toEqual(now);
    expect(prove(new Date(now.getTime() + 1))).toBe('E_PROOF_AHEAD');
    expect(prove(now, 'published')).toBe('E_ROUND_STATE');
  });

  test('counts in a run once it is granted, and is told as undecided until somebody decides (placement § 8)', () => {
    const claims: readonly Claim[] = [
      { ...claim, flag: 'law18', verdict: 'granted' },
      { ...claim, flag: 'law18', verdict: 'granted' },
      { ...claim, flag: 'sami', verdict: 'refused' },
      { ...claim, flag: 'right' },
    ];
    expect(flagsOf(claims)).toEqual(['law18']);
    expect(undecidedOf(claims)).toEqual([{ application: 'a1', flag: 'right' }]);
  });
});

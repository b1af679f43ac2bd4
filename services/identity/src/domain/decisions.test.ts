import { describe, expect, test } from 'vitest';
import {
  type Capacity,
  type Matter,
  decideApproval,
  decideProposal,
  decideRejection,
  matterOfClosing,
  matterOfGranting,
  matterOfHolds,
  matterOfLifting,
  matterOfNaming,
  matterOfReleasing,
  needsTwo,
  proposalDays,
} from './decisions.ts';

const all: readonly Capacity[] = [
  ...(['LEADER_IN_CHARGE', 'CASE_WORKER', 'PROTECTION_OFFICER'] as const),
  ...(['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER', 'LEADER_OF_UNIT'] as const),
];
const anyInCharge = ['LEADER_IN_CHARGE', 'CASE_WORKER', 'PROTECTION_OFFICER'];
const officer = ['PROTECTION_OFFICER'];
const inCharge = ['LEADER_IN_CHARGE', ...officer];
const today = '2026-11-21';
const waiting = (matter: Matter) => ({ matter, outcome: null, expiresOn: '2026-12-05' }) as const;

/** Who may propose, who may decide, whether one is enough, and whether the reason may be left out (security § 2). */
const matters: readonly (readonly [Matter, readonly string[], readonly string[], boolean, boolean])[] = [
  ['IMPOSE_RESTRICTION', anyInCharge, anyInCharge, true, true],
  ['LIFT_UNIT_RESTRICTION', inCharge, inCharge, true, false],
  ['LIFT_ORDERED_RESTRICTION', anyInCharge, officer, false, false],
  ['CONFIRM_HOLDER', anyInCharge, anyInCharge, true, false],
  ['CONFIRM_IDENTITY', anyInCharge, anyInCharge, false, false],
  ['CONFIRM_PROTECTED', officer, officer, true, false],
  ['CONFIRM_PROTECTED_IDENTITY', officer, officer, false, false],
  ['CONFIRM_STRICTLY_PROTECTED', officer, officer, false, false],
  ['GRANT_ACCESS', anyInCharge, anyInCharge, false, false],
  ['GRANT_ACCESS_TO_PROTECTED', anyInCharge, officer, false, false],
  ['NAME_STAFF', inCharge, officer, true, false],
  ['NAME_STAFF_STRICTLY', inCharge, officer, false, false],
  ['END_NAMING', inCharge, inCharge, true, true],
  ['RELEASE_PROTECTION', officer, officer, true, false],
  ['RELEASE_STRICT_PROTECTION', officer, officer, false, false],
  ['CLOSE_ITEM', anyInCharge, anyInCharge, true, false],
  ['CLOSE_PROTECTION_ITEM', officer, officer, true, false],
  [
    ...(['ASSIGN_MUNICIPAL_ROLE', ['MUNICIPAL_ADMINISTRATOR']] as const),
    ...([['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER'], false, false] as const),
  ],
  [
    ...(['END_MUNICIPAL_ROLE', ['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER']] as const),
    ...([['MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER'], true, true] as const),
  ],
  ['ASSIGN_SUBSTITUTE', ['LEADER_OF_UNIT'], ['LEADER_OF_UNIT'], true, true],
  ['END_SUBSTITUTE', ['LEADER_OF_UNIT'], ['LEADER_OF_UNIT'], true, true],
  [
    ...(['REOPEN_FEATURE', ['MUNICIPAL_ADMINISTRATOR', 'LEADER_OF_UNIT']] as const),
    ...([['MUNICIPAL_ADMINISTRATOR'], false, false] as const),
  ],
];

describe.each(matters)(
  '%s (GUA-05, GUA-12, ADR-04, ADR-13)',
  (matter, proposes, decides, isForOne, wordless) => {
    test('is proposed and decided by these and by nobody else, alone or by two, with a reason or without', () => {
      for (const capacity of all) {
        const proposal = decideProposal(matter, [capacity], 'As the papers say');
        expect([capacity, proposal.ok]).toEqual([capacity, proposes.includes(capacity)]);
        if (!proposal.ok) expect(proposal.refusal.kind).toBe('not-yours-to-decide');
        const who = { proposer: proposes as readonly Capacity[], areSame: false, today };
        const approval = decideApproval(waiting(matter), { ...who, approver: [capacity] });
        expect([capacity, approval.ok]).toEqual([capacity, decides.includes(capacity)]);
        if (!approval.ok) expect(approval.refusal.kind).toBe('not-yours-to-decide');
        const rejection = decideRejection(waiting(matter), {
          capacities: [capacity],
          isProposer: false,
          today,
        });
        expect([capacity, rejection.ok]).toEqual([capacity, decides.includes(capacity)]);
      }
      expect(decideProposal(matter, [], 'As the papers say').ok).toBe(false);
      const unsaid = decideProposal(matter, proposes as readonly Capacity[], null);
      expect(unsaid.ok ? 'none' : unsaid.refusal.kind).toBe(wordless ? 'none' : 'proof-missing');
      const one = decides as readonly Capacity[];
      expect(needsTwo(matter, one)).toBe(!isForOne);
      for (const capacity of proposes.filter((who) => !decides.includes(who)) as readonly Capacity[])
        expect(needsTwo(matter, [capacity])).toBe(true);
    });
  },
);

describe('a proposal', () => {
  const approve = (more: object = {}, who: object = {}) => {
    const result = decideApproval(
      { ...waiting('GRANT_ACCESS'), ...more },
      { approver: ['CASE_WORKER'], proposer: ['LEADER_IN_CHARGE'], areSame: false, today, ...who },
    );
    return result.ok ? 'yes' : result.refusal.kind;
  };
  const reject = (more: object = {}, who: object = {}) => {
    const result = decideRejection(
      { ...waiting('GRANT_ACCESS'), ...more },
      { capacities: [], isProposer: true, today, ...who },
    );
    return result.ok ? 'yes' : result.refusal.kind;
  };

  test('is approved by another than who made it, who must still be somebody who may (GUA-05)', () => {
    expect(approve()).toBe('yes');
    expect(approve({}, { areSame: true })).toBe('own-proposal');
    expect(approve({}, { proposer: [] })).toBe('proposer-role-ended');
    expect(approve({}, { proposer: ['PRIVACY_OFFICER'] })).toBe('proposer-role-ended');
    expect(approve({}, { approver: [] })).toBe('not-yours-to-decide');
  });

  test('is decided once, and before the day that it runs out', () => {
    for (const answer of [approve, reject]) {
      expect(answer({ expiresOn: '2026-11-22' })).toBe('yes');
      expect(answer({ expiresOn: today })).toBe('proposal-expired');
      expect(answer({ outcome: 'EXPIRED' })).toBe('proposal-expired');
      expect(answer({ outcome: 'APPLIED' })).toBe('already-decided');
      expect(answer({ outcome: 'REJECTED', expiresOn: today })).toBe('already-decided');
    }
    expect(proposalDays).toBe(14);
  });

  test('is taken back by who made it, and rejected by who may decide it', () => {
    expect(reject()).toBe('yes');
    expect(reject({}, { isProposer: false })).toBe('not-yours-to-decide');
    expect(reject({}, { isProposer: false, capacities: ['CASE_WORKER'] })).toBe('yes');
  });
});

describe('what a decision is about', () => {
  test('letting somebody through goes by the gravest of what holds them (ADR-04, GUA-05, FREG-09, S-27)', () => {
    expect(matterOfHolds(['GIVEN_TO_OTHERS'])).toBe('CONFIRM_HOLDER');
    for (const hold of [
      ...(['D_NUMBER', 'FALSE_IDENTITY', 'BIRTH_DATE_MISSING', 'NOT_IN_REGISTER'] as const),
      ...(['SPLIT', 'LOST_BEFORE_RESTORE'] as const),
    ]) {
      expect(matterOfHolds([hold])).toBe('CONFIRM_IDENTITY');
      expect(matterOfHolds(['GIVEN_TO_OTHERS', hold])).toBe('CONFIRM_IDENTITY');
      expect(matterOfHolds([hold, 'PROTECTION_FORTROLIG'])).toBe('CONFIRM_PROTECTED_IDENTITY');
      expect(matterOfHolds([hold, 'PROTECTION_STRENGT_FORTROLIG'])).toBe('CONFIRM_STRICTLY_PROTECTED');
    }
    expect(matterOfHolds(['PROTECTION_FORTROLIG', 'GIVEN_TO_OTHERS'])).toBe('CONFIRM_PROTECTED');
    expect(matterOfHolds(['PROTECTION_STRENGT_FORTROLIG'])).toBe('CONFIRM_STRICTLY_PROTECTED');
  });

  test('lifting goes by whose word a restriction rests on (GUA-12)', () => {
    expect(matterOfLifting({ authority: 'UNIT' })).toBe('LIFT_UNIT_RESTRICTION');
    for (const authority of ['COURT', 'CHILD_WELFARE', 'POLICE'] as const)
      expect(matterOfLifting({ authority })).toBe('LIFT_ORDERED_RESTRICTION');
  });

  test('granting, releasing and closing go by how the child is protected (ADR-04, ADR-13)', () => {
    expect(
      (['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const).map((level) =>
        matterOfGranting(level),
      ),
    ).toEqual(['GRANT_ACCESS', 'GRANT_ACCESS', 'GRANT_ACCESS_TO_PROTECTED', 'GRANT_ACCESS_TO_PROTECTED']);
    expect(matterOfNaming('FORTROLIG')).toBe('NAME_STAFF');
    expect(matterOfNaming('STRENGT_FORTROLIG')).toBe('NAME_STAFF_STRICTLY');
    expect(matterOfClosing('NO_STAFF_NAMED')).toBe('CLOSE_PROTECTION_ITEM');
    expect(matterOfReleasing('FORTROLIG')).toBe('RELEASE_PROTECTION');
    expect(matterOfReleasing('STRENGT_FORTROLIG')).toBe('RELEASE_STRICT_PROTECTION');
    expect(['PROTECTION', 'PROTECTION_LOWERED', 'CONTRADICTORY'].map(matterOfClosing)).toEqual([
      ...['CLOSE_PROTECTION_ITEM', 'CLOSE_PROTECTION_ITEM', 'CLOSE_ITEM'],
    ]);
  });
});

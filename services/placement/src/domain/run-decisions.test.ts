import { describe, expect, test } from 'vitest';
import type { Override } from './round-instance.ts';
import { decideApproval, decideByHand } from './run-decisions.ts';
import type { RoundState } from './round.ts';

const terms = {
  state: 'closed',
  unitIds: ['K1'],
  groups: ['small'],
  applicationIds: new Set(['A1']),
} as const;
const pin: Override = { kind: 'PIN', applicationId: 'A1', unitId: 'K1' };
const outcome = (override: Override, reason = 'Vedtak', more = {}) => {
  const decided = decideByHand(override, reason, { ...terms, ...more });
  return decided.ok ? decided.value.reason : decided.refusal.kind;
};

describe('deciding by hand (placement § 8, § 10)', () => {
  test('needs a reason, and is open until the round is allocated', () => {
    expect(outcome(pin, ' Vedtak ')).toBe('Vedtak');
    expect(outcome(pin, '  ')).toBe('E_NO_REASON');
    const states: readonly RoundState[] = [
      'draft',
      'open',
      'closed',
      'allocated',
      'published',
      'appeal',
      'finished',
    ];
    expect(states.map((state) => outcome(pin, 'Vedtak', { state }))).toEqual([
      ...Array<string>(3).fill('Vedtak'),
      ...Array<string>(4).fill('E_STATE'),
    ]);
  });

  test('is about units, groups, applications and seats that there are', () => {
    const seats = (more: { group?: string; seats?: number }): Override => ({
      kind: 'SEATS',
      unitId: 'K1',
      group: 'small',
      seats: 3,
      ...more,
    });
    expect(outcome({ ...pin, unitId: 'K9' })).toBe('E_UNKNOWN_K');
    expect(outcome({ ...pin, kind: 'BAR', applicationId: 'A9' })).toBe('E_UNKNOWN_APPLICATION');
    expect(outcome(seats({}))).toBe('Vedtak');
    expect(outcome(seats({ group: 'sfo' }))).toBe('E_BAD_GROUP');
    expect(outcome(seats({ seats: -1 }))).toBe('E_BAD_SEATS');
  });

  test('is approved once, by somebody else, while it stands', () => {
    const fresh = { decidedBy: 'one', isApproved: false, isWithdrawn: false };
    const approve = (more: object, by = 'other', state: RoundState = 'closed') => {
      const decided = decideApproval({ ...fresh, ...more }, by, state);
      return decided.ok ? 'approved' : decided.refusal.kind;
    };
    expect(approve({})).toBe('approved');
    expect(approve({}, 'one')).toBe('E_OWN_DECISION');
    expect(approve({ isApproved: true })).toBe('E_UNCHANGED');
    expect(approve({ isWithdrawn: true })).toBe('E_UNCHANGED');
    expect(approve({}, 'other', 'allocated')).toBe('E_STATE');
  });
});

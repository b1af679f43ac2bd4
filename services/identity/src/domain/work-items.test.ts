import { describe, expect, test } from 'vitest';
import type { Derivation } from './guardianship.ts';
import type { Naming } from './naming.ts';
import type { Protection } from './protection.ts';
import { type Circumstances, openProblems } from './work-items.ts';

const today = '2026-11-21';
const nothing: Derivation = {
  ...{ standings: [], inDoubt: [], problems: [], isUnread: false, doubts: [], endsOn: '2036-06-21' },
  ...{ protection: 'NONE', heldProtection: 'NONE' },
};

describe('a protected child with a place', () => {
  const place = { from: '2026-08-01', to: null };
  const named = (more: Partial<Naming> = {}): Naming => ({
    level: 'FORTROLIG',
    ...{ from: '2026-08-01', to: '2027-08-01' },
    ...more,
  });
  const problems = (heldProtection: Protection, circumstances: Partial<Circumstances>) =>
    openProblems(
      { ...nothing, protection: heldProtection, heldProtection },
      [],
      { restrictions: [], places: [place], namings: [], ...circumstances },
      today,
    );

  test('whom nobody of the staff may see is for an officer to look at (ADR-10)', () => {
    expect(problems('FORTROLIG', {})).toEqual(['NO_STAFF_NAMED']);
    expect(problems('FORTROLIG', { namings: [named()] })).toEqual([]);
    for (const naming of [named({ to: today }), named({ from: '2026-11-22' })])
      expect(problems('FORTROLIG', { namings: [naming] })).toEqual(['NO_STAFF_NAMED']);
    expect(problems('FORTROLIG', { namings: [named({ to: '2026-11-30' })] })).toEqual(['DECISION_RUNS_OUT']);
    for (const none of [
      problems('CLIENT_ADDRESS', {}),
      problems('FORTROLIG', { places: [{ ...place, to: today }] }),
    ])
      expect(none).toEqual([]);
  });

  test('is looked at anew when it is protected more strictly than it was (ADR-04)', () => {
    expect(problems('STRENGT_FORTROLIG', { namings: [named()] })).toEqual(['NO_STAFF_NAMED']);
    const strictly = named({ level: 'STRENGT_FORTROLIG' });
    for (const level of ['STRENGT_FORTROLIG', 'FORTROLIG'] as const)
      expect(problems(level, { namings: [strictly] })).toEqual([]);
  });
});

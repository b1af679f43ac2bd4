import { describe, expect, test } from 'vitest';
import { decideProposal, matterOfNaming, needsTwo } from './decisions.ts';
import { countsAt, decideNaming } from './naming.ts';

const known = {
  today: '2026-11-21',
  held: 'FORTROLIG',
  ...{ isOwn: false, isParty: false, isInCharge: true, isNamed: false },
} as const;
const days = { from: '2026-11-21', to: '2027-06-20' };

describe('naming somebody of the staff for a protected child (ADR-10)', () => {
  test.each([
    ['not-protected', { held: 'NONE' }, {}],
    ['not-protected', { held: 'CLIENT_ADDRESS' }, {}],
    ['for-oneself', { isOwn: true }, {}],
    ['is-party', { isParty: true }, {}],
    ['not-in-charge', { isInCharge: false }, {}],
    ['already-named', { isNamed: true }, {}],
    ['naming-days-wrong', {}, { to: '2026-11-21' }],
    ['naming-days-wrong', {}, { from: '2026-08-01', to: '2026-11-20' }],
    ['naming-days-wrong', {}, { from: '2027-06-20' }],
    ['naming-days-wrong', {}, { to: '2027-11-23' }],
  ] as const)('is refused: %s', (kind, more, wish) => {
    expect(decideNaming({ ...days, ...wish }, { ...known, ...more })).toEqual({
      ok: false,
      refusal: { kind },
    });
  });

  test('is at the level that is held, for a year at most', () => {
    for (const held of ['FORTROLIG', 'STRENGT_FORTROLIG'] as const)
      expect(decideNaming(days, { ...known, held })).toEqual({ ok: true, value: held });
    expect(decideNaming({ ...days, to: '2027-11-22' }, known).ok).toBe(true);
  });

  test('counts at that level and at none that is stricter (ADR-04)', () => {
    const counts = (level: 'FORTROLIG' | 'STRENGT_FORTROLIG') =>
      (['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const).filter((held) =>
        countsAt({ level }, held),
      );
    expect(counts('FORTROLIG')).toEqual(['FORTROLIG']);
    expect(counts('STRENGT_FORTROLIG')).toEqual(['FORTROLIG', 'STRENGT_FORTROLIG']);
  });

  test('is an officer’s word; a leader proposes it, and where it is strict nobody decides alone (security § 2)', () => {
    const mild = matterOfNaming('FORTROLIG');
    const strict = matterOfNaming('STRENGT_FORTROLIG');
    expect(needsTwo(mild, ['PROTECTION_OFFICER'])).toBe(false);
    expect(needsTwo(mild, ['LEADER_IN_CHARGE'])).toBe(true);
    for (const capacity of ['LEADER_IN_CHARGE', 'PROTECTION_OFFICER'] as const) {
      expect(needsTwo(strict, [capacity])).toBe(true);
      for (const matter of [mild, strict, 'END_NAMING'] as const)
        expect(decideProposal(matter, [capacity], 'Kontaktlærer').ok).toBe(true);
      expect(needsTwo('END_NAMING', [capacity])).toBe(false);
      expect(decideProposal(mild, [capacity], null)).toMatchObject({ refusal: { kind: 'proof-missing' } });
    }
    for (const matter of [mild, strict, 'END_NAMING'] as const)
      expect(decideProposal(matter, ['CASE_WORKER'], 'Noe')).toMatchObject({
        refusal: { kind: 'not-yours-to-decide' },
      });
  });
});

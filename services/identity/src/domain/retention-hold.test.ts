import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { describe, expect, test } from 'vitest';
import type { MunicipalRole } from './municipal-roles.ts';
import { decideHold, decideLift } from './retention-hold.ts';
import { mayHold, mayRetain } from './retention-policy.ts';

const today = '2026-11-22';
const wish = { personId: 'p', kind: 'INSIGHT', reviewOn: '2027-03-01', reason: 'Sak 2026/1' } as const;
const hold = (more: object, standing: readonly 'INSIGHT'[] = []) =>
  decideHold({ ...wish, ...more }, { standing, today });

describe('a hold (RET-07)', () => {
  test('has a reason, a day of review within a year, and no other of its kind beside it', () => {
    expect(hold({})).toMatchObject({ ok: true });
    expect(hold({ reviewOn: '2027-11-23' })).toMatchObject({ ok: true });
    expect(hold({ reason: null })).toMatchObject({ refusal: { kind: 'hold-reason-missing' } });
    for (const reviewOn of [today, '2026-01-01', '2027-11-24'])
      expect(hold({ reviewOn }), reviewOn).toMatchObject({ refusal: { kind: 'hold-review-wrong' } });
    expect(hold({}, ['INSIGHT'])).toMatchObject({ refusal: { kind: 'hold-stands' } });
    expect(hold({ kind: 'BREACH' }, ['INSIGHT'])).toMatchObject({ ok: true });
  });

  test('is lifted once, for a reason', () => {
    expect(decideLift({ liftedAt: null }, 'Avsluttet')).toMatchObject({ ok: true });
    expect(decideLift({ liftedAt: null }, null)).toMatchObject({ refusal: { kind: 'hold-reason-missing' } });
    expect(decideLift({ liftedAt: today }, 'Igjen')).toMatchObject({ refusal: { kind: 'hold-lifted' } });
  });
});

describe('whoever holds', () => {
  const actor = staff('s');
  const held = (role: MunicipalRole, to = '2027-01-01') => ({
    municipal: [{ role, from: '2026-01-01', to }],
  });

  test('is an archivist or a privacy officer today, and nobody else (RET-02)', () => {
    for (const role of ['ARCHIVIST', 'PRIVACY_OFFICER'] as const) {
      expect(mayRetain(actor, held(role), today)).toBe(true);
      expect(mayRetain(actor, held(role, today), today)).toBe(false);
      expect(mayRetain(guardian('s'), held(role), today)).toBe(false);
    }
    for (const role of ['MUNICIPAL_ADMINISTRATOR', 'CASE_WORKER', 'PROTECTION_OFFICER', 'SUPPORT'] as const)
      expect(mayRetain(actor, held(role), today), role).toBe(false);
  });

  test('never holds themself or their own (GUA-24)', () => {
    expect(mayHold(actor, 'p', ['c'])).toBe(true);
    expect(mayHold(actor, 's', [])).toBe(false);
    expect(mayHold(actor, 'c', ['c'])).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { decideReduction, decideReductionVerdict } from './reduced-payment.ts';

const list = (from: string, reductionEnds: string) => ({
  from,
  value: { reductionEnds, countsFirstDay: false },
});
const free = { hasOpen: false, isOpen: true };

describe('applying to pay less', () => {
  const kindergarten = [list('2026-08-01', '07')];
  const afterSchool = [list('2026-08-01', '06')];

  test('holds from the first full month after, until the end of the year (PAY-08, SFO-04)', () => {
    const today = '2026-09-12';
    const months = (last: string) => ({ ok: true, value: { first: '2026-10', last } });
    expect(decideReduction(kindergarten, { today, ...free })).toEqual(months('2027-07'));
    expect(decideReduction(afterSchool, { today, ...free })).toEqual(months('2027-06'));
  });

  test('is refused while another is open, where there are no prices, and where it is stopped (X07)', () => {
    const today = '2026-09-12';
    const said = (one: ReturnType<typeof decideReduction>) => !one.ok && one.refusal.kind;
    expect(said(decideReduction(kindergarten, { today, ...free, hasOpen: true }))).toBe('E_HAS_REDUCTION');
    expect(said(decideReduction(kindergarten, { ...free, today: '2026-07-31' }))).toBe('PRICE_LIST_MISSING');
    expect(said(decideReduction(kindergarten, { today, hasOpen: false, isOpen: false }))).toBe(
      'FEATURE_CLOSED',
    );
  });
});

describe('deciding on it', () => {
  const stated = { kind: 'stated', yearlyIncome: 300_000 } as const;
  const grant = { verdict: 'granted', countedIncome: 310_000, reason: null } as const;

  test('grants by the income that counts, and none where it is not said (PAY-06)', () => {
    expect(decideReductionVerdict(stated, grant)).toEqual({ ok: true, value: grant });
    for (const [income, wanted] of [
      [{ kind: 'refused' }, grant],
      [stated, { ...grant, countedIncome: null }],
    ] as const)
      expect(decideReductionVerdict(income, wanted)).toEqual({ ok: false, refusal: { kind: 'E_NO_INCOME' } });
  });

  test('refuses with reasons alone, and keeps no income then (ADM-02)', () => {
    const wanted = { verdict: 'refused', countedIncome: 900_000 } as const;
    expect(decideReductionVerdict(stated, { ...wanted, reason: null })).toEqual({
      ok: false,
      refusal: { kind: 'E_NO_REASON' },
    });
    expect(decideReductionVerdict(stated, { ...wanted, reason: 'For høy inntekt' })).toEqual({
      ok: true,
      value: { verdict: 'refused', countedIncome: null, reason: 'For høy inntekt' },
    });
  });
});

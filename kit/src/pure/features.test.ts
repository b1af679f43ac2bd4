import { describe, expect, test } from 'vitest';
import {
  type UnitFeature,
  featureStateId,
  isReadableAt,
  neverStated,
  requireFeature,
  standingsOf,
} from './features.ts';

const at = (unitId: string, more: Partial<UnitFeature> = {}): UnitFeature => ({
  ...{ unitId, feature: 'ABSENCE', state: 'OPEN', opensOn: null, isReadable: true },
  ...more,
});

describe('a feature at a unit (D01, X07)', () => {
  const standings = standingsOf('ABSENCE', [
    at('open'),
    at('suspended', { state: 'SUSPENDED' }),
    at('hidden', { state: 'SUSPENDED', isReadable: false }),
    at('soon', { state: 'ANNOUNCED', opensOn: '2026-12-01', isReadable: false }),
    at('closed', { state: 'CLOSED', isReadable: false }),
    at('other', { feature: 'MESSAGES' }),
  ]);

  test('is there where it is open, and nowhere else', () => {
    expect(requireFeature(standings, 'open')).toEqual({ ok: true, value: true });
    for (const [unitId, state, opensOn] of [
      ['suspended', 'SUSPENDED', null],
      ['soon', 'ANNOUNCED', '2026-12-01'],
      ['closed', 'CLOSED', null],
    ] as const)
      expect(requireFeature(standings, unitId)).toEqual({
        ok: false,
        refusal: { kind: 'feature-closed', feature: 'ABSENCE', unitId, state, opensOn },
      });
  });

  test('is closed and hidden where nothing was ever stated of it, whatever was of another (D08)', () => {
    expect(neverStated).toEqual({ state: 'CLOSED', opensOn: null, isReadable: false });
    for (const unitId of ['other', 'nowhere']) {
      expect(requireFeature(standings, unitId)).toMatchObject({ ok: false, refusal: { state: 'CLOSED' } });
      expect(isReadableAt(standings, unitId)).toBe(false);
    }
  });

  test('is read while it is suspended, unless the municipality hides it', () => {
    expect(isReadableAt(standings, 'suspended')).toBe(true);
    expect(isReadableAt(standings, 'open')).toBe(true);
    expect(isReadableAt(standings, 'hidden')).toBe(false);
  });

  test('has one id in the graph for each unit', () => {
    expect(featureStateId('ABSENCE', 'open')).toBe('open:ABSENCE');
  });
});

import { describe, expect, test } from 'vitest';
import { type Integration, type OutboundChild, toOutbound } from './outbound.ts';

const values = {
  NAME: 'KULERUND SYKKELPUMPE',
  UNIT: 'Paraplyen skole',
  PICTURE: 'file',
  ADDRESS: 'Tingvika 1',
  ABSENCE: '3',
  GRADE_LEVEL: '3',
} as const;
const child = (childId: string, protection: OutboundChild['protection'] = 'NONE', unitId = 'school') => ({
  ...{ childId, unitId, protection, values },
});
const platform: Integration = { fields: ['NAME', 'GRADE_LEVEL', 'PICTURE', 'ADDRESS'], unitIds: ['school'] };
const at = { today: '2026-11-22', pseudonymOf: (id: string) => `pseudonym of ${id}` };
const levels = ['FORTROLIG', 'STRENGT_FORTROLIG', null] as const;

describe('what leaves for an integration (ADR-09)', () => {
  test('is the fields of its list and the children of its units, and no other', () => {
    const { ADDRESS, GRADE_LEVEL, NAME, PICTURE } = values;
    expect(toOutbound([child('a'), child('b', 'NONE', 'other')], platform, at)).toEqual([
      { subject: 'a', values: { ADDRESS, GRADE_LEVEL, NAME, PICTURE } },
    ]);
    expect(toOutbound([child('a')], { ...platform, fields: [] }, at)).toEqual([{ subject: 'a', values: {} }]);
  });

  test('is nothing of a protected child, nor of one of whom it is not known: no gap, no count (S-08, ADR-19)', () => {
    const without = toOutbound([child('a'), child('b')], platform, at);
    for (const level of levels)
      expect(toOutbound([child('a'), child('hidden', level), child('b')], platform, at)).toEqual(without);
  });

  test('is a pseudonym and nothing that names anybody or anywhere, where that was approved', () => {
    const approved: Integration = {
      ...platform,
      fields: [...platform.fields, 'UNIT', 'ABSENCE'],
      ofProtected: { as: 'PSEUDONYMS', until: '2027-01-01' },
    };
    for (const level of levels) {
      const [one] = toOutbound([child('hidden', level)], approved, at);
      expect(one).toEqual({ subject: 'pseudonym of hidden', values: { ABSENCE: '3', GRADE_LEVEL: '3' } });
    }
    // Whoever is not protected is not hidden by it.
    expect(toOutbound([child('a')], approved, at)[0]!.subject).toBe('a');
  });

  test('is never where a protected child lives or how it looks, whatever was approved', () => {
    const approved: Integration = { ...platform, ofProtected: { as: 'THEMSELVES', until: '2027-01-01' } };
    const { GRADE_LEVEL, NAME } = values;
    expect(toOutbound([child('hidden', 'FORTROLIG')], approved, at)).toEqual([
      { subject: 'hidden', values: { GRADE_LEVEL, NAME } },
    ]);
  });

  test('is nothing of them from the day that an approval runs out', () => {
    for (const as of ['PSEUDONYMS', 'THEMSELVES'] as const) {
      const approved: Integration = { ...platform, ofProtected: { as, until: at.today } };
      expect(toOutbound([child('hidden', 'FORTROLIG')], approved, at)).toEqual([]);
    }
  });

  test('is all of a child with a client address, which protects that address alone (ADR-14)', () => {
    expect(toOutbound([child('a', 'CLIENT_ADDRESS')], platform, at)).toHaveLength(1);
  });
});

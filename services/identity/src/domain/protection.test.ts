import { describe, expect, test } from 'vitest';
import { highest, isHidden } from './protection.ts';

describe('address protection', () => {
  test('of several is the highest of theirs, and none for nobody (ADR-01)', () => {
    expect(highest(['NONE', 'FORTROLIG', 'CLIENT_ADDRESS'])).toBe('FORTROLIG');
    expect(highest(['STRENGT_FORTROLIG', 'FORTROLIG'])).toBe('STRENGT_FORTROLIG');
    expect(highest([])).toBe('NONE');
  });

  test('hides from FORTROLIG on; a client address limits that address alone (ADR-04, ADR-14)', () => {
    expect(
      ['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'].map((level) => isHidden(level as 'NONE')),
    ).toEqual([false, false, true, true]);
  });
});

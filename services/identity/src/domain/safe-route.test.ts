import { describe, expect, test } from 'vitest';
import { mayGo, routeOfDisclosure } from './safe-route.ts';

describe('a breach letter or an insight export (ADR-20)', () => {
  test('goes the ordinary way where nobody whom it is to or about is protected', () => {
    expect(routeOfDisclosure(['NONE', 'CLIENT_ADDRESS'])).toEqual({ by: 'ORDINARY', readers: 0 });
  });

  test('goes by the safe route for one of them, also one in somebody else’s data, by the highest (ADR-01)', () => {
    expect(routeOfDisclosure(['NONE', 'FORTROLIG'])).toEqual({ by: 'SAFE_ROUTE', readers: 1 });
    expect(routeOfDisclosure(['FORTROLIG', 'NONE', 'STRENGT_FORTROLIG'])).toEqual({
      by: 'SAFE_ROUTE',
      readers: 2,
    });
  });

  test('goes by the safe route while it is not known of somebody, or of whom it is', () => {
    expect(routeOfDisclosure(['NONE', null])).toEqual({ by: 'SAFE_ROUTE', readers: 1 });
    expect(routeOfDisclosure([null, 'STRENGT_FORTROLIG'])).toEqual({ by: 'SAFE_ROUTE', readers: 2 });
    expect(routeOfDisclosure([])).toEqual({ by: 'SAFE_ROUTE', readers: 1 });
  });

  test('waits until as many have read it as it takes, none of them who made it', () => {
    const [one, two] = [routeOfDisclosure(['FORTROLIG']), routeOfDisclosure(['STRENGT_FORTROLIG'])];
    const made = (...readBy: readonly string[]) => ({ madeBy: 'maker', readBy });
    expect(mayGo(one, made())).toBe(false);
    expect(mayGo(one, made('maker'))).toBe(false);
    expect(mayGo(one, made('officer'))).toBe(true);
    expect(mayGo(two, made('officer', 'officer', 'maker'))).toBe(false);
    expect(mayGo(two, made('officer', 'second'))).toBe(true);
    expect(mayGo(routeOfDisclosure(['NONE']), made())).toBe(true);
  });
});

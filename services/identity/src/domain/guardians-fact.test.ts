import { describe, expect, test } from 'vitest';
import { grant, documented } from '../testing/grants.ts';
import { type Grant } from './grants.ts';
import { compareTold, toToldGuardians } from './guardians-fact.ts';

describe('what others are told of guardians', () => {
  test('is who is active, each once, and nothing of those who are held (ADR-04, S-06)', () => {
    const grants = [
      grant('b'),
      documented('a', { grantId: 'm' }),
      grant('a'),
      grant('c', { state: 'SUSPENDED', holds: ['PROTECTION_FORTROLIG'] }),
    ];
    expect(toToldGuardians(grants)).toEqual([
      { personId: 'a', grantId: 'g-a', ground: 'PARENTAL_RESPONSIBILITY', endsOn: '2036-06-21' },
      { personId: 'b', grantId: 'g-b', ground: 'PARENTAL_RESPONSIBILITY', endsOn: '2036-06-21' },
    ]);
  });

  test('is told again only when it has changed, with whoever lost the child', () => {
    const before = toToldGuardians([grant('a'), grant('b')]);
    expect(compareTold(before, toToldGuardians([grant('b'), grant('a')]))).toEqual({
      hasChanged: false,
      lost: [],
    });
    expect(compareTold(before, toToldGuardians([grant('b')]))).toEqual({ hasChanged: true, lost: ['a'] });
  });

  test('says until when, by whichever ground lasts longest, and is told again when that day moves (GUA-05, GUA-14)', () => {
    const until = (grants: readonly Grant[]) => toToldGuardians(grants).map(({ endsOn }) => endsOn);
    const short = documented('a', { grantId: 'm', endsOn: '2027-01-01' });
    expect(until([short])).toEqual(['2027-01-01']);
    expect(until([short, grant('a')])).toEqual(['2036-06-21']);
    expect(until([grant('a'), { ...short, endsOn: null }])).toEqual([null]);
    const renewed = { ...short, endsOn: '2027-03-01' };
    expect(compareTold(toToldGuardians([short]), toToldGuardians([renewed]))).toEqual({
      hasChanged: true,
      lost: [],
    });
  });
});

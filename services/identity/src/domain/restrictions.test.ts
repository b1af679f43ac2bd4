import { describe, expect, test } from 'vitest';
import {
  type Authority,
  type Imposition,
  type Restriction,
  type RestrictionKind,
  closes,
  decideImposition,
  isUnderCareOrder,
} from './restrictions.ts';

const today = '2026-11-21';
const restriction = (more: Partial<Restriction> = {}): Restriction => ({
  ...{ restrictionId: 'r', personId: 'p', kind: 'CONTACT_BAN', authority: 'POLICE', closesAccess: true },
  reviewOn: '2027-05-01',
  ...more,
});
const byRegister = { personId: 'p', ground: 'PARENTAL_RESPONSIBILITY', basis: null } as const;
const byDocument = (basis: 'DOCUMENTED_RESPONSIBILITY' | 'DAILY_CARER' | 'APPOINTED_GUARDIAN') =>
  ({ personId: 'p', ground: 'MANUAL', basis }) as const;

describe('a restriction on somebody (GUA-12)', () => {
  test('closes every access of theirs, on whatever ground, and nobody else’s', () => {
    for (const grant of [
      byRegister,
      byDocument('DOCUMENTED_RESPONSIBILITY'),
      byDocument('DAILY_CARER'),
      byDocument('APPOINTED_GUARDIAN'),
    ]) {
      expect(closes(restriction(), grant)).toBe(true);
      expect(closes(restriction(), { ...grant, personId: 'q' })).toBe(false);
    }
  });

  test('that is about fetching closes nothing', () => {
    expect(closes(restriction({ kind: 'MAY_NOT_FETCH', closesAccess: false }), byRegister)).toBe(false);
  });
});

describe('a care order (GUA-15)', () => {
  const order = restriction({ personId: null, kind: 'CARE_ORDER', authority: 'CHILD_WELFARE' });

  test('closes responsibility in every form, and no carer’s access', () => {
    expect(closes(order, byRegister)).toBe(true);
    expect(closes(order, byDocument('DOCUMENTED_RESPONSIBILITY'))).toBe(true);
    expect(closes(order, byDocument('DAILY_CARER'))).toBe(false);
    expect(closes(order, byDocument('APPOINTED_GUARDIAN'))).toBe(false);
    expect(closes({ ...order, closesAccess: false }, byRegister)).toBe(false);
  });

  test('is one among others', () => {
    expect(isUnderCareOrder([restriction(), order])).toBe(true);
    expect(isUnderCareOrder([restriction()])).toBe(false);
    expect(isUnderCareOrder([])).toBe(false);
  });
});

describe('imposing a restriction', () => {
  const decide = (more: Partial<Imposition> = {}, isKnown = true) => {
    const wish: Imposition = {
      ...{ personId: 'p', kind: 'CONTACT_BAN', authority: 'UNIT', parentsKeepView: false },
      reviewOn: '2027-05-01',
      ...more,
    };
    const result = decideImposition(wish, { today, isKnown });
    return result.ok ? result.value.closesAccess : result.refusal.kind;
  };
  const order = { kind: 'CARE_ORDER', personId: null, authority: 'CHILD_WELFARE' } as const;

  test.each<[RestrictionKind, readonly Authority[]]>([
    ['CONTACT_BAN', ['UNIT', 'COURT', 'CHILD_WELFARE', 'POLICE']],
    ['THREAT', ['UNIT', 'COURT', 'CHILD_WELFARE', 'POLICE']],
    ['COURT_ORDER', ['COURT']],
  ])('%s rests on the word of %s, and closes (GUA-12)', (kind, authorities) => {
    for (const authority of ['UNIT', 'COURT', 'CHILD_WELFARE', 'POLICE'] as const)
      expect([authority, decide({ kind, authority })]).toEqual([
        authority,
        authorities.includes(authority) ? true : 'restriction-incoherent',
      ]);
  });

  test('that somebody may not fetch leaves them their view', () => {
    expect(decide({ kind: 'MAY_NOT_FETCH' })).toBe(false);
  });

  test('as a care order names nobody, is ordered elsewhere, and closes unless the authority says otherwise (GUA-15)', () => {
    for (const authority of ['CHILD_WELFARE', 'COURT'] as const)
      expect(decide({ ...order, authority }, false)).toBe(true);
    for (const authority of ['UNIT', 'POLICE'] as const)
      expect(decide({ ...order, authority })).toBe('restriction-incoherent');
    expect(decide({ ...order, parentsKeepView: true })).toBe(false);
    expect(decide({ ...order, personId: 'p' })).toBe('restriction-incoherent');
    expect(decide({ personId: null })).toBe('restriction-incoherent');
    expect(decide({ parentsKeepView: true })).toBe('restriction-incoherent');
  });

  test('names somebody who has to do with the child', () => {
    expect(decide({}, false)).toBe('person-unknown');
  });

  test('says when to look at it again: after today, within a year and a day', () => {
    for (const reviewOn of [today, '2026-11-20', '2027-11-23'])
      expect(decide({ reviewOn })).toBe('review-day-wrong');
    for (const reviewOn of ['2026-11-22', '2027-11-22']) expect(decide({ reviewOn })).toBe(true);
  });
});

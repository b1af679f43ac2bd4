import { describe, expect, test } from 'vitest';
import {
  type ActionKind,
  type Answer,
  type Deciders,
  actionKinds,
  consentActor,
  mayWithholdHealth,
  outcomeOf,
} from './who-decides.ts';

const born = '2012-06-21';
const on = (age: number): string => `${2012 + age}-06-21`;
const dayBefore = (age: number): string => `${2012 + age}-06-20`;

describe('who decides about a child (GUA-28, AGE-08)', () => {
  test.each<[ActionKind, Deciders]>([
    ['ABSENCE', 'ANY_HOLDER'],
    ['PICK_UP', 'ANY_HOLDER'],
    ['AFTER_SCHOOL_CHANGE', 'ANY_HOLDER'],
    ['LEAVE', 'ANY_HOLDER'],
    ['TRIP', 'ANY_HOLDER'],
    ['SWIMMING', 'ANY_HOLDER'],
    ['PUBLICATION', 'ALL_HOLDERS'],
    ['PERSONAL_DATA', 'ALL_HOLDERS'],
    ['INFORMATION_SOCIETY_SERVICE', 'ANY_HOLDER'],
    ['HEALTH', 'ANY_HOLDER'],
    ['MEMBERSHIP', 'ANY_HOLDER'],
    ['EDUCATION_CHOICE', 'ANY_HOLDER'],
    ['INSIGHT', 'ANY_HOLDER'],
  ])('of a child of seven: %s is for %s', (action, deciders) => {
    expect(consentActor(action, born, on(7))).toBe(deciders);
  });

  test.each<[ActionKind, number, Deciders]>([
    ['INFORMATION_SOCIETY_SERVICE', 13, 'CHILD'],
    ['PUBLICATION', 15, 'CHILD'],
    ['PERSONAL_DATA', 15, 'CHILD'],
    ['MEMBERSHIP', 15, 'CHILD'],
    ['EDUCATION_CHOICE', 15, 'CHILD'],
    ['HEALTH', 16, 'CHILD'],
    ['INSIGHT', 12, 'CHILD_AND_HOLDER'],
    ['INSIGHT', 15, 'CHILD'],
  ])(
    '%s changes on the very birthday of %i, to %s (AGE-04, AGE-05, AGE-06, AGE-07, AGE-10)',
    (action, age, deciders) => {
      expect(consentActor(action, born, on(age))).toBe(deciders);
      expect(consentActor(action, born, dayBefore(age))).not.toBe(deciders);
    },
  );

  test('fifteen is no general majority: absence, trips and the rest stay the guardians’ until eighteen (AGE-05)', () => {
    for (const action of [
      'ABSENCE',
      'PICK_UP',
      'AFTER_SCHOOL_CHANGE',
      'LEAVE',
      'TRIP',
      'SWIMMING',
    ] as const) {
      expect(consentActor(action, born, on(15))).toBe('ANY_HOLDER');
      expect(consentActor(action, born, dayBefore(18))).toBe('ANY_HOLDER');
    }
    for (const action of actionKinds) expect(consentActor(action, born, on(18))).toBe('CHILD');
  });

  test('somebody born on 29 February has the birthday on 1 March in common years (AGE-01)', () => {
    expect(consentActor('PUBLICATION', '2012-02-29', '2027-02-28')).toBe('ALL_HOLDERS');
    expect(consentActor('PUBLICATION', '2012-02-29', '2027-03-01')).toBe('CHILD');
    expect(consentActor('HEALTH', '2012-02-29', '2028-02-28')).toBe('ANY_HOLDER');
    expect(consentActor('HEALTH', '2012-02-29', '2028-02-29')).toBe('CHILD');
  });

  test('nobody can tell without a birth date (AGE-01)', () => {
    for (const action of actionKinds) expect(consentActor(action, null, on(7))).toBeNull();
  });

  test('a municipality may have one holder be enough for what is published, and for nothing else', () => {
    const chosen = { publication: 'ANY_HOLDER' } as const;
    expect(consentActor('PUBLICATION', born, on(7), chosen)).toBe('ANY_HOLDER');
    expect(consentActor('PUBLICATION', born, on(15), chosen)).toBe('CHILD');
    expect(consentActor('ABSENCE', born, on(7), { publication: 'ALL_HOLDERS' })).toBe('ANY_HOLDER');
  });

  test('a child of twelve may keep health facts from its guardians (AGE-07)', () => {
    expect(mayWithholdHealth(born, dayBefore(12))).toBe(false);
    expect(mayWithholdHealth(born, on(12))).toBe(true);
  });
});

describe('what follows from the answers', () => {
  const outcome = (
    deciders: Deciders,
    ofHolders: Record<string, Answer>,
    ofChild: Answer | null = null,
    holders = ['mother', 'father'],
  ) => outcomeOf(deciders, { holders, ofHolders, ofChild });

  test.each<Deciders>(['ANY_HOLDER', 'ALL_HOLDERS', 'CHILD_AND_HOLDER'])(
    'a no of one holder is no, by whoever else is asked: %s (GUA-28, CON-05)',
    (deciders) => {
      expect(outcome(deciders, { mother: 'YES', father: 'NO' }, 'YES')).toBe('NO');
      expect(outcome(deciders, { mother: 'NO' }, 'YES')).toBe('NO');
    },
  );

  test('one yes is enough where any may, and not where all have to', () => {
    expect(outcome('ANY_HOLDER', { father: 'YES' })).toBe('YES');
    expect(outcome('ALL_HOLDERS', { father: 'YES' })).toBe('UNANSWERED');
    expect(outcome('ALL_HOLDERS', { father: 'YES', mother: 'YES' })).toBe('YES');
  });

  test('a child and one holder have to say yes, and either can say no', () => {
    expect(outcome('CHILD_AND_HOLDER', { mother: 'YES' }, 'YES')).toBe('YES');
    expect(outcome('CHILD_AND_HOLDER', { mother: 'YES' })).toBe('UNANSWERED');
    expect(outcome('CHILD_AND_HOLDER', {}, 'YES')).toBe('UNANSWERED');
    expect(outcome('CHILD_AND_HOLDER', { mother: 'YES' }, 'NO')).toBe('NO');
  });

  test('where it is the child’s, what others say is nothing', () => {
    expect(outcome('CHILD', { mother: 'NO', father: 'NO' }, 'YES')).toBe('YES');
    expect(outcome('CHILD', { mother: 'YES', father: 'YES' }, 'NO')).toBe('NO');
    expect(outcome('CHILD', { mother: 'YES', father: 'YES' })).toBe('UNANSWERED');
  });

  test('nobody’s agreement is none, and who holds nothing does not count', () => {
    for (const deciders of ['ANY_HOLDER', 'ALL_HOLDERS', 'CHILD_AND_HOLDER'] as const)
      expect(outcome(deciders, { stranger: 'YES' }, 'YES', [])).toBe('UNANSWERED');
    expect(outcome('ALL_HOLDERS', { mother: 'YES', stranger: 'YES' })).toBe('UNANSWERED');
    expect(outcome('ANY_HOLDER', { stranger: 'NO', mother: 'YES' })).toBe('YES');
  });
});

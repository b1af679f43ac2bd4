import { describe, expect, test } from 'vitest';
import { type ConsentFacts, consentState } from './consent.ts';
import type { Answer } from './who-decides.ts';

const fifteenth = '2027-06-21';
const child: ConsentFacts = {
  childId: 'child',
  born: '2012-06-21',
  holders: ['mother', 'father'],
  given: [],
  heldProtection: 'NONE',
  releasedOn: null,
};
const answered = (...given: readonly [by: string, answer: Answer, on: string][]): ConsentFacts => ({
  ...child,
  given: given.map(([by, answer, on]) => ({ by, answer, on })),
});
const bothAgreed = answered(['mother', 'YES', '2026-09-01'], ['father', 'YES', '2026-09-02']);
const agreed = { ground: 'AGREED', forNew: 'YES', forExisting: 'YES' };
const toConfirm = { ground: 'TO_CONFIRM_BY_CHILD', forNew: 'NO', forExisting: 'YES' };
const none = (ground: string) => ({ ground, forNew: 'NO', forExisting: 'NO' });

describe('a consent to pictures', () => {
  test('is all holders’ below fifteen, and a no of one is no (CON-05)', () => {
    expect(consentState(child, '2026-11-22')).toEqual(none('UNANSWERED'));
    expect(consentState(answered(['mother', 'YES', '2026-09-01']), '2026-11-22')).toEqual(none('UNANSWERED'));
    expect(consentState(bothAgreed, '2026-11-22')).toEqual(agreed);
    expect(
      consentState(
        { ...bothAgreed, given: [...bothAgreed.given, { by: 'father', answer: 'NO', on: '2026-10-01' }] },
        '2026-11-22',
      ),
    ).toEqual(none('REFUSED'));
  });

  test('counts everybody’s newest answer; of two on one day the stricter', () => {
    const [yes, no] = [
      ['mother', 'YES', '2026-09-01'],
      ['mother', 'NO', '2026-09-01'],
    ] as const;
    const father = ['father', 'YES', '2026-09-01'] as const;
    for (const given of [
      [yes, no, father],
      [no, yes, father],
    ] as const)
      expect(
        consentState(answered(...given.map((one) => [...one] as [string, Answer, string])), '2026-11-22'),
      ).toEqual(none('REFUSED'));
    expect(
      consentState(
        answered(['mother', 'NO', '2026-09-01'], ['mother', 'YES', '2026-09-02'], [...father]),
        '2026-11-22',
      ),
    ).toEqual(agreed);
  });

  test('takes no word of the child before fifteen for an answer', () => {
    expect(consentState(answered(['child', 'YES', '2026-09-01']), '2026-11-22')).toEqual(none('UNANSWERED'));
  });

  test('is for staff to look at without a birth date (AGE-01)', () => {
    expect(consentState({ ...bothAgreed, born: null }, '2026-11-22')).toEqual(none('AGE_UNKNOWN'));
  });
});

describe('a consent for a protected child (ADR-06)', () => {
  test.each(['FORTROLIG', 'STRENGT_FORTROLIG', null] as const)(
    'is no whatever was answered: %s',
    (heldProtection) => {
      expect(consentState({ ...bothAgreed, heldProtection }, '2026-11-22')).toEqual(none('PROTECTED'));
      const own = answered(['child', 'YES', fifteenth]);
      expect(consentState({ ...own, heldProtection }, '2028-01-01')).toEqual(none('PROTECTED'));
    },
  );

  test('is not forced by a client address alone (ADR-14)', () => {
    expect(consentState({ ...bothAgreed, heldProtection: 'CLIENT_ADDRESS' }, '2026-11-22')).toEqual(agreed);
  });

  test('is asked anew once staff have released it: nothing comes back by itself (ADR-13)', () => {
    const released = { ...bothAgreed, releasedOn: '2026-11-01' };
    expect(consentState(released, '2026-11-22')).toEqual(none('UNANSWERED'));
    const thatDay = bothAgreed.given.map((one) => ({ ...one, on: '2026-11-01' }));
    expect(consentState({ ...released, given: thatDay }, '2026-11-22')).toEqual(none('UNANSWERED'));
    const anew = bothAgreed.given.map((one) => ({ ...one, on: '2026-11-02' }));
    expect(consentState({ ...released, given: anew }, '2026-11-22')).toEqual(agreed);
  });
});

describe('on the fifteenth birthday (AGE-06, AGE-09)', () => {
  test('what guardians agreed to is to be confirmed by the child: nothing new, and what there is stays', () => {
    expect(consentState(bothAgreed, '2027-06-20')).toEqual(agreed);
    expect(consentState(bothAgreed, fifteenth)).toEqual(toConfirm);
    expect(consentState(bothAgreed, '2029-01-01')).toEqual(toConfirm);
  });

  test('is on 1 March in common years for a child born on 29 February (AGE-01)', () => {
    const leap = { ...bothAgreed, born: '2012-02-29' };
    expect(consentState(leap, '2027-02-28')).toEqual(agreed);
    expect(consentState(leap, '2027-03-01')).toEqual(toConfirm);
  });

  test('what they had not agreed to, all of them, is not', () => {
    expect(consentState(answered(['mother', 'YES', '2026-09-01']), fifteenth)).toEqual(none('UNANSWERED'));
    expect(
      consentState(answered(['mother', 'YES', '2026-09-01'], ['father', 'NO', '2026-09-01']), fifteenth),
    ).toEqual(none('UNANSWERED'));
  });

  test('a yes of guardians from then on counts for nothing, and a no ends what they had agreed to', () => {
    const late = answered(['mother', 'YES', fifteenth], ['father', 'YES', fifteenth]);
    expect(consentState(late, '2027-07-01')).toEqual(none('UNANSWERED'));
    const takenBack = [...bothAgreed.given, { by: 'father', answer: 'NO', on: '2027-07-01' } as const];
    expect(consentState({ ...bothAgreed, given: takenBack }, '2027-07-02')).toEqual(none('UNANSWERED'));
    // Also where one of them would have been enough to agree.
    const one = { publication: 'ANY_HOLDER' } as const;
    expect(consentState(bothAgreed, '2027-07-02', 'PUBLICATION', one)).toEqual(toConfirm);
    expect(consentState({ ...bothAgreed, given: takenBack }, '2027-07-02', 'PUBLICATION', one)).toEqual(
      none('UNANSWERED'),
    );
  });

  test('the child’s own word counts alone: its yes without them, its no against them', () => {
    const says = (answer: Answer, on: string) => ({
      ...bothAgreed,
      given: [...bothAgreed.given, { by: 'child', answer, on }],
    });
    expect(consentState(says('YES', fifteenth), '2027-06-22')).toEqual(agreed);
    expect(consentState(says('NO', fifteenth), '2027-06-22')).toEqual(none('REFUSED'));
    expect(consentState(answered(['child', 'YES', '2027-06-22']), '2027-06-22')).toEqual(agreed);
    // A yes said before it was the child’s to say is none; a no is heard all the same.
    expect(consentState(says('NO', '2027-06-20'), fifteenth)).toEqual(none('REFUSED'));
    expect(consentState(says('YES', '2027-06-20'), fifteenth)).toEqual(toConfirm);
  });
});

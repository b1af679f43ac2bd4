import { describe, expect, test } from 'vitest';
import { complainantsOf, hearingOf, isHeardOnGuardian, joinsTalks, linkedTo } from './child-voice.ts';
import { laws } from './law-profile.ts';

const born = '2016-02-29';
const newAct = {
  ...laws,
  children: laws.children.map(({ from, value }) => ({ value, from: from ?? '2020-01-01' })),
};

describe('a child’s own word', () => {
  test('is heard at any age, asked for from seven, and has great weight from twelve (AGE-02)', () => {
    const heard = { isHeardIfItWants: true };
    expect(hearingOf(born, '2023-02-28')).toEqual({ ...heard, isOffered: false, weight: 'BY_MATURITY' });
    expect(hearingOf(born, '2023-03-01')).toEqual({ ...heard, isOffered: true, weight: 'BY_MATURITY' });
    expect(hearingOf(born, '2028-02-28')).toMatchObject({ weight: 'BY_MATURITY' });
    expect(hearingOf(born, '2028-02-29')).toEqual({ ...heard, isOffered: true, weight: 'GREAT' });
  });

  test('is asked for at any age once the new act is in force (AGE-02, GUA-27)', () => {
    expect(hearingOf(born, '2020-06-01', newAct)).toMatchObject({ isOffered: true, weight: 'BY_MATURITY' });
  });

  test('is heard from twelve on who its guardian is (AGE-03)', () => {
    expect(isHeardOnGuardian(born, '2028-02-28')).toBe(false);
    expect(isHeardOnGuardian(born, '2028-02-29')).toBe(true);
  });

  test('joins the talks about its own development by right from twelve, and where it is asked to before (AGE-12)', () => {
    expect(joinsTalks(born, '2028-02-28')).toBe('WHERE_ASKED');
    expect(joinsTalks(born, '2028-02-29')).toBe('BY_RIGHT');
  });
});

describe('a complaint about a decision on a pupil (AGE-11)', () => {
  test.each([
    ['2031-02-28', ['GUARDIAN']],
    ['2031-03-01', ['CHILD', 'GUARDIAN']],
    ['2034-02-28', ['CHILD', 'GUARDIAN']],
    ['2034-03-01', ['CHILD']],
  ])('is on %s for %j', (day, who) => {
    expect(complainantsOf(born, day)).toEqual(who);
  });

  test('stands beside the other about the same matter, and is linked with it', () => {
    const all = [
      { complaintId: 'childs', decisionId: 'grade' },
      { complaintId: 'mothers', decisionId: 'grade' },
      { complaintId: 'other', decisionId: 'conduct' },
    ];
    expect(linkedTo(all[0]!, all)).toEqual(['mothers']);
    expect(linkedTo(all[1]!, all)).toEqual(['childs']);
    expect(linkedTo(all[2]!, all)).toEqual([]);
  });
});

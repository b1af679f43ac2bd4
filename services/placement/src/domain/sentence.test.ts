import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from './allocate.ts';
import { type Reason, type Rejection, type WishOutcome, explain } from './explain.ts';
import type { Priority, Result } from './instance.ts';
import { type SentenceFacts, sentencesOf } from './sentence.ts';
import { child, instanceOf, kindergarten } from './testing/instances.ts';

const rule: Priority = { mode: 'firstMatch', groups: ['law18', 'sibling'], criteria: ['age:oldest'] };
const facts: SentenceFacts = {
  ...{ state: 'published', kindergarten: 'Solhaug', group: 'small', priority: rule, showRank: true },
  ...{ lastPriority: null, isTouchedByHand: false },
};
const rejection: Rejection = {
  ...{ k: 'K1', wish: 1, outcome: 'rejected', seats: 2, applicants: 4, rank: 4 },
  ...{ lastAdmittedRank: 3, queue: 1, decidedBy: 'age' },
};
const languages = ['nb', 'nn', 'en'] as const;
const say = (
  more: Partial<SentenceFacts> = {},
  of: Partial<Rejection> = {},
  language: (typeof languages)[number] = 'en',
) => sentencesOf({ ...rejection, ...of }, { ...facts, ...more }, language);

describe('what guardians read of a wish', () => {
  test('that was not met is, of the worked example, what the rules say (placement § 7, W1)', () => {
    const given = instanceOf(
      [kindergarten('Solhaug', 2), kindergarten('Fjordbakken', 1)],
      [
        child('Ada', '2024-02-10', ['Solhaug', 'Fjordbakken']),
        child('Bo', '2023-11-05', ['Solhaug', 'Fjordbakken']),
        child('Cai', '2024-05-20', ['Fjordbakken', 'Solhaug'], { flags: ['law18', 'right'] }),
        child('Dag', '2024-07-01', [{ k: 'Solhaug', flags: ['sibling'] }]),
      ],
    );
    const [first, second] = explain(given, allocate(given) as Result, 'Ada') as readonly WishOutcome[];
    const rest =
      'The kindergarten goes by this: priority by law and statutes, then oldest children first, then a draw.';
    expect(sentencesOf(first!, facts, 'en')).toBe(
      `Solhaug had 2 places for small children and 4 applicants. ${rest} Your child is number 4 by the kindergarten’s rules. The last place went to number 3, who is older. You are first on the list.`,
    );
    // One child alone has priority there: whose it is could be known.
    const lastPriority = { flag: 'law18', name: 'by law', holders: 1 };
    expect(sentencesOf(second!, { ...facts, kindergarten: 'Fjordbakken', lastPriority }, 'en')).toContain(
      'The last place went to number 1, who is among children with a higher priority.',
    );
  });

  test('that was met, or not needed, says which and no more (placement § 7)', () => {
    const met = (outcome: 'offered' | 'not-needed', language: (typeof languages)[number]) =>
      sentencesOf({ k: 'K1', wish: 2, outcome }, facts, language);
    expect(met('offered', 'nb')).toBe(
      'Barnet ditt har fått tilbud om plass i Solhaug, som var ønske nummer 2.',
    );
    expect(met('not-needed', 'nn')).toContain('fekk tilbod om plass etter eit høgare ønske');
  });

  test('is nothing until the round is published (placement § 7)', () => {
    for (const state of ['draft', 'open', 'closed', 'allocated'] as const) expect(say({ state })).toBeNull();
    for (const state of ['published', 'appeal', 'finished'] as const) expect(say({ state })).not.toBeNull();
  });

  const reasons: readonly Reason[] = [
    ...(['group', 'points', 'flag:law18', 'flag:sami', 'age', 'distance', 'applied', 'wishRank'] as const),
    ...(['lottery', 'id', 'explicit', 'incumbent', 'capacity'] as const),
  ];

  test('has no number but that of places where ranks are not told, in any language (BHG-20, placement § 7)', () => {
    const some = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(
        ...[fc.integer({ min: 0, max: 99 }), some, some, some],
        ...[fc.constantFrom(...reasons), fc.constantFrom(...languages)],
        (seats, applicants, rank, queue, decidedBy, language) => {
          const of = { seats, applicants, rank, queue, decidedBy, lastAdmittedRank: rank - 1 };
          expect(say({ showRank: false }, of, language)!.match(/\d+/g)).toEqual([String(seats)]);
          // With ranks there are all of them.
          const numbers = say({}, { ...of, queue: queue + 1 }, language)!.match(/\d+/g)!;
          expect(numbers).toEqual(expect.arrayContaining([seats, applicants, rank, queue + 1].map(String)));
        },
      ),
    );
  });

  test('never says a priority that fewer than five children have, nor one of health or child welfare (placement § 7, BHG-09)', () => {
    fc.assert(
      fc.property(
        ...[fc.constantFrom('law18', 'stress', 'sibling', 'sami'), fc.integer({ min: 0, max: 9 })],
        ...[fc.constantFrom(...reasons), fc.constantFrom(...languages), fc.boolean()],
        (flag, holders, decidedBy, language, showRank) => {
          const text = say(
            { lastPriority: { flag, name: 'HEMMELIG', holders }, showRank },
            { decidedBy },
            language,
          )!;
          const isAboutPriority = decidedBy === 'group' || decidedBy.startsWith('flag:');
          const may = isAboutPriority && holders >= 5 && flag !== 'law18' && flag !== 'stress';
          expect(text.includes('HEMMELIG')).toBe(may);
          expect(text).not.toMatch(/law18|stress|sami\b/);
        },
      ),
    );
  });

  test('gives every reason words of its own, in every language (UU-06)', () => {
    for (const language of languages) {
      const said = reasons.map((decidedBy) => say({}, { decidedBy }, language));
      // The group and the two flags are all priorities.
      expect(new Set(said).size).toBe(reasons.length - 2);
      for (const text of said) expect(text).not.toMatch(/undefined|null| {2}|\.\./);
    }
    expect(new Set(languages.map((language) => say({}, {}, language))).size).toBe(3);
  });

  test('tells older from younger by the rule, one from many, and nothing of groups that have no word', () => {
    const youngest: Priority = { ...rule, criteria: ['distance', 'age:youngest'] };
    expect(say({ priority: youngest })).toContain('who is younger');
    expect(say({}, { seats: 1, applicants: 1 }, 'nb')).toContain('1 plass for små barn og 1 søker.');
    expect(say({ group: 'large' }, {}, 'nn')).toContain('2 plassar for store barn');
    expect(say({ group: 'grade1' })).toContain('2 places and');
    expect(say({}, { decidedBy: 'incumbent', lastAdmittedRank: null })).toContain(
      'went to a child who had a place there already',
    );
    expect(say({}, { queue: 3 }, 'nb')).toContain('Dere er nummer 3 på søkerlisten.');
  });

  test('says that somebody has decided by hand, and not why (placement § 10)', () => {
    expect(say({ isTouchedByHand: true })).toMatch(/decided something by hand that matters for this\.$/);
    expect(say()).not.toContain('by hand');
  });
});

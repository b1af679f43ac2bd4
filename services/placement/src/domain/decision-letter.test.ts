import { administrationAct } from '@ranselpost/kit/pure/administration-act';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AdmissionDecision, admissionLetter } from './decision-letter.ts';

const act = administrationAct('2027-03-15');
const languages = ['nb', 'nn', 'en'] as const;
const place = {
  ...({ kind: 'PLACE', kindergarten: 'Solhaug', wish: 3, startsOn: '2027-08-01' } as const),
  answerBy: '2027-03-25',
} as const;
const decision: AdmissionDecision = {
  ...{ outcome: place, mayAppeal: true, appealBody: 'Klagenemnda', municipality: 'Bergen kommune' },
  care: 'KINDERGARTEN',
};
const letter = (more: Partial<AdmissionDecision> = {}, language: (typeof languages)[number] = 'nb') =>
  admissionLetter({ ...decision, ...more }, act, language);

describe('the letter with a decision on admission', () => {
  test('has all that a decision has to say, in every language (BHG-15, ADM-02)', () => {
    fc.assert(
      fc.property(
        ...[fc.constantFrom(...languages), fc.boolean(), fc.boolean()],
        fc.option(fc.integer({ min: 1, max: 9 })),
        (language, hasPlace, mayAppeal, wish) => {
          const outcome = hasPlace ? { ...place, wish } : ({ kind: 'NO_PLACE' } as const);
          const text = letter({ outcome, mayAppeal }, language);
          for (const paragraph of ['§§ 16', '§ 24', '§§ 18', '§ 11']) expect(text).toContain(paragraph);
          for (const word of ['Klagenemnda', 'Bergen kommune', '§§ 28'])
            expect(text.includes(word)).toBe(mayAppeal);
          for (const word of ['Solhaug', '1.8.2027', '25.3.2027']) expect(text.includes(word)).toBe(hasPlace);
          expect(/(nummer|number) \d/.test(text)).toBe(hasPlace && wish !== null);
          expect(text).not.toMatch(/undefined|null/);
        },
      ),
    );
  });

  test('says the number of the wish, or that it was none (BHG-15)', () => {
    expect(letter()).toContain('plass i Solhaug fra 1.8.2027. Det er ønske nummer 3.');
    expect(letter({ outcome: { ...place, wish: null } }, 'nn')).toContain('ikkje blant ønska');
    expect(letter({ outcome: { kind: 'NO_PLACE' } })).toContain('ikke tilbud om plass');
  });

  test('says to whoever asked for another place that it is theirs, or that they keep their own (BHG-13)', () => {
    expect(letter({ outcome: { ...place, answerBy: null } })).toMatch(/uten at dere svarer/);
    expect(letter({ outcome: { ...place, answerBy: null } })).not.toContain('Svar på tilbudet');
    expect(letter({ outcome: { kind: 'KEEPS_PLACE' } }, 'nn')).toContain('beheld plassen');
  });

  test('cites no law of kindergartens after school (SFO-01)', () => {
    for (const language of languages)
      expect(letter({ care: 'SFO' }, language)).not.toMatch(/barnehageloven|barnehagelova|Kindergarten Act/);
  });

  test('says where there is no appeal that there is none (BHG-16)', () => {
    for (const language of languages)
      expect(letter({ mayAppeal: false }, language)).toMatch(/ikke rett|ikkje rett|no right/);
  });

  test('is a decision in Norwegian, and in English an aid (LANG-05)', () => {
    expect(letter({}, 'en')).toContain('The decision in Norwegian is the one that counts.');
    expect(letter({}, 'en')).not.toContain(' og ');
  });
});

import { administrationAct } from '@ranselpost/kit/pure/administration-act';
import { describe, expect, test } from 'vitest';
import { type AppealOutcome, appealLetter } from './appeal-letter.ts';

const act = administrationAct('2027-04-20');
const languages = ['nb', 'nn', 'en'] as const;
const outcomes = ['UPHELD', 'REJECTED', 'DISMISSED', 'UPHELD_BY_BODY', 'REJECTED_BY_BODY'] as const;
const letter = (outcome: AppealOutcome, language: (typeof languages)[number] = 'nb') =>
  appealLetter(
    {
      ...{ outcome, unit: 'Solhaug', reason: 'Avstanden er målt på nytt.' },
      ...{ appealBody: 'Klagenemnda', municipality: 'Bergen kommune' },
    },
    act,
    language,
  );

describe('the letter with a decision on an appeal', () => {
  test.each(languages)(
    'has unit, reasons, documents and help in %s, whatever was decided (ADM-02)',
    (language) => {
      for (const outcome of outcomes) {
        const text = letter(outcome, language);
        for (const word of ['Solhaug', 'Avstanden er målt på nytt.', '§§ 18', '§ 11'])
          expect(text).toContain(word);
        expect(text).not.toMatch(/undefined|null/);
      }
    },
  );

  test.each(languages)(
    'says in %s how to appeal against being too late, and nowhere else (BHG-17)',
    (language) => {
      for (const outcome of outcomes)
        expect(letter(outcome, language).includes('§§ 28')).toBe(outcome === 'DISMISSED');
      expect(letter('DISMISSED', language)).toContain('Klagenemnda');
    },
  );

  test('says who has decided, and that nobody loses a place by it (BHG-18)', () => {
    expect(letter('UPHELD')).toContain('Bergen kommune har gitt medhold');
    expect(letter('UPHELD')).toContain('Ingen andre mister plassen');
    expect(letter('UPHELD_BY_BODY', 'nn')).toContain('Klagenemnda har gitt medhald');
    expect(letter('REJECTED')).toContain('sendt til Klagenemnda');
    expect(letter('REJECTED_BY_BODY')).toContain('det kan ikke klages på det en gang til');
  });

  test('is in English an aid (LANG-05)', () => {
    expect(letter('UPHELD', 'en')).toContain('The decision in Norwegian is the one that counts.');
  });
});

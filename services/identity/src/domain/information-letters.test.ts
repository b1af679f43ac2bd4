import { describe, expect, test } from 'vitest';
import { accessHelp } from './access-help.ts';
import { answerLetter, refusalLetter } from './information-letters.ts';
import { lawProfile, laws } from './law-profile.ts';

const law = lawProfile('2026-11-21');
const grounds = ['UNTOLD', 'RIGHT_VOID', 'HARM', 'SECRECY'] as const;

/** What a decision has to say (ADM-02), in each written form. */
const elements = {
  nb: {
    outcome: 'gir deg ikke opplysningene',
    ground: 'barnelova § 47',
    reasons: 'Begrunnelse (forvaltningsloven § 24)',
    body: 'klage til Statsforvalteren',
    deadline: '3 uker fra du mottok',
    way: 'Klagen skriver du her',
    documents: 'sakens dokumenter',
    help: 'hjelper deg med å klage',
  },
  nn: {
    outcome: 'gir deg ikkje opplysningane',
    ground: 'barnelova § 47',
    reasons: 'Grunngiving (forvaltningslova § 24)',
    body: 'klage til Statsforvaltaren',
    deadline: '3 veker frå du fekk',
    way: 'Klaga skriv du her',
    documents: 'dokumenta i saka',
    help: 'hjelper deg med å klage',
  },
} as const;

describe('a refusal (GUA-08, ADM-02)', () => {
  test.each(grounds)(
    'for %s has every part that a decision must have, in both forms of Norwegian',
    (ground) => {
      for (const form of ['nb', 'nn'] as const) {
        const { text } = refusalLetter(law, form, ground, null);
        for (const [part, said] of Object.entries(elements[form]))
          expect(text, `${form} ${part}`).toContain(said);
      }
    },
  );

  test('is decided in Norwegian, with an English text that says it is only a help (LANG-05)', () => {
    const { text, aid } = refusalLetter(law, 'nn', 'HARM', 'Barnet er redd.');
    expect(text).toContain('Barnet er redd.');
    expect(aid).toMatch(/^This is a help to understand the decision\. The decision is the Norwegian text\./);
    for (const said of ['§ 47', 'County Governor', '3 weeks', 'documents', 'helps you'])
      expect(aid).toContain(said);
    expect(aid).not.toContain('redd');
  });

  test('names the paragraph of the law that is in force (GUA-27)', () => {
    const table = {
      ...laws,
      children: laws.children.map(({ from, value }) => ({ value, from: from ?? '2027-07-01' })),
    };
    const later = refusalLetter(lawProfile('2027-07-01', table), 'nb', 'HARM', null);
    expect(later.text).toContain('barnelova § 6-12');
    expect(later.text).not.toContain('§ 47');
    expect(answerLetter(law, 'nb', 'Hun trives.')).toBe(
      'Svar på spørsmål etter barnelova § 47\n\nHun trives.',
    );
  });

  test('for what is not told says that it says nothing (GUA-20, ADR-02)', () => {
    expect(refusalLetter(law, 'nb', 'UNTOLD', null).text).toContain(
      'sier derfor heller ikke om barnet er kjent i kommunen',
    );
  });
});

describe('the text for whoever sees no child (GUA-20, G09)', () => {
  test.each(['nb', 'nn', 'en'] as const)(
    'in %s leads to the Tax Administration and to asking',
    (language) => {
      const { heading, paragraphs, link } = accessHelp(language, law);
      expect(heading).not.toBe('');
      expect(paragraphs.join(' ')).toContain('barnelova');
      expect(paragraphs.join(' ')).toContain('§ 47');
      expect(link.url).toMatch(/^https:\/\/www\.skatteetaten\.no\/.*foreldreansvar\/$/);
    },
  );

  test('names what is open to everybody, and how responsibility comes about as a help alone (GUA-21, GUA-30)', () => {
    const text = accessHelp('nb', law).paragraphs.join(' ');
    for (const said of [
      'månedsplaner',
      'ukeplaner',
      'ringe',
      'gift',
      '1. januar 2020',
      'Folkeregisteret som gjelder',
    ])
      expect(text).toContain(said);
  });
});

import type { TextLanguage } from './information-letters.ts';
import type { LawProfile } from './law-profile.ts';

/** What everybody is told who sees no child: the same for all, so that it says nothing of anybody (GUA-20). */
export interface AccessHelp {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly link: { readonly label: string; readonly url: string };
}

const responsibilityUrl =
  'https://www.skatteetaten.no/person/folkeregister/fodsel-og-navnevalg/foreldreansvar/';

/**
 * Made of the language and the law alone: no fact about whoever reads it comes in here. How responsibility comes about
 * is told and never worked out (GUA-30); what is open to all without a right is named (GUA-21).
 */
export const accessHelp = (language: TextLanguage, law: LawProfile): AccessHelp =>
  texts[language](law.children.information);

const texts: Readonly<Record<TextLanguage, (paragraph: string) => AccessHelp>> = {
  nb: (paragraph) => ({
    heading: 'Ser du ingen barn her?',
    paragraphs: [
      'Her ser den som har foreldreansvar, sine egne barn. Teksten er den samme for alle som ikke ser noen, og den sier ikke hvorfor.',
      `Forelder uten foreldreansvar? Du kan be om opplysninger om barnet ditt etter barnelova ${paragraph}: ett konkret spørsmål, og ett svar.`,
      'Årsplaner og månedsplaner fra barnehagen og ukeplaner fra skolen ligger på nettsidene deres. Du kan også ringe.',
      'Foreldre som er gift, har foreldreansvaret sammen. Det har også foreldre som bor sammen, og foreldre til barn født fra 1. januar 2020, om ingen av dem har gitt melding om noe annet innen ett år. Dette er til hjelp; det er Folkeregisteret som gjelder.',
    ],
    link: { label: 'Søk om felles foreldreansvar hos Skatteetaten', url: responsibilityUrl },
  }),
  nn: (paragraph) => ({
    heading: 'Ser du ingen barn her?',
    paragraphs: [
      'Her ser den som har foreldreansvar, sine eigne barn. Teksten er den same for alle som ikkje ser nokon, og han seier ikkje kvifor.',
      `Forelder utan foreldreansvar? Du kan be om opplysningar om barnet ditt etter barnelova ${paragraph}: eitt konkret spørsmål, og eitt svar.`,
      'Årsplanar og månadsplanar frå barnehagen og vekeplanar frå skulen ligg på nettsidene deira. Du kan også ringje.',
      'Foreldre som er gifte, har foreldreansvaret saman. Det har også foreldre som bur saman, og foreldre til barn fødde frå 1. januar 2020, om ingen av dei har gitt melding om noko anna innan eitt år. Dette er til hjelp; det er Folkeregisteret som gjeld.',
    ],
    link: { label: 'Søk om felles foreldreansvar hos Skatteetaten', url: responsibilityUrl },
  }),
  en: (paragraph) => ({
    heading: 'Do you see no children here?',
    paragraphs: [
      'Whoever has parental responsibility sees their own children here. This text is the same for everybody who sees nobody, and it does not say why.',
      `A parent without parental responsibility? You can ask for information about your child under the Children Act (barnelova) ${paragraph}: one concrete question, and one answer.`,
      'Year and month plans of kindergartens and week plans of schools are on their own pages. You can also call them.',
      'Parents who are married have parental responsibility together. So have parents who live together, and parents of children born from 1 January 2020, if neither of them has given notice of something else within a year. This is only a help; the population register decides.',
    ],
    link: {
      label: 'Apply for joint parental responsibility at the Tax Administration',
      url: responsibilityUrl,
    },
  }),
};

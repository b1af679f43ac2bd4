import type { Language } from './generated/types.ts';
import type { TextLanguage } from './refusal-texts.ts';

/** The language of a text that there is in three; bokmål for any other (KRR-10). */
export const toTextLanguage = (language: Language | null | undefined): TextLanguage =>
  language === 'NN' ? 'nn' : language === 'EN' ? 'en' : 'nb';

const languages: Readonly<Record<string, Language>> = { nb: 'NB', nn: 'NN', en: 'EN', se: 'SE' };

/** A language as the registers write it; bokmål for one that we do not have. */
export const toLanguage = (language: string): Language => languages[language] ?? 'NB';

import type { Language } from './generated/types.ts';
import type { TextLanguage } from './refusal-texts.ts';

/** The language of a text that there is in three; bokmål for any other (KRR-10). */
export const toTextLanguage = (language: Language | null | undefined): TextLanguage =>
  language === 'NN' ? 'nn' : language === 'EN' ? 'en' : 'nb';

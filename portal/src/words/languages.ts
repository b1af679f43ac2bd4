/** The languages of the portal, by the code that a page is marked with. Arabic shows that it reads from right to left. */
export const languages = ['nb', 'nn', 'se', 'en', 'ar'] as const;

export type LanguageCode = (typeof languages)[number];

export const ownName: Readonly<Record<LanguageCode, string>> = {
  nb: 'Bokmål',
  nn: 'Nynorsk',
  se: 'Davvisámegiella',
  en: 'English',
  ar: 'العربية',
};

export const directionOf = (language: LanguageCode): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** Which language to read what is missing in. */
export const fallbackOf: Readonly<Record<LanguageCode, LanguageCode | null>> = {
  nb: null,
  nn: null,
  en: null,
  se: 'nb',
  ar: 'en',
};

const isLanguage = (code: string): code is LanguageCode => (languages as readonly string[]).includes(code);

/** The first of what a browser prefers that we speak. */
export function preferred(wanted: readonly string[]): LanguageCode {
  const codes = wanted
    .map((tag) => tag.toLowerCase().split('-')[0]!)
    .map((code) => (code === 'no' ? 'nb' : code));
  return codes.find(isLanguage) ?? 'nb';
}

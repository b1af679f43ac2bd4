import { localDateAt } from '@ranselpost/kit/pure/dates';

export type LetterLanguage = 'nb' | 'nn' | 'en';

/** What stands around a letter, in its language. The title says nothing of what it is about: it may be seen from outside. */
export const frameOf = (
  language: LetterLanguage,
  municipality: string,
  at: Date,
): {
  readonly title: string;
  readonly date: string;
  readonly foot: string;
  readonly tag: 'nb-NO' | 'nn-NO' | 'en-GB';
} => ({
  ...texts[language](municipality),
  date: dateIn(language, at),
});

const texts = {
  nb: (municipality: string) => ({
    tag: 'nb-NO' as const,
    title: `Brev fra ${municipality}`,
    foot: `Du får dette på papir fordi vi ikke kan eller skal varsle deg digitalt, eller fordi varselet ikke er åpnet. Du kan velge digital post på norge.no.`,
  }),
  nn: (municipality: string) => ({
    tag: 'nn-NO' as const,
    title: `Brev frå ${municipality}`,
    foot: `Du får dette på papir fordi vi ikkje kan eller skal varsle deg digitalt, eller fordi varselet ikkje er opna. Du kan velje digital post på norge.no.`,
  }),
  en: (municipality: string) => ({
    tag: 'en-GB' as const,
    title: `Letter from ${municipality}`,
    foot: `You receive this on paper because we cannot or may not notify you digitally, or because the notice was not opened. You can choose digital mail at norge.no.`,
  }),
};

const months = {
  nb: 'januar februar mars april mai juni juli august september oktober november desember',
  nn: 'januar februar mars april mai juni juli august september oktober november desember',
  en: 'January February March April May June July August September October November December',
};

function dateIn(language: LetterLanguage, at: Date): string {
  const [year, month, day] = localDateAt(at).split('-').map(Number) as [number, number, number];
  const name = months[language].split(' ')[month - 1]!;
  return language === 'en' ? `${day} ${name} ${year}` : `${day}. ${name} ${year}`;
}

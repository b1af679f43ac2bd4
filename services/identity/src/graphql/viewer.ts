import type { Language, ViewerResolvers } from './generated/types.ts';

const languages: Readonly<Record<string, Language>> = { nb: 'NB', nn: 'NN', en: 'EN', se: 'SE' };

export const viewer: Pick<ViewerResolvers, 'language'> = {
  language: ({ language }) => languages[language ?? 'nb'] ?? 'NB',
};

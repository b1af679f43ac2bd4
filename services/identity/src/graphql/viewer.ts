import type { Language, ViewerResolvers } from './generated/types.ts';
import { ownInformationRequests } from './information-requests.ts';

const languages: Readonly<Record<string, Language>> = { nb: 'NB', nn: 'NN', en: 'EN', se: 'SE' };

export const viewer: Pick<ViewerResolvers, 'language' | 'informationRequests'> = {
  informationRequests: ownInformationRequests,
  language: ({ language }) => languages[language ?? 'nb'] ?? 'NB',
};

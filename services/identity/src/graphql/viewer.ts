import type { Language, ViewerResolvers } from './generated/types.ts';
import { ownInformationRequests } from './information-requests.ts';
import { ownMunicipalRoles } from './role.ts';

const languages: Readonly<Record<string, Language>> = { nb: 'NB', nn: 'NN', en: 'EN', se: 'SE' };

export const viewer: Pick<ViewerResolvers, 'language' | 'informationRequests' | 'municipalRoles'> = {
  informationRequests: ownInformationRequests,
  municipalRoles: ownMunicipalRoles,
  language: ({ language }) => languages[language ?? 'nb'] ?? 'NB',
};

import type { ViewerResolvers } from './generated/types.ts';
import { ownInformationRequests } from './information-requests.ts';
import { ownPreparation } from './prepare-application.ts';
import { ownMunicipalRoles } from './role.ts';
import { ownSettings } from './settings.ts';
import { ownPinSetAt } from './tablet.ts';
import { toLanguage } from './text-language.ts';

export const viewer: Pick<
  ViewerResolvers,
  'applicationPreparedAt' | 'language' | 'informationRequests' | 'municipalRoles' | 'pinSetAt' | 'settings'
> = {
  applicationPreparedAt: ownPreparation,
  informationRequests: ownInformationRequests,
  municipalRoles: ownMunicipalRoles,
  pinSetAt: ownPinSetAt,
  settings: ownSettings,
  language: ({ language }) => toLanguage(language ?? 'nb'),
};

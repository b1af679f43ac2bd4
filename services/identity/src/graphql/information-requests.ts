import { AppError } from '@ranselpost/kit/pure/errors';
import type { RequestState } from '../domain/information-request.ts';
import { accessHelp as help } from '../usecases/access-help.ts';
import { readInformationQueue, readOwnInformationRequests } from '../usecases/read-information-requests.ts';
import type { InformationRequestFilter, QueryResolvers, ViewerResolvers } from './generated/types.ts';
import { readRequestPage, toRequestPage } from './information-request.ts';
import { toTextLanguage } from './text-language.ts';

const filters: Readonly<
  Record<InformationRequestFilter, { states: readonly RequestState[]; hasComplaint: boolean }>
> = {
  OPEN: { states: ['RECEIVED', 'CHECKED'], hasComplaint: false },
  CLOSED: { states: ['ANSWERED', 'REFUSED', 'WITHDRAWN'], hasComplaint: false },
  COMPLAINED: { states: [], hasComplaint: true },
};

export const informationQueries: Required<
  Pick<QueryResolvers, 'informationRequest' | 'informationRequests' | 'accessHelp'>
> = {
  informationRequest: async (_parent, { id }, { informationRequests }) => {
    const found = await informationRequests.load(id);
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  informationRequests: async (_parent, { filter, ...page }, { deps, actor }) => {
    const wanted = readRequestPage(page);
    const found = await readInformationQueue(deps, actor, { ...wanted, ...filters[filter ?? 'OPEN'] });
    if (found === null) throw new AppError('NOT_FOUND');
    return toRequestPage(found, wanted);
  },
  accessHelp: (_parent, { language }, { deps }) => {
    const { link, ...text } = help(deps, toTextLanguage(language));
    return { ...text, linkLabel: link.label, linkUrl: link.url };
  },
};

export const ownInformationRequests: NonNullable<ViewerResolvers['informationRequests']> = async (
  _viewer,
  page,
  { deps, actor },
) => {
  const wanted = readRequestPage(page);
  return toRequestPage(await readOwnInformationRequests(deps, actor, wanted), wanted);
};

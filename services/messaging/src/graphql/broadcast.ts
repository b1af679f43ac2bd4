import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { Audience } from '../domain/broadcast.ts';
import { previewBroadcast as preview } from '../usecases/preview-broadcast.ts';
import { readReceived, readUnitBroadcasts } from '../usecases/read-broadcasts.ts';
import type {
  BroadcastAudienceInput,
  BroadcastPlaceResolvers,
  BroadcastResolvers,
  QueryResolvers,
} from './generated/types.ts';
import { listKey, readListPlace, readPlaceInput } from './place.ts';
import type { BroadcastModel, Context } from './types.ts';

export const broadcastPlace: Required<Pick<BroadcastPlaceResolvers, 'unit'>> = {
  unit: ({ unitId }) => ({ id: unitId }),
};

export function readAudience({ places, children }: BroadcastAudienceInput): Audience {
  if (places.length < 1 || places.length > 200)
    throw new AppError('BAD_USER_INPUT', 'an audience has 1 to 200 places');
  return { places: places.map(readPlaceInput), isStarting: children === 'STARTING_SOON' };
}

export async function shownBroadcast(id: string, { broadcasts }: Context): Promise<BroadcastModel> {
  const found = isId(id) ? await broadcasts.load(id) : null;
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

export const broadcastQueries = {
  broadcast: (_parent, { id }, context) => shownBroadcast(id, context),
  broadcasts: async (_parent, page, { deps, actor }) => {
    const { first, after } = readPage(page);
    const { list, unread } = await readReceived(deps, actor, { first, after: readListPlace(after) });
    const shown = toPage(list, first, after, ({ id, sentAt }) => listKey(sentAt!, id));
    return { ...shown, unreadCount: unread };
  },
  unitBroadcasts: async (_parent, { unitId, ...page }, { deps, actor }) => {
    const { first, after } = readPage(page);
    if (!isId(unitId)) throw new AppError('NOT_FOUND');
    const list = await readUnitBroadcasts(deps, actor, { unitId, first, after: readListPlace(after) });
    if (list === null) throw new AppError('NOT_FOUND');
    return toPage(list, first, after, ({ id, dueAt }) => listKey(dueAt, id));
  },
  previewBroadcast: async (_parent, { audience }, { deps, actor }) => {
    const { count, places, ...rest } = await preview(deps, actor, readAudience(audience));
    return {
      ...rest,
      recipientCount: count,
      places: places.map((place) => ({ ...place, recipientCount: place.count })),
    };
  },
} satisfies Partial<QueryResolvers>;

export const broadcast: Required<
  Pick<
    BroadcastResolvers,
    | '__resolveReference'
    | 'unit'
    | 'title'
    | 'body'
    | 'urgent'
    | 'sentAt'
    | 'withdrawnAt'
    | 'readAt'
    | 'attachments'
    | 'sending'
  >
> = {
  __resolveReference: ({ id }, context) => shownBroadcast(id, context),
  unit: ({ unitId }) => ({ id: unitId }),
  title: ({ text }) => text?.title ?? null,
  body: ({ text }) => text?.body ?? null,
  urgent: ({ urgentReason }) => urgentReason,
  sentAt: ({ sentAt }) => sentAt?.toISOString() ?? null,
  withdrawnAt: ({ withdrawnAt }) => withdrawnAt?.toISOString() ?? null,
  readAt: ({ readAt }) => readAt?.toISOString() ?? null,
  attachments: ({ id }, _arguments, { bulletinAttachments }) => bulletinAttachments.load(id),
  sending: ({ sending, places, isStarting, dueAt, recipientCount }) =>
    sending && {
      places: places.map((place) => ({ ...place, recipientCount: null })),
      children: isStarting ? 'STARTING_SOON' : 'ENROLLED',
      dueAt: dueAt.toISOString(),
      recipientCount,
      readerCount: sending.readerCount,
    },
};

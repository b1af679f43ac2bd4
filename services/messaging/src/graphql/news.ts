import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { NewsRefusal } from '../domain/news.ts';
import { editNews as edit, withdrawNews as withdraw } from '../usecases/change-news.ts';
import { publishNews as publish } from '../usecases/publish-news.ts';
import { readFeed, readUnitNews } from '../usecases/read-news.ts';
import { toFeatureClosed } from './feature-closed.ts';
import type {
  MutationResolvers,
  NewsPostResolvers,
  QueryResolvers,
  RefusalCode,
  ResolversTypes,
} from './generated/types.ts';
import { readGroups, readIdOf, readKey, readSendTime, readWantedFiles } from './inputs.ts';
import { listKey, readListPlace } from './place.ts';
import { said, toTextRefusal } from './text-refusals.ts';
import type { NewsPostModel } from './types.ts';

const codes: Readonly<Record<Extract<NewsRefusal['kind'], `news-${string}`>, RefusalCode>> = {
  'news-time-past': 'NEWS_TIME_PAST',
  'news-ends-before-it-starts': 'NEWS_ENDS_BEFORE_IT_STARTS',
  'news-withdrawn': 'NEWS_WITHDRAWN',
};

function toRefusal(refusal: NewsRefusal): Awaited<ResolversTypes['EditNewsResult']> {
  switch (refusal.kind) {
    case 'feature-closed':
      return toFeatureClosed(refusal);
    case 'news-time-past':
    case 'news-ends-before-it-starts':
    case 'news-withdrawn':
      return { __typename: 'NewsRefused', ...said(codes[refusal.kind]) };
    default:
      return toTextRefusal(refusal);
  }
}

/** Whoever published or changed something tends to it, and staff have no child among whom it is for. */
const tended = { childIds: [], isTended: true };

export const newsQueries = {
  newsPost: async (_parent, { id }, { news }) => {
    const found = isId(id) ? await news.load(id) : null;
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  news: async (_parent, { childId, ...page }, { deps, actor }) => {
    const { first, after } = readPage(page);
    const place = readListPlace(after);
    const wanted = { first, after: place, childId: childId == null ? null : readIdOf(childId) };
    const list = await readFeed(deps, actor, wanted);
    if (list === null) throw new AppError('NOT_FOUND');
    return toPage(list, first, after, ({ id, publishedAt }) => listKey(publishedAt!, id));
  },
  unitNews: async (_parent, { unitId, ...page }, { deps, actor }) => {
    const { first, after } = readPage(page);
    const wanted = { first, after: readListPlace(after), unitId: readIdOf(unitId) };
    const list = await readUnitNews(deps, actor, wanted);
    if (list === null) throw new AppError('NOT_FOUND');
    return toPage(list, first, after, ({ id, dueAt }) => listKey(dueAt, id));
  },
} satisfies Partial<QueryResolvers>;

export const newsMutations = {
  publishNews: async (_parent, { input }, { deps, actor }) => {
    const { groupIds, title, body, files, isReread, publishAt, lastDay, idempotencyKey } = input;
    const unitId = readIdOf(input.unitId);
    const result = await publish(deps, actor, {
      ...{ unitId, text: { title, body }, isReread: isReread ?? false, lastDay: lastDay ?? null },
      places: readGroups(unitId, groupIds),
      publishAt: readSendTime(publishAt, deps.now()),
      files: readWantedFiles(files),
      idempotencyKey: readKey(idempotencyKey),
    });
    return result.ok
      ? { __typename: 'NewsStored', news: { ...result.value, ...tended } }
      : toRefusal(result.refusal);
  },
  editNews: async (_parent, { input }, { deps, actor }) => {
    const { newsId, title, body, isReread, lastDay } = input;
    const terms = { text: { title, body }, isReread: isReread ?? false, lastDay: lastDay ?? null };
    const result = await edit(deps, actor, readIdOf(newsId), terms);
    return result.ok
      ? { __typename: 'NewsStored', news: { ...result.value, ...tended } }
      : toRefusal(result.refusal);
  },
  withdrawNews: async (_parent, { input }, { deps, actor }) => ({
    ...(await withdraw(deps, actor, readIdOf(input.newsId))),
    ...tended,
  }),
} satisfies Partial<MutationResolvers>;

const when = (at: Date | null): string | null => at?.toISOString() ?? null;

export const newsPost: Required<
  Pick<
    NewsPostResolvers,
    | 'unit'
    | 'title'
    | 'body'
    | 'publishedAt'
    | 'editedAt'
    | 'withdrawnAt'
    | 'children'
    | 'attachments'
    | 'publishing'
  >
> = {
  unit: ({ unitId }) => ({ id: unitId }),
  title: ({ text }) => text?.title ?? null,
  body: ({ text }) => text?.body ?? null,
  publishedAt: ({ publishedAt }) => when(publishedAt),
  // What was changed before anybody saw it was not changed for anybody.
  editedAt: ({ editedAt, publishedAt }) =>
    publishedAt !== null && editedAt !== null && editedAt > publishedAt ? when(editedAt) : null,
  withdrawnAt: ({ withdrawnAt }) => when(withdrawnAt),
  children: ({ childIds }) => childIds.map((id) => ({ id })),
  attachments: ({ id }, _arguments, { bulletinAttachments }) => bulletinAttachments.load(id),
  publishing: ({ isTended, dueAt, authorId, places }: NewsPostModel) =>
    isTended
      ? {
          dueAt: dueAt.toISOString(),
          author: authorId === null ? null : { id: authorId },
          groupIds: places.map(({ groupId }) => groupId).filter((id) => id !== null),
        }
      : null,
};

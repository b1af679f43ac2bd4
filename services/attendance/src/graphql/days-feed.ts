import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { DaysFeed } from '../domain/days-feed.ts';
import { makeDaysFeed, revokeDaysFeed } from '../usecases/days-feed.ts';
import type { Context } from './context.ts';
import type { ChildResolvers, DaysFeed as Shown, MutationResolvers } from './generated/types.ts';
import { said } from './refusal-texts.ts';

const toShown = ({ id, madeAt, readOn }: DaysFeed): Shown => ({
  ...{ id, madeAt: madeAt.toISOString(), readOn },
});

export const daysFeedOfChild: Required<Pick<ChildResolvers<Context>, 'daysFeed'>> = {
  daysFeed: async ({ id }, _args, { daysFeeds }) => {
    const feed = isId(id) ? await daysFeeds.load(id) : null;
    return feed === null ? null : toShown(feed);
  },
};

export const daysFeedMutations: Required<
  Pick<MutationResolvers<Context>, 'makeDaysFeed' | 'revokeDaysFeed'>
> = {
  makeDaysFeed: async (_parent, { input: { childId, insteadOfId = null } }, { deps, actor }) => {
    if (!isId(childId) || (insteadOfId !== null && !isId(insteadOfId))) throw new AppError('NOT_FOUND');
    const result = await makeDaysFeed(deps, actor, { childId, insteadOf: insteadOfId });
    if (!result.ok) return { __typename: 'DaysFeedRefused', ...said('DAYS_FEED_STANDS') };
    const { feed, secret } = result.value;
    return { __typename: 'DaysFeedMade', feed: toShown(feed), path: `/calendar/days/${secret}.ics` };
  },
  revokeDaysFeed: async (_parent, { input: { feedId } }, { deps, actor }) => {
    if (!isId(feedId)) throw new AppError('NOT_FOUND');
    return { __typename: 'DaysFeedRevoked', revokedId: await revokeDaysFeed(deps, actor, feedId) };
  },
};

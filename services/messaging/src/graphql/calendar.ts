import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import type { CalendarFeed } from '../domain/calendar.ts';
import { makeCalendarFeed, readCalendarFeed, revokeCalendarFeed } from '../usecases/calendar.ts';
import type { CalendarFeed as Shown, MutationResolvers, QueryResolvers } from './generated/types.ts';
import { said } from './text-refusals.ts';

const toShown = ({ id, madeAt, readOn }: CalendarFeed): Shown => ({
  ...{ id, madeAt: madeAt.toISOString(), readOn },
});

export const calendarQueries: Required<Pick<QueryResolvers, 'calendarFeed'>> = {
  calendarFeed: async (_parent, _arguments, { deps, actor }) => {
    const feed = await readCalendarFeed(deps, actor);
    return feed === null ? null : toShown(feed);
  },
};

export const calendarMutations: Required<Pick<MutationResolvers, 'makeCalendarFeed' | 'revokeCalendarFeed'>> =
  {
    makeCalendarFeed: async (_parent, { input: { insteadOfId = null } }, { deps, actor }) => {
      if (insteadOfId !== null && !isId(insteadOfId)) throw new AppError('NOT_FOUND');
      const result = await makeCalendarFeed(deps, actor, insteadOfId);
      if (!result.ok) return { __typename: 'CalendarFeedRefused', ...said('CALENDAR_FEED_STANDS') };
      const { feed, secret } = result.value;
      return { __typename: 'CalendarFeedMade', feed: toShown(feed), path: `/calendar/${secret}.ics` };
    },
    revokeCalendarFeed: async (_parent, { input: { feedId } }, { deps, actor }) => {
      if (!isId(feedId)) throw new AppError('NOT_FOUND');
      return { __typename: 'CalendarFeedRevoked', revokedId: await revokeCalendarFeed(deps, actor, feedId) };
    },
  };

import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Answer } from '../../graph/ask.ts';
import { client } from '../../graph/client.ts';
import { Inbox, Today, type TodayQuery } from '../../graph/generated/operations.ts';
import { graphKey, graphQuery, useGraph } from '../../graph/use-graph.ts';
import { useDay } from '../../day.ts';
import { keepsHere } from '../../offline/answers.ts';
import { todayQuery } from './today-query.ts';

/** The first page of the inbox, as it asks for it. */
const firstOfInbox = { archived: false, after: null };

export type TodayChild = NonNullable<TodayQuery['viewer']>['children'][number];

export function useToday(): UseQueryResult<Answer<TodayQuery>> {
  const today = useDay();
  // What was read yesterday says something of today too, where nobody answers.
  return useGraph(
    ...todayQuery(today),
    () =>
      client
        .getQueriesData<Answer<TodayQuery>>({ queryKey: [graphKey, Today.id] })
        .findLast(([, answer]) => answer !== undefined)?.[1],
  );
}

/** Where this device keeps what can be read without a network, the inbox is read before somebody opens it. */
export function useInboxAhead(): void {
  const { isSuccess } = useToday();
  useEffect(() => {
    if (isSuccess && keepsHere()) void client.prefetchQuery(graphQuery(Inbox, firstOfInbox));
  }, [isSuccess]);
}

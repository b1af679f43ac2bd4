import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../../graph/ask.ts';
import { Today, type TodayQuery } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { useDay } from '../../day.ts';
import { daysAfter } from '../../words/dates.ts';

/** How far ahead the first screen looks. */
const daysAhead = 7;

export type TodayChild = NonNullable<TodayQuery['viewer']>['children'][number];

export function useToday(): UseQueryResult<Answer<TodayQuery>> {
  const today = useDay();
  return useGraph(Today, { today, until: daysAfter(today, daysAhead) });
}

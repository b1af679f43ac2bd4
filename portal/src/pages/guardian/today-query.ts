import { Today } from '../../graph/generated/operations.ts';
import { daysAfter } from '../../words/dates.ts';

/** How far ahead the first screen looks. */
const daysAhead = 7;

/** What the first screen of a guardian asks, on a day. */
export const todayQuery = (today: string) => [Today, { today, until: daysAfter(today, daysAhead) }] as const;
